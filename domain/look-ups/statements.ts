import { z } from 'zod';
import { identifierSchema } from '../table-name';
import { warehouseSchema } from '../warehouse';
import { nextPageTokenSchema, pageFields } from './data-target';

/** https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_DescribeStatement.html: Id; `:n` is one of a batch. */
export const statementIdSchema = z
  .string()
  .regex(
    /^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\d+)?$/,
    'must be a statement id such as d9b6c0c9-0747-4bf4-b142-e8883122f766, with :2 for the second of a batch',
  )
  .describe('Id of the statement');

/** AWS's name of a statement: up to 2048 characters; ours stay shorter, for the sake of lists. */
export const statementNameSchema = z.string().min(1).max(500);

export const statementStatuses = [
  'SUBMITTED',
  'PICKED',
  'STARTED',
  'FINISHED',
  'ABORTED',
  'FAILED',
  'ALL',
] as const;

export const statementsSchema = z.strictObject({
  statementName: statementNameSchema.optional().describe('Begin of the name, case-sensitive'),
  status: z.enum(statementStatuses).default('ALL').describe('Statements in this state only'),
  roleLevel: z
    .boolean()
    .optional()
    .describe("false: those of the worker's own session only, not all of its IAM role"),
  warehouse: warehouseSchema.optional(),
  database: identifierSchema.optional().describe('Statements in this database only'),
  ...pageFields(500, 100),
});

export const statementSchema = z.strictObject({ id: statementIdSchema });

/** Rows that are brought home unless told otherwise, and at most. */
export const maxRowsSchema = z
  .number()
  .int()
  .min(0)
  .max(10_000)
  .default(1000)
  .describe('So many rows are brought home at most (and one megabyte in all)');

export const statementResultSchema = z.strictObject({ id: statementIdSchema, maxRows: maxRowsSchema });

const text = z.string().optional();
const number = z.number().optional();
const time = z.string().optional().describe('ISO 8601');
const status = z.string().describe("In AWS's words: SUBMITTED, PICKED, STARTED, FINISHED, ABORTED, FAILED");

/** A statement in a list. Times ISO; the SQL is cut. */
const statementListedSchema = z.object({
  id: z.string(),
  status,
  statementName: text,
  sql: z.string().describe('Its SQL, cut'),
  batchOf: number.describe('Statements of a batch'),
  createdAt: time,
  updatedAt: time,
  secretArn: text,
});

export type StatementListed = z.infer<typeof statementListedSchema>;

export const statementListSchema = z.object({
  statements: z.array(statementListedSchema).describe('The newest first'),
  nextPageToken: nextPageTokenSchema,
});

export type StatementList = z.infer<typeof statementListSchema>;

/** One statement of a batch, or what it has in common with a whole one. Values that AWS does not know yet are absent. */
const subStatementDetailsSchema = z.object({
  id: z.string(),
  status,
  error: text,
  queryString: text,
  createdAt: time,
  updatedAt: time,
  durationNanoseconds: number,
  hasResultSet: z.boolean().optional(),
  resultRows: number,
  resultSizeBytes: number,
  redshiftQueryId: number,
  redshiftQueryUuid: text,
});

export type SubStatementDetails = z.infer<typeof subStatementDetailsSchema>;

/** Everything DescribeStatement tells. */
export const statementDetailsSchema = subStatementDetailsSchema.extend({
  clusterIdentifier: text,
  workgroupName: text,
  database: text,
  dbUser: text,
  secretArn: text,
  queryParameters: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  redshiftPid: number,
  resultFormat: text,
  sessionId: text,
  executionMode: text,
  subStatements: z.array(subStatementDetailsSchema).optional().describe('Those of a batch'),
});

export type StatementDetails = z.infer<typeof statementDetailsSchema>;

/** One value of a result: text, number, truth value or null; binary ones as base64. */
const resultCellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export type ResultCell = z.infer<typeof resultCellSchema>;

/** Rows of a statement's result. */
export const statementRowsSchema = z.object({
  columns: z.array(z.object({ name: z.string(), typeName: z.string() })),
  rows: z.array(z.array(resultCellSchema)).describe('Values in the order of columns; binary ones as base64'),
  totalRows: z.number().describe('Rows that AWS has of it'),
  truncated: z.boolean().describe('True when AWS has more rows than are here'),
  rounded: z
    .literal(true)
    .optional()
    .describe('Present when an integer is beyond 2^53 and was rounded: cast such columns to varchar'),
});

export type StatementRows = z.infer<typeof statementRowsSchema>;

export const statementCancelledSchema = z.object({
  cancelled: z.boolean().describe('False when it had ended already'),
});
