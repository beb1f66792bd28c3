import { z } from 'zod';
import { type LookUpKind, lookUps } from '../../domain/look-ups';
import { operationNames, operations } from '../../domain/operations';
import { roles } from './roles';

/** Shapes of the answers, for the OpenAPI document; members may be added to them under one version of the API. */
const text = z.string();
const time = z.string().describe('ISO 8601, UTC');

const linksSchema = z.object({
  ui: text.describe('The run in the Temporal UI'),
  self: text.describe('The run here'),
  events: text.describe('Its events, as Server-Sent Events'),
  cancel: text.describe('POST here to cancel it'),
  retry: text.describe('POST here to go on with it after it failed'),
});

const identity = {
  workflowId: text,
  runId: text,
  links: linksSchema,
  temporalCommand: text.describe('Command of the temporal CLI that shows the same run'),
};

const outcomeSchema = z.enum(['running', 'done', 'failed', 'cancelled']);
const apiVersionSchema = z.literal('undrop/v1');

export const startedSchema = z.object({
  apiVersion: apiVersionSchema,
  ...identity,
  operation: text,
  title: text,
  started: z
    .boolean()
    .describe('False when there was a run of this id already, which is then the one named here'),
  reason: z.enum(['already running', 'already done']).optional(),
});

export const retriedSchema = z.object({
  apiVersion: apiVersionSchema,
  ...identity,
  operation: text,
  title: text,
  retried: z.boolean().describe('False when nothing was done now: see reason'),
  reason: z.enum(['dry run', 'already retried']).optional(),
  of: z.object({ workflowId: text, runId: text }).describe('The execution that is retried'),
  from: text.describe('First step that is run again'),
  because: text.describe('Why it has to be run'),
  kept: z.array(z.object({ step: text, text })).describe('Finished steps whose results are kept'),
  steppedBack: z
    .array(z.object({ step: text, why: text }))
    .describe('Finished steps that are done over, each with the reason'),
  notes: z.array(text).describe('What somebody should know besides'),
  changed: z.array(text).optional().describe('Fields in which the input differs'),
});

const stepSchema = z.looseObject({
  name: text,
  title: text,
  state: z.enum(['pending', 'running', 'waiting', 'done', 'skipped', 'failed', 'cancelled']),
  startedAt: time.optional(),
  endedAt: time.optional(),
  progress: z
    .looseObject({
      doneMegaBytes: z.number().optional(),
      totalMegaBytes: z.number().optional(),
      etaSeconds: z.number().optional(),
      awsStatus: text.optional(),
      looks: z.number(),
    })
    .optional(),
  lookedAt: time.optional(),
  nextLookAt: time.optional(),
  waitingSince: time.optional(),
  note: text.optional(),
});

const stateSchema = z.looseObject({
  operation: text,
  title: text,
  outcome: outcomeSchema,
  startedAt: time,
  endedAt: time.optional(),
  steps: z.array(stepSchema),
  timeline: z.array(z.looseObject({ at: time, step: text.optional(), text })),
  aws: z
    .array(z.looseObject({ kind: text, id: text, step: text, orphaned: z.boolean().optional() }))
    .describe('What exists on AWS because of the run'),
  verdicts: z
    .array(z.looseObject({ level: text, subject: text, passed: z.boolean(), expected: text, actual: text }))
    .optional(),
});

export const runSchema = z.looseObject({
  apiVersion: apiVersionSchema,
  ...identity,
  operation: text,
  title: text,
  status: text.describe("Temporal's state of the run"),
  outcome: outcomeSchema,
  startedAt: time,
  endedAt: time.optional(),
  schedule: text.optional().describe('The schedule that started it'),
  scheduledAt: time.optional().describe('The time for which it was scheduled; its input is about that time'),
  input: z.unknown().optional(),
  state: stateSchema.optional(),
  aws: z
    .array(z.looseObject({ kind: text, id: text, step: text.optional() }))
    .optional()
    .describe('What was made on AWS, from the Event History, while no worker can be asked for the state'),
  result: z.unknown().optional().describe('What the operation returned, once it is done'),
  failure: z
    .object({ type: text, message: text, remedy: text, exit: z.number(), http: z.number() })
    .optional()
    .describe('Why it did not end well: a type of docs/failures.md, and what to do'),
  pendingActivities: z
    .array(z.object({ activity: text, attempt: z.number(), lastFailure: text.optional() }))
    .optional(),
  retryOf: z
    .object({ workflowId: text, runId: text })
    .optional()
    .describe('The run that this one goes on from, with a changed input'),
  notice: text.optional().describe('Why the view may be old or incomplete'),
});

export const runListSchema = z.object({
  apiVersion: apiVersionSchema,
  runs: z.array(
    z.object({
      ...identity,
      operation: text,
      warehouse: text,
      table: text,
      status: text,
      outcome: outcomeSchema,
      startedAt: time,
      endedAt: time.optional(),
      scheduledAt: time.optional(),
    }),
  ),
  nextCursor: text.optional().describe('Give it back as cursor for the next page; absent on the last'),
});

export const problemSchema = z.object({
  type: text.describe('urn:undrop:failure: and a type of docs/failures.md or docs/http-api.md'),
  title: text,
  status: z.number().int(),
  detail: text,
  instance: text,
  remedy: text.describe('What to do, in plain words'),
  requestId: text,
  problems: z
    .array(z.object({ path: text, message: text }))
    .optional()
    .describe('Everything wrong with the input'),
  checks: z
    .array(z.object({ name: text, ok: z.boolean(), detail: text, advice: text.optional() }))
    .optional()
    .describe('How far a connection to Temporal gets'),
});

export const planSchema = z.object({
  apiVersion: apiVersionSchema,
  operation: text,
  workflowId: text.describe('Id of the run that the same request would start'),
  title: text,
  findings: z
    .array(
      z.object({
        subject: text.describe('What was looked at'),
        level: z
          .enum(['ok', 'warning', 'blocking'])
          .describe('blocking: a run would be refused for it, before anything is begun'),
        text,
        remedy: text.optional(),
        failure: text.optional().describe('Type of docs/failures.md that the run would end with'),
      }),
    )
    .describe('What was looked at before acting, and what it came to'),
  steps: z.array(
    z.object({
      name: text,
      title: text,
      notNeeded: text.optional().describe('Why the run would skip it'),
      estimateSeconds: z.number().optional(),
      basis: text.optional().describe('What the estimate is computed from'),
    }),
  ),
  estimateSeconds: z.number().optional().describe('Of all steps that could be estimated'),
  feasible: z.boolean().describe('True when nothing blocks'),
  links: z.object({ start: text.describe('POST the same body here to start the run') }),
});

export const operationListSchema = z.object({
  apiVersion: apiVersionSchema,
  operations: z.array(
    z.object({
      operation: text,
      summary: text,
      role: z.enum(roles).describe('Role that may start it'),
      links: z.object({
        start: text.describe('POST an input here to start a run'),
        plan: text.describe('POST the same input here to see what a run would do'),
      }),
      inputSchema: z.looseObject({}).describe('JSON Schema of the input'),
      examples: z.record(text, z.object({ summary: text, value: z.unknown() })),
    }),
  ),
});

/**
 * Names of the answers of the look-ups that have a route made from their row. Plans and what is left on AWS have routes
 * of their own, for what they ask is no handful of values (routes/plans.ts, routes/retry.ts).
 */
const lookUpAnswers = {
  exports: 'ExportList',
  export: 'Export',
  awsAccess: 'AwsAccess',
  sources: 'SourceList',
  databases: 'DatabaseList',
  schemas: 'SchemaList',
  tables: 'TableList',
  table: 'TableDescription',
  statements: 'StatementList',
  statement: 'Statement',
  statementResult: 'StatementRows',
  cancelStatement: 'StatementCancelled',
} as const satisfies Record<Exclude<LookUpKind, 'plan' | 'standing'>, string>;

export type RoutedLookUp = keyof typeof lookUpAnswers;
export const routedLookUps = Object.keys(lookUpAnswers) as RoutedLookUp[];

/** Schemas that have a name in the OpenAPI document; of an input it ends in Input. */
export const named = z.registry<{ id: string }>();
for (const name of operationNames) {
  named.add(operations[name].schema, { id: name.charAt(0).toUpperCase() + name.slice(1) });
}
for (const kind of routedLookUps) named.add(lookUps[kind].answer, { id: lookUpAnswers[kind] });
named.add(startedSchema, { id: 'StartedRun' });
named.add(planSchema, { id: 'Plan' });
named.add(operationListSchema, { id: 'OperationList' });
named.add(retriedSchema, { id: 'RetriedRun' });
named.add(runSchema, { id: 'Run' });
named.add(runListSchema, { id: 'RunList' });
named.add(problemSchema, { id: 'Problem' });

/** An answer in JSON. */
export const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/** What every route may answer when it does not do what was asked. */
export const problems = {
  400: problem('The input is refused; problems names everything wrong with it'),
  401: problem('No token, or one that is not valid here'),
  403: problem('The role is not enough, or Temporal or AWS refuses'),
  404: problem('There is no such thing'),
  409: problem('It is in conflict with what there is'),
  429: problem('Too many requests; Retry-After says how long to wait'),
  503: problem('Temporal, a worker or AWS cannot be reached now'),
  default: problem('Whatever else is in the way: docs/failures.md and docs/http-api.md have all types'),
};
