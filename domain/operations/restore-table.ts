import { z } from 'zod';
import { identifierSchema, tableNameSchema } from '../table-name';
import { dataApiAccessSchema, warehouseSchema } from '../warehouse';
import { durationSchema } from '../duration';
import { deadlineSchema, snapshotIdentifierSchema } from './common';

/** What the table is restored from. */
export const restoreSourceSchema = z.strictObject({
  snapshotIdentifier: snapshotIdentifierSchema.describe('Snapshot of the same cluster'),
});

export type RestoreSource = z.infer<typeof restoreSourceSchema>;

/** Where the restored table goes; each part defaults to the source's, the table to `<table>_restored_<8 hex digits>`. */
export const restoreTargetSchema = z.strictObject({
  database: identifierSchema.optional().describe('Database of the restored table'),
  schema: identifierSchema.optional().describe('Schema of the restored table'),
  table: identifierSchema.optional().describe('Name of the restored table; must not exist'),
});

/** How long a lost answer is left to settle before the lists are believed; must exceed AWS's list lag. */
export const settleSchema = durationSchema
  .default('60 seconds')
  .describe('After a lost answer, how long to let AWS settle before looking whether it was heard');

/** Input of `restoreTable`: RestoreTableFromClusterSnapshot. */
export const restoreTableInputSchema = z.strictObject({
  warehouse: warehouseSchema,
  source: restoreSourceSchema,
  table: tableNameSchema.describe('The table as it was in the snapshot'),
  target: restoreTargetSchema.optional(),
  enableCaseSensitiveIdentifier: z.boolean().default(false).describe('Names are case sensitive'),
  dataApi: dataApiAccessSchema
    .optional()
    .describe('How to look at the cluster; the worker identity when absent'),
  settle: settleSchema,
  deadline: deadlineSchema,
});

export type RestoreTableInput = z.input<typeof restoreTableInputSchema>;

/** Result of `restoreTable`. */
export interface RestoreTableResult {
  tableRestoreRequestId: string;
  /** The restored table. */
  table: { database: string; schema: string; table: string };
  snapshotIdentifier: string;
  totalDataInMegaBytes?: number;
  /** How the request was found when the answer to sending it was lost. */
  adopted: boolean;
  /** Requests sent to AWS, all attempts together. */
  sends: number;
}
