import { z } from 'zod';
import { identifierSchema } from '../table-name';
import { warehouseSchema } from '../warehouse';
import { pageFields } from './data-target';

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

/** A statement in a list. Times ISO; the SQL is cut. */
export interface StatementListed {
  id: string;
  status: string;
  statementName?: string;
  sql: string;
  /** Statements of a batch. */
  batchOf?: number;
  createdAt?: string;
  updatedAt?: string;
  secretArn?: string;
}

export interface StatementList {
  statements: StatementListed[];
  nextPageToken?: string;
}

/** One statement of a batch, or what it has in common with a whole one. Values that AWS does not know yet are absent. */
export interface SubStatementDetails {
  id: string;
  status: string;
  error?: string;
  queryString?: string;
  createdAt?: string;
  updatedAt?: string;
  durationNanoseconds?: number;
  hasResultSet?: boolean;
  resultRows?: number;
  resultSizeBytes?: number;
  redshiftQueryId?: number;
  redshiftQueryUuid?: string;
}

/** Everything DescribeStatement tells. */
export interface StatementDetails extends SubStatementDetails {
  clusterIdentifier?: string;
  workgroupName?: string;
  database?: string;
  dbUser?: string;
  secretArn?: string;
  queryParameters?: { name: string; value: string }[];
  redshiftPid?: number;
  resultFormat?: string;
  sessionId?: string;
  executionMode?: string;
  subStatements?: SubStatementDetails[];
}

/** One value of a result: text, number, truth value or null; binary ones as base64. */
export type ResultCell = string | number | boolean | null;

/** Rows of a statement's result. */
export interface StatementRows {
  columns: { name: string; typeName: string }[];
  rows: ResultCell[][];
  /** Rows that AWS has of it. */
  totalRows: number;
  /** True when AWS has more rows than are here. */
  truncated: boolean;
  /** Present when an integer is beyond 2^53 and was rounded: cast such columns to varchar. */
  rounded?: true;
}
