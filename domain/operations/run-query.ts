import { z } from 'zod';
import { fitsTarget, fitsTargetProblem } from '../look-ups/data-target';
import { maxRowsSchema, type ResultCell, statementNameSchema } from '../look-ups/statements';
import { shortSql } from '../sql/short-sql';
import { identifierSchema, utf8Length } from '../table-name';
import { dataApiAccessSchema, warehouseSchema } from '../warehouse';
import { deadlineSchema, skipPreflightSchema } from './common';
import { notifySchema } from './notify';

/** AWS's largest SQL text, and the largest batch that an Event History takes well. */
const largestSqlBytes = 100 * 1024;
const largestBatchBytes = 1_000_000;

const sqlSchema = z
  .string()
  .refine((sql) => sql.trim() !== '', 'must not be empty')
  .refine((sql) => utf8Length(sql) <= largestSqlBytes, 'must be at most 100 KB');

/** https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_SqlParameter.html */
export const sqlParameterSchema = z.strictObject({
  name: z.string().regex(/^\w+$/, 'must be letters, digits and underscores'),
  value: z
    .string()
    .min(1, 'must not be empty: AWS takes no empty parameter; write the literal, or null, in the SQL'),
});

/** Input of `runQuery`: ExecuteStatement with `sql`, BatchExecuteStatement with `sqls`. */
export const runQueryInputSchema = z
  .strictObject({
    warehouse: warehouseSchema,
    database: identifierSchema.describe('Database to run it in'),
    sql: sqlSchema.optional().describe('One SQL statement; values as :name parameters'),
    sqls: z
      .array(sqlSchema)
      .min(1)
      .max(40)
      .refine(
        (sqls) => sqls.reduce((sum, sql) => sum + utf8Length(sql), 0) <= largestBatchBytes,
        'must be at most 1 MB in all',
      )
      .optional()
      .describe('1 to 40 SQL statements, run in order as a batch'),
    executionMode: z
      .enum(['TRANSACTION', 'AUTO_COMMIT'])
      .optional()
      .describe('Of a batch: one transaction (the default), or each statement committed by itself'),
    parameters: z
      .array(sqlParameterSchema)
      .min(1)
      .max(200)
      .refine(
        (parameters) => new Set(parameters.map(({ name }) => name)).size === parameters.length,
        'must not name a parameter twice',
      )
      .optional()
      .describe('Values of the :name parameters, as text'),
    dataApi: dataApiAccessSchema
      .optional()
      .describe("How to sign in to the database; the worker's identity when absent"),
    statementName: statementNameSchema
      .optional()
      .describe('Name to find the statement by; made from the run when absent'),
    withEvent: z.boolean().optional().describe('AWS tells EventBridge when the statement has ended'),
    maxRows: maxRowsSchema,
    deadline: deadlineSchema,
    skipPreflight: skipPreflightSchema,
    notify: notifySchema,
  })
  .refine(({ sql, sqls }) => sql !== undefined || sqls !== undefined, { error: 'is missing', path: ['sql'] })
  .refine(({ sql, sqls }) => sql === undefined || sqls === undefined, {
    error: 'cannot be given together with sql',
    path: ['sqls'],
  })
  .refine(({ sqls, executionMode }) => executionMode === undefined || sqls !== undefined, {
    error: 'is of a batch: give sqls',
    path: ['executionMode'],
  })
  .refine(fitsTarget, fitsTargetProblem);

export type RunQueryInput = z.input<typeof runQueryInputSchema>;

/** What one statement came to. */
export interface QueryResult {
  statementId: string;
  columns: { name: string; typeName: string }[];
  /** Values as AWS types them; nothing when the statement returns none. */
  rows: ResultCell[][];
  /** Rows that AWS has of the result. */
  totalRows: number;
  /** True when AWS has more rows than are here; `undrop statements result` reads more for 24 hours. */
  truncated: boolean;
  /** Present when an integer is beyond 2^53 and was rounded: cast such columns to varchar. */
  rounded?: true;
  /** Rows that a statement without a result changed. */
  affectedRows?: number;
}

/** Result of `runQuery`: of `sql` its own, of `sqls` that of each statement besides, in order. */
export interface RunQueryResult extends QueryResult {
  /** Of a batch: the results of its statements; the outer one has no rows. */
  statements?: QueryResult[];
}

/** The SQL of a query for titles: cut. */
export function describeQuery({ sql, sqls }: Pick<RunQueryInput, 'sql' | 'sqls'>, characters = 80): string {
  if (sql !== undefined) return shortSql(sql, characters);
  const [first = ''] = sqls ?? [];
  return sqls?.length === 1
    ? shortSql(first, characters)
    : `${sqls?.length ?? 0} statements: ${shortSql(first, characters)}`;
}
