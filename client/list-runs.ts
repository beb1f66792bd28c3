import { defaultPayloadConverter, type Client } from '@temporalio/client';
import { asOfMs, asOfValueSchema } from '../domain/restore-source';
import { operationNames, type OperationName } from '../domain/operations';
import type { Outcome } from '../domain/run-state';
import type { SearchAttributeName } from '../domain/search-attributes';
import { InvalidInputError } from './errors';
import { identify, type Place } from './links';
import { callTimeoutMs } from './call-timeout';
import { apiVersion, outcomeOf, type RunList, type RunStatus, type RunSummary } from './run-view';
import { parseWorkflowId } from './workflow-id';

export interface ListFilter {
  operation?: OperationName;
  outcome?: Outcome;
  /** Temporal's own state, where the outcome is too coarse: `timed out`, `terminated`. */
  status?: ListedStatus;
  /** As it was given at the start: `dev.public.orders`, or the name of a DynamoDB table or a snapshot. */
  table?: string;
  warehouse?: string;
  /** Either of the two: the name of a cluster, a workgroup or a table. */
  target?: string;
  /** Started at or after this: ISO time, or a duration before now such as `24h`. */
  since?: string;
  /** Started before this: as `since`. */
  until?: string;
  /** Ended at or after this: as `since`. */
  endedSince?: string;
  /** Workflow ids that begin so. */
  idPrefix?: string;
  /** Runs that this schedule started. */
  schedule?: string;
  /** 1 to 1000; 20 when absent. */
  limit?: number;
  /** From the answer before. */
  pageToken?: string;
}

/** Temporal's states for each of our outcomes, as visibility queries name them. */
const states: Record<Outcome, string[]> = {
  running: ['Running', 'Paused'],
  done: ['Completed'],
  failed: ['Failed', 'Terminated', 'TimedOut'],
  cancelled: ['Canceled'],
};

/** Temporal's states as a list can be asked for, and as its queries name them. */
const statusNames = {
  running: 'Running',
  paused: 'Paused',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Canceled',
  terminated: 'Terminated',
  'timed out': 'TimedOut',
} as const satisfies Partial<Record<RunStatus, string>>;

export type ListedStatus = keyof typeof statusNames;
export const listedStatuses = Object.keys(statusNames) as ListedStatus[];

/**
 * The visibility query behind a list: https://docs.temporal.io/list-filter
 * @throws InvalidInputError for a time that is none, and for a text that no name is.
 */
export function listQuery(filter: ListFilter, now = Date.now()): string {
  requireSound(filter);
  const types = filter.operation === undefined ? operationNames : [filter.operation];
  const parts = [`WorkflowType IN (${types.map(quoted).join(', ')})`];
  const add = <T>(value: T | undefined, part: (value: T) => string) => {
    if (value !== undefined) parts.push(part(value));
  };
  add(filter.outcome, (outcome) => `ExecutionStatus IN (${states[outcome].map(quoted).join(', ')})`);
  add(filter.status, (status) => `ExecutionStatus = ${quoted(statusNames[status])}`);
  add(filter.table, (table) => `UndropTable = ${quoted(table)}`);
  add(filter.warehouse, (warehouse) => `UndropWarehouse = ${quoted(warehouse)}`);
  add(filter.target, (name) => `(UndropWarehouse = ${quoted(name)} OR UndropTable = ${quoted(name)})`);
  add(filter.since, (time) => `StartTime >= ${quoted(isoTime(time, now))}`);
  add(filter.until, (time) => `StartTime < ${quoted(isoTime(time, now))}`);
  add(filter.endedSince, (time) => `CloseTime >= ${quoted(isoTime(time, now))}`);
  add(filter.idPrefix, (prefix) => `WorkflowId STARTS_WITH ${quoted(prefix)}`);
  add(filter.schedule, (id) => `TemporalScheduledById = ${quoted(id)}`);
  return parts.join(' AND ');
}

function requireSound(filter: ListFilter): void {
  const times = (['since', 'until', 'endedSince'] as const).flatMap((field) => {
    const parsed = asOfValueSchema.optional().safeParse(filter[field]);
    return parsed.success ? [] : [{ field, problem: parsed.error.issues[0]!.message }];
  });
  const texts = (['table', 'warehouse', 'target', 'idPrefix', 'schedule'] as const).flatMap((field) =>
    /\p{Cc}/u.test(filter[field] ?? '') ? [{ field, problem: 'must not have control characters' }] : [],
  );
  const problems = [...times, ...texts];
  if (problems.length > 0) throw new InvalidInputError('list of runs', problems);
}

const isoTime = (time: string, now: number) => new Date(asOfMs(time, now)).toISOString();

/** A text in a visibility query. */
export const quoted = (text: string) => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;

/** One page of runs: those that run, the newest first, then those that ended, the last first. */
export async function listRuns(client: Client, place: Place, filter: ListFilter): Promise<RunList> {
  const page = await client.withDeadline(Date.now() + callTimeoutMs, () =>
    client.workflowService.listWorkflowExecutions({
      namespace: place.namespace,
      query: listQuery(filter),
      pageSize: filter.limit ?? 20,
      ...(filter.pageToken !== undefined && { nextPageToken: Buffer.from(filter.pageToken, 'base64url') }),
    }),
  );
  const next = page.nextPageToken;
  return {
    apiVersion,
    runs: (page.executions ?? []).map((raw) => summaryOf(place, raw)),
    ...(next && next.length > 0 && { nextPageToken: Buffer.from(next).toString('base64url') }),
  };
}

type RawRun = NonNullable<
  Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>['executions']
>[number];

/** WORKFLOW_EXECUTION_STATUS_*, by number. */
const statuses: RunStatus[] = [
  'unknown',
  'running',
  'completed',
  'failed',
  'cancelled',
  'terminated',
  'continued as new',
  'timed out',
  'paused',
];

function summaryOf(place: Place, raw: RawRun): RunSummary {
  const workflowId = raw.execution?.workflowId ?? '';
  const told = parseWorkflowId(workflowId);
  const attribute = (name: SearchAttributeName): string | undefined => {
    const payload = raw.searchAttributes?.indexedFields?.[name];
    return payload ? String(defaultPayloadConverter.fromPayload(payload)) : undefined;
  };
  const status = statuses[raw.status ?? 0] ?? 'unknown';
  const scheduledAt = raw.searchAttributes?.indexedFields?.TemporalScheduledStartTime;
  return {
    ...identify(place, workflowId, raw.execution?.runId ?? ''),
    operation: raw.type?.name ?? 'unknown',
    warehouse: attribute('UndropWarehouse') ?? told.warehouse,
    table: attribute('UndropTable') ?? told.table,
    status,
    outcome: outcomeOf(status),
    startedAt: isoOf(raw.startTime) ?? '',
    ...(raw.closeTime && { endedAt: isoOf(raw.closeTime) }),
    ...(scheduledAt && { scheduledAt: timeOf(defaultPayloadConverter.fromPayload(scheduledAt)) }),
  };
}

const timeOf = (text: unknown) => new Date(String(text)).toISOString();

/** A protobuf timestamp (seconds, nanoseconds) as ISO text. */
function isoOf(time: RawRun['startTime']): string | undefined {
  if (!time) return undefined;
  return new Date(Number(time.seconds ?? 0) * 1000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString();
}
