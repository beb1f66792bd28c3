import { defaultPayloadConverter, type Client } from '@temporalio/client';
import { operationNames, type OperationName } from '../domain/operations';
import type { Outcome } from '../domain/run-state';
import type { SearchAttributeName } from '../domain/search-attributes';
import { identify, type Place } from './links';
import { callTimeoutMs } from './look-at-run';
import { apiVersion, outcomeOf, type RunList, type RunStatus, type RunSummary } from './run-view';
import { parseWorkflowId } from './workflow-id';

export interface ListFilter {
  operation?: OperationName;
  outcome?: Outcome;
  /** As it was given at the start: `dev.public.orders`, or the name of a DynamoDB table or a snapshot. */
  table?: string;
  warehouse?: string;
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

/** The visibility query behind a list: https://docs.temporal.io/list-filter */
export function listQuery(filter: ListFilter): string {
  const types = filter.operation === undefined ? operationNames : [filter.operation];
  const parts = [`WorkflowType IN (${types.map(quoted).join(', ')})`];
  if (filter.outcome !== undefined)
    parts.push(`ExecutionStatus IN (${states[filter.outcome].map(quoted).join(', ')})`);
  if (filter.table !== undefined) parts.push(`UndropTable = ${quoted(filter.table)}`);
  if (filter.warehouse !== undefined) parts.push(`UndropWarehouse = ${quoted(filter.warehouse)}`);
  return parts.join(' AND ');
}

const quoted = (text: string) => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;

/** One page of runs, newest first. */
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
  return {
    ...identify(place, workflowId, raw.execution?.runId ?? ''),
    operation: raw.type?.name ?? 'unknown',
    warehouse: attribute('UndropWarehouse') ?? told.warehouse,
    table: attribute('UndropTable') ?? told.table,
    status,
    outcome: outcomeOf(status),
    startedAt: isoOf(raw.startTime) ?? '',
    ...(raw.closeTime && { endedAt: isoOf(raw.closeTime) }),
  };
}

/** A protobuf timestamp (seconds, nanoseconds) as ISO text. */
function isoOf(time: RawRun['startTime']): string | undefined {
  if (!time) return undefined;
  return new Date(Number(time.seconds ?? 0) * 1000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString();
}
