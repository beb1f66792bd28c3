import type { Client } from '@temporalio/client';
import type { OperationName } from '../../domain/operations';
import { runReferenceSchema } from '../../domain/retry/carried';
import { everyPage } from '../every-page';
import type { Place } from '../links';
import { listQuery, listRuns, type ListFilter } from '../list-runs';
import { callTimeoutMs } from '../call-timeout';
import type { RunSummary } from '../run-view';

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

/** Enough for most nights in one answer of the server. */
const pageSize = 200;

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
  const list = (asked: ListFilter) => listRuns(client, place, asked);
  const ended: RunSummary[] = [];
  for (const outcome of cancelled ? (['failed', 'cancelled'] as const) : (['failed'] as const)) {
    const runs = await everyPage(list, { ...rest, outcome, endedSince: since, limit: pageSize });
    ended.push(...runs.filter(({ runId }) => !goneOnFrom.has(runId)));
  }
  const latest: RunSummary[] = [];
  for (let at = 0; at < ended.length; at += parallel) {
    const some = ended.slice(at, at + parallel);
    const are = await Promise.all(some.map((run) => isLatest(client, run)));
    latest.push(...some.filter((_, index) => are[index]));
  }
  return latest;
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

async function isLatest(client: Client, { workflowId, runId }: RunSummary): Promise<boolean> {
  const latest = await client.withDeadline(Date.now() + callTimeoutMs, () =>
    client.workflow.getHandle(workflowId).describe(),
  );
  return latest.runId === runId;
}
