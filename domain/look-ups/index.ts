import type { z } from 'zod';
import { type AwsAccess, awsAccessSchema } from './aws-access';
import { type ExportList, exportSchema, type ExportShown, exportsSchema } from './exports';
import { type Plan, planSchema } from '../plan/plan';
import {
  type DatabaseList,
  databasesSchema,
  type SchemaList,
  schemasSchema,
  type TableDescription,
  type TableList,
  tableSchema,
  tablesSchema,
} from './catalog';
import { type StandingList, standingSchema } from '../retry/standing';
import { type SourceList, sourcesSchema } from './sources';
import {
  type StatementDetails,
  type StatementList,
  statementResultSchema,
  type StatementRows,
  statementSchema,
  statementsSchema,
} from './statements';

/**
 * A look-up: a short question to AWS that the worker answers, because only its role sees its statements and databases.
 * Not a run: it has no steps, is not listed, and is forgotten. Input and result types of each kind:
 */
export interface LookUpTypes {
  exports: { input: z.input<typeof exportsSchema>; result: ExportList };
  export: { input: z.input<typeof exportSchema>; result: ExportShown };
  awsAccess: { input: z.input<typeof awsAccessSchema>; result: AwsAccess };
  plan: { input: z.input<typeof planSchema>; result: Plan };
  standing: { input: z.input<typeof standingSchema>; result: StandingList };
  sources: { input: z.input<typeof sourcesSchema>; result: SourceList };
  databases: { input: z.input<typeof databasesSchema>; result: DatabaseList };
  schemas: { input: z.input<typeof schemasSchema>; result: SchemaList };
  tables: { input: z.input<typeof tablesSchema>; result: TableList };
  table: { input: z.input<typeof tableSchema>; result: TableDescription };
  statements: { input: z.input<typeof statementsSchema>; result: StatementList };
  statement: { input: z.input<typeof statementSchema>; result: StatementDetails };
  statementResult: { input: z.input<typeof statementResultSchema>; result: StatementRows };
  cancelStatement: { input: z.input<typeof statementSchema>; result: { cancelled: boolean } };
}

export type LookUpKind = keyof LookUpTypes;
export type LookUpInput<K extends LookUpKind = LookUpKind> = LookUpTypes[K]['input'];
export type LookUpResult<K extends LookUpKind = LookUpKind> = LookUpTypes[K]['result'];

interface LookUpRow {
  /** One line, for the Temporal UI. */
  summary: string;
  schema: z.ZodType;
  /** It changes something on AWS, in a way that is safe to repeat. */
  changes?: true;
}

/** The kinds of look-ups. Adding one means a row here, its types above, and its reader in workflows/look-up.ts. */
export const lookUps = {
  exports: { summary: 'List exports', schema: exportsSchema },
  export: { summary: 'Show an export', schema: exportSchema },
  awsAccess: { summary: 'Look at AWS with the eyes of the worker', schema: awsAccessSchema },
  plan: { summary: 'Plan a run', schema: planSchema },
  standing: { summary: 'Look at what a run left on AWS', schema: standingSchema },
  sources: { summary: 'List what can be restored from', schema: sourcesSchema },
  databases: { summary: 'List databases', schema: databasesSchema },
  schemas: { summary: 'List schemas', schema: schemasSchema },
  tables: { summary: 'List tables', schema: tablesSchema },
  table: { summary: 'Describe a table', schema: tableSchema },
  statements: { summary: 'List statements', schema: statementsSchema },
  statement: { summary: 'Show a statement', schema: statementSchema },
  statementResult: { summary: 'Read the result of a statement', schema: statementResultSchema },
  cancelStatement: { summary: 'Cancel a statement', schema: statementSchema, changes: true },
} as const satisfies Record<LookUpKind, LookUpRow>;

/** The valid input of a kind, defaults filled in. */
export type ParsedLookUp<K extends LookUpKind> = z.output<(typeof lookUps)[K]['schema']>;

export const isLookUpKind = (kind: unknown): kind is LookUpKind =>
  typeof kind === 'string' && Object.hasOwn(lookUps, kind);

/** Argument of the workflow `lookUp`. */
export interface LookUpRequest {
  kind: LookUpKind;
  input: unknown;
}

/** A look-up that takes longer than this is given up, in milliseconds. */
export const lookUpTimeoutMs = 120_000;
