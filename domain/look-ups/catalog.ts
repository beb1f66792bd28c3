import { z } from 'zod';
import { identifierSchema, tableNameSchema } from '../table-name';
import {
  connectedDatabaseField,
  dataTargetFields,
  fitsTarget,
  fitsTargetProblem,
  nextPageTokenSchema,
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

export const databaseListSchema = z.object({
  databases: z.array(z.string()),
  nextPageToken: nextPageTokenSchema,
});

export type DatabaseList = z.infer<typeof databaseListSchema>;

export const schemaListSchema = z.object({
  schemas: z.array(z.string()),
  nextPageToken: nextPageTokenSchema,
});

export type SchemaList = z.infer<typeof schemaListSchema>;

export const tableListSchema = z.object({
  tables: z.array(
    z.object({
      schema: z.string(),
      name: z.string(),
      type: z.string().describe("In AWS's words: TABLE, VIEW, SYSTEM TABLE, GLOBAL TEMPORARY …"),
    }),
  ),
  nextPageToken: nextPageTokenSchema,
});

export type TableList = z.infer<typeof tableListSchema>;

/** A column as DescribeTable tells it. */
const columnFactsSchema = z.object({
  name: z.string(),
  typeName: z.string(),
  nullable: z.boolean().optional(),
  length: z.number().optional().describe('Characters or bytes of a text type'),
  precision: z.number().optional(),
  scale: z.number().optional(),
  columnDefault: z.string().optional(),
  isCaseSensitive: z.boolean().optional(),
  isSigned: z.boolean().optional(),
});

export type ColumnFacts = z.infer<typeof columnFactsSchema>;

export const tableDescriptionSchema = z.object({
  table: z.object({ database: z.string(), schema: z.string(), table: z.string() }),
  columns: z.array(columnFactsSchema).describe('In the order of the table'),
});

export type TableDescription = z.infer<typeof tableDescriptionSchema>;
