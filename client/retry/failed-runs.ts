import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import type { OperationName } from '../../domain/operations';
import { runReferenceSchema } from '../../domain/retry/carried';
import { identify, type Place } from '../links';
import { listQuery, type ListFilter } from '../list-runs';
import { callTimeoutMs } from '../look-at-run';
import { outcomeOf, type RunSummary, statusOf } from '../run-view';
import { parseWorkflowId } from '../workflow-id';

/** Which runs are to be retried together. */
export interface FailedRunsFilter extends Pick<ListFilter, 'table' | 'warehouse' | 'target'> {
  /** Ended at or after this: ISO time, or a duration before now such as `24h`. */
  since: string;
  operation?: OperationName;
  /** Those too that somebody cancelled. */
  cancelled?: boolean;
}

/** Looked at side by side. */
const parallel = 8;

/**
 * Runs that ended badly, were terminated or timed out, the latest execution of each id only; not those that somebody has
 * gone on from with a changed input.
 * @throws InvalidInputError for a time that is none.
 */
export async function failedRuns(
  client: Client,
  place: Place,
  filter: FailedRunsFilter,
): Promise<RunSummary[]> {
  const { since, cancelled, ...rest } = filter;
  const goneOnFrom = await goneOn(client, filter);
  const ended: WorkflowExecutionInfo[] = [];
  for (const outcome of cancelled ? (['failed', 'cancelled'] as const) : (['failed'] as const)) {
    const query = listQuery({ ...rest, outcome, endedSince: since });
    for await (const run of client.workflow.list({ query })) if (!goneOnFrom.has(run.runId)) ended.push(run);
  }
  const latest: WorkflowExecutionInfo[] = [];
  for (let at = 0; at < ended.length; at += parallel) {
    const some = ended.slice(at, at + parallel);
    const are = await Promise.all(some.map((run) => isLatest(client, run)));
    latest.push(...some.filter((_, index) => are[index]));
  }
  return latest.map((run) => summaryOf(place, run));
}

/** Executions that a run with a changed input goes on from. */
async function goneOn(client: Client, { since, operation }: FailedRunsFilter): Promise<Set<string>> {
  const found = new Set<string>();
  const query = listQuery({ since, ...(operation && { operation }) });
  for await (const { memo } of client.workflow.list({ query })) {
    const told = runReferenceSchema.safeParse(memo?.retryOf);
    if (told.success) found.add(told.data.runId);
  }
  return found;
}

async function isLatest(client: Client, { workflowId, runId }: WorkflowExecutionInfo): Promise<boolean> {
  const latest = await client.withDeadline(Date.now() + callTimeoutMs, () =>
    client.workflow.getHandle(workflowId).describe(),
  );
  return latest.runId === runId;
}

function summaryOf(place: Place, run: WorkflowExecutionInfo): RunSummary {
  const told = parseWorkflowId(run.workflowId);
  const status = statusOf(run.status.name);
  const attribute = (name: 'UndropWarehouse' | 'UndropTable') => {
    const [value] = run.searchAttributes[name] ?? [];
    return value === undefined ? undefined : String(value);
  };
  return {
    ...identify(place, run.workflowId, run.runId),
    operation: run.type,
    warehouse: attribute('UndropWarehouse') ?? told.warehouse,
    table: attribute('UndropTable') ?? told.table,
    status,
    outcome: outcomeOf(status),
    startedAt: run.startTime.toISOString(),
    ...(run.closeTime && { endedAt: run.closeTime.toISOString() }),
  };
}
