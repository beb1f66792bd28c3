import { z } from 'zod';
import { identifierSchema, type TableName, tableNameSchema } from '../table-name';
import {
  connectedDatabaseField,
  dataTargetFields,
  fitsTarget,
  fitsTargetProblem,
  pageFields,
  patternSchema,
} from './data-target';

/** ListDatabases needs a database to connect to, and every warehouse is made with one of this name unless told otherwise. */
const firstDatabase = 'dev';

export const databasesSchema = z
  .strictObject({
    ...dataTargetFields,
    database: identifierSchema.default(firstDatabase).describe('Database to connect to'),
    ...pageFields(5000, 1000),
  })
  .refine(fitsTarget, fitsTargetProblem);

export const schemasSchema = z
  .strictObject({
    ...dataTargetFields,
    ...connectedDatabaseField,
    schemaPattern: patternSchema.optional(),
    ...pageFields(5000, 1000),
  })
  .refine(fitsTarget, fitsTargetProblem);

export const tablesSchema = z
  .strictObject({
    ...dataTargetFields,
    ...connectedDatabaseField,
    schemaPattern: patternSchema.optional(),
    tablePattern: patternSchema.optional(),
    ...pageFields(5000, 1000),
  })
  .refine(fitsTarget, fitsTargetProblem);

export const tableSchema = z
  .strictObject({
    warehouse: dataTargetFields.warehouse,
    table: tableNameSchema.describe('The table'),
    dataApi: dataTargetFields.dataApi,
    ...connectedDatabaseField,
  })
  .refine(fitsTarget, fitsTargetProblem);

export interface DatabaseList {
  databases: string[];
  nextPageToken?: string;
}

export interface SchemaList {
  schemas: string[];
  nextPageToken?: string;
}

export interface TableList {
  /** `type` in AWS's words: TABLE, VIEW, SYSTEM TABLE, GLOBAL TEMPORARY … */
  tables: { schema: string; name: string; type: string }[];
  nextPageToken?: string;
}

/** A column as DescribeTable tells it. */
export interface ColumnFacts {
  name: string;
  typeName: string;
  nullable?: boolean;
  /** Characters or bytes of a text type. */
  length?: number;
  precision?: number;
  scale?: number;
  columnDefault?: string;
  isCaseSensitive?: boolean;
  isSigned?: boolean;
}

export interface TableDescription {
  table: TableName;
  /** In the order of the table. */
  columns: ColumnFacts[];
}
