import type { z } from 'zod';
import { exportFactsSchema } from '../aws/export';
import { type Plan, planSchema } from '../plan/plan';
import { type StandingList, standingSchema } from '../retry/standing';
import { awsAccessAnswerSchema, awsAccessSchema } from './aws-access';
import {
  databaseListSchema,
  databasesSchema,
  schemaListSchema,
  schemasSchema,
  tableDescriptionSchema,
  tableListSchema,
  tableSchema,
  tablesSchema,
} from './catalog';
import { exportListSchema, exportSchema, exportsSchema } from './exports';
import { sourceListSchema, sourcesSchema } from './sources';
import {
  statementCancelledSchema,
  statementDetailsSchema,
  statementListSchema,
  statementResultSchema,
  statementRowsSchema,
  statementSchema,
  statementsSchema,
} from './statements';

interface LookUpRow {
  /** One line, for the Temporal UI. */
  summary: string;
  schema: z.ZodType;
  /** What is answered, for those who ask over HTTP; its type is that of the reader. */
  answer?: z.ZodType;
  /** It changes something on AWS, in a way that is safe to repeat. */
  changes?: true;
}

/**
 * The kinds of look-ups. A look-up is a short question to AWS that the worker answers, because only its role sees its
 * statements and databases. Not a run: it has no steps, is not listed, and is forgotten. Adding a kind means a row here,
 * and its reader in workflows/look-up.ts.
 */
export const lookUps = {
  exports: { summary: 'List exports', schema: exportsSchema, answer: exportListSchema },
  export: { summary: 'Show an export', schema: exportSchema, answer: exportFactsSchema },
  awsAccess: {
    summary: 'Look at AWS with the eyes of the worker',
    schema: awsAccessSchema,
    answer: awsAccessAnswerSchema,
  },
  plan: { summary: 'Plan a run', schema: planSchema },
  standing: { summary: 'Look at what a run left on AWS', schema: standingSchema },
  sources: {
    summary: 'List what can be restored from',
    schema: sourcesSchema,
    answer: sourceListSchema,
  },
  databases: { summary: 'List databases', schema: databasesSchema, answer: databaseListSchema },
  schemas: { summary: 'List schemas', schema: schemasSchema, answer: schemaListSchema },
  tables: { summary: 'List tables', schema: tablesSchema, answer: tableListSchema },
  table: { summary: 'Describe a table', schema: tableSchema, answer: tableDescriptionSchema },
  statements: { summary: 'List statements', schema: statementsSchema, answer: statementListSchema },
  statement: { summary: 'Show a statement', schema: statementSchema, answer: statementDetailsSchema },
  statementResult: {
    summary: 'Read the result of a statement',
    schema: statementResultSchema,
    answer: statementRowsSchema,
  },
  cancelStatement: {
    summary: 'Cancel a statement',
    schema: statementSchema,
    answer: statementCancelledSchema,
    changes: true,
  },
} as const satisfies Record<string, LookUpRow>;

export type LookUpKind = keyof typeof lookUps;
export type LookUpInput<K extends LookUpKind = LookUpKind> = z.input<(typeof lookUps)[K]['schema']>;

/** Answers that only the client itself asks for have no schema: nobody else is told of them. */
interface OwnAnswers {
  plan: Plan;
  standing: StandingList;
}

/** What a kind answers. */
export type LookUpResult<K extends LookUpKind = LookUpKind> = K extends keyof OwnAnswers
  ? OwnAnswers[K]
  : (typeof lookUps)[K] extends { answer: infer A extends z.ZodType }
    ? z.output<A>
    : never;

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
