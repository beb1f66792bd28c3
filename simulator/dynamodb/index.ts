import type { Operations } from '../core/types';
import type { World } from '../core/world';
import { continuousBackupsOperations } from './continuous-backups';
import type { ExportInput } from './exports/export-record';
import { findExport, listExports } from './exports/find-exports';
import { startExport } from './exports/start-export';
import { itemOperations } from './items';
import { readOperations } from './reads';
import { tableOperations } from './tables';

export type { AttributeValue, Item } from './attribute-values';
export { seedOrders } from './seed-orders';
export { seedTable, type TableSeed } from './seed-table';

/**
 * The simulated DynamoDB of a world: tables, items, point-in-time recovery and exports to its S3. Tables seeded with
 * `seedTable` for the same world are there too. What is not simulated is refused by its name.
 */
export function createDynamoDb(world: World): Operations {
  return {
    ...tableOperations(world),
    ...itemOperations(world),
    ...readOperations(world),
    ...continuousBackupsOperations(world),
    ExportTableToPointInTime: (input: ExportInput, context) => startExport(world, input, context),
    DescribeExport: (input: { ExportArn: string }, context) => findExport(world, input, context),
    ListExports: (input: { TableArn?: string; MaxResults?: number; NextToken?: string }, context) =>
      listExports(world, input, context),
  };
}
