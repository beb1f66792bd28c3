import { failures } from '../../domain/failures';
import { operationNames } from '../../domain/operations';
import { ClientError, InvalidInputError } from '../errors';
import { ApiError } from './api-error';
import { type Example, operationExamples } from './examples';
import { problemOf } from './problem';

/** As much of an OpenAPI document as the examples are put into. */
interface PathOperation {
  operationId?: string;
  parameters?: { name: string; in: string; example?: unknown }[];
  requestBody?: { required?: boolean; content: Record<string, { examples?: Record<string, Example> }> };
  responses?: Record<string, { content?: Record<string, { schema?: { $ref?: string }; example?: unknown }> }>;
}
export type Paths = Record<string, Record<string, PathOperation>>;

type Values = Record<string, string | number>;

const tableArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/orders';
const cluster = { 'warehouse.clusterIdentifier': 'analytics' };
const run = { id: 'ticket-4711' };
const nightly = {
  id: 'nightly-orders',
  operation: 'restore-table',
  when: { cron: '0 2 * * *' },
  timeZone: 'Europe/Berlin',
  input: {
    warehouse: { clusterIdentifier: 'analytics' },
    source: { asOf: '1h' },
    table: { database: 'dev', schema: 'public', table: 'orders' },
    target: { table: 'orders_drill_{{scheduled:yyyyMMdd}}' },
  },
  pauseOnFailure: true,
};
const { id: _id, ...unnamed } = nightly;
const drill = 'Prove each night that a table can be brought back';
const statement = { id: 'd9b6c0c9-0747-4bf4-b142-e8883122f766' };

/** Values of parameters, by the id of their route: the page at /docs has them filled in. */
const parameterExamples: Record<string, Values> = {
  showRun: run,
  watchRun: run,
  cancelRun: run,
  retryRun: run,
  ...Object.fromEntries(
    ['show', 'put', 'update', 'delete', 'pause', 'resume', 'trigger', 'backfill'].map((action) => [
      `${action}Schedule`,
      { id: nightly.id },
    ]),
  ),
  listExports: { tableArn },
  showExport: { exportArn: `${tableArn}/export/01700000000000-abcdef12` },
  listSources: { ...cluster, asOf: '1h' },
  listDatabases: cluster,
  listSchemas: { ...cluster, database: 'dev' },
  listTables: { ...cluster, database: 'dev', schemaPattern: 'public' },
  describeTable: {
    ...cluster,
    'table.database': 'dev',
    'table.schema': 'public',
    'table.table': 'orders',
  },
  showStatement: statement,
  readStatementResult: statement,
  cancelStatement: statement,
};

/** Bodies, by the id of their route. */
const bodyExamples: Record<string, Record<string, Example>> = {
  ...Object.fromEntries(
    operationNames.flatMap((name) => [
      [name, operationExamples[name]],
      [`plan${name.charAt(0).toUpperCase()}${name.slice(1)}`, operationExamples[name]],
    ]),
  ),
  createSchedule: { nightly: { summary: drill, value: nightly } },
  putSchedule: { nightly: { summary: drill, value: unnamed } },
  updateSchedule: {
    later: { summary: 'Come at another time', value: { when: { cron: '30 3 * * *' } } },
    atOnce: { summary: 'Begin exactly at the time again', value: { jitter: null } },
  },
  pauseSchedule: {
    withReason: { summary: 'With a reason', value: { note: 'the cluster is being resized' } },
  },
  resumeSchedule: { withReason: { summary: 'With a reason', value: { note: 'resized' } } },
  triggerSchedule: { beside: { summary: 'Also while a run goes on', value: { overlap: 'allow-all' } } },
  backfillSchedule: {
    nights: {
      summary: 'Three nights, one after the other',
      value: { from: '2026-11-25T00:00:00Z', to: '2026-11-27T23:59:59Z' },
    },
  },
  applySchedules: {
    set: {
      summary: 'All schedules of a team',
      value: { scope: 'warehouse', prune: true, schedules: [nightly] },
    },
  },
  cancelRun: { withReason: { summary: 'With a reason', value: { reason: 'wrong table' } } },
  retryRun: {
    dryRun: { summary: 'Tell what would be done', value: { dryRun: true } },
    changed: { summary: 'With a changed input', value: { with: { 'table.table': 'orders' } } },
  },
};

const started = {
  apiVersion: 'undrop/v1',
  workflowId: 'ticket-4711',
  runId: '01a21fb3-e05d-77ba-811c-9737cdf56a2e',
  operation: 'restoreTable',
  title: 'restore dev.public.orders on analytics from the newest source at or before 1h',
  started: true,
  temporalCommand: 'temporal workflow show --workflow-id ticket-4711',
  links: {
    ui: 'http://localhost:8233/namespaces/default/workflows/ticket-4711',
    self: '/v1/runs/ticket-4711',
    events: '/v1/runs/ticket-4711/events',
    cancel: '/v1/runs/ticket-4711/cancel',
    retry: '/v1/runs/ticket-4711/retry',
  },
};

const plan = {
  apiVersion: 'undrop/v1',
  operation: 'restoreTable',
  workflowId: 'ticket-4711',
  title: 'Restore dev.public.orders from the newest source at or before 1h',
  findings: [
    { subject: 'warehouse', level: 'ok', text: 'cluster analytics is available' },
    {
      subject: 'target name',
      level: 'blocking',
      text: 'dev.public.orders_copy exists already',
      remedy: failures.TargetTableExists.remedy,
      failure: 'TargetTableExists',
    },
  ],
  steps: [
    {
      name: 'restore',
      title: 'Restore dev.public.orders',
      estimateSeconds: 120,
      basis: '12 MB at 50 MB/s, and 2 min',
    },
  ],
  estimateSeconds: 120,
  feasible: false,
  links: { start: '/v1/restore-table' },
};

/** Answers, by the name of their schema. */
const answerExamples: Record<string, unknown> = { StartedRun: started, Plan: plan };

const problem = (error: Error) =>
  problemOf(error, '/v1/restore-table', '6f1a7a4e-3c0d-4b52-9d57-0a4f2c1b8e11');

/** Problems, by status: one of the usual ones each. */
const problemExamples: Record<string, unknown> = {
  400: problem(new InvalidInputError('restoreTable', [{ field: 'table.table', problem: 'is missing' }])),
  401: problem(new ApiError('Unauthenticated', 'the request has no bearer token')),
  403: problem(new ApiError('RoleTooLow', 'ann has the role viewer; this needs operator')),
  404: problem(new ClientError('RunNotFound', 'show failed [run=ticket-4711]: there is no such run')),
  409: problem(
    new ClientError(
      'WorkflowIdTaken',
      'start failed [run=ticket-4711]: this key was used for a run with another input',
    ),
  ),
  429: problem(new ApiError('TooManyRequests', 'Rate limit exceeded, retry in 12 seconds')),
  503: problem(
    new ClientError(
      'NoWorker',
      'look-up failed [kind=plan]: no worker on task queue undrop answered within 5 s',
    ),
  ),
};

/** Puts the examples where OpenAPI has them: beside the parameter, and beside the schema of the body. */
export function addExamples(paths: Paths): void {
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    const { operationId = '', parameters = [], requestBody, responses = {} } = operation;
    for (const [status, { content = {} }] of Object.entries(responses)) {
      const { 'application/problem+json': refusal, 'application/json': answer } = content;
      if (refusal && problemExamples[status]) refusal.example = problemExamples[status];
      const example = answerExamples[answer?.schema?.$ref?.split('/').at(-1) ?? ''];
      if (answer && example) answer.example = example;
    }
    for (const parameter of parameters) {
      const example = parameterExamples[operationId]?.[parameter.name];
      if (example !== undefined) parameter.example = example;
    }
    const examples = bodyExamples[operationId];
    const body = requestBody?.content['application/json'];
    if (body && examples) body.examples = examples;
  }
}
