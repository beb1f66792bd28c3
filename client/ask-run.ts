import type { Client } from '@temporalio/client';
import type { RunReference } from '../domain/retry/carried';
import { pollersOf } from './pollers';
import { wasLate } from './temporal-errors';

/** A query of a run, and where the worker that can answer it is. */
export interface Question extends RunReference {
  taskQueue: string;
  query: string;
}

/**
 * Asks a run something, which its worker answers after replaying its history. Where workers poll and none answers in time, it
 * is asked again: of several questions about one ended run at once, the worker's SDK may drop some when it evicts the run
 * (https://github.com/temporalio/sdk-rust/issues/578).
 * @param timeoutsMs how long each try may take, one after the other.
 * @throws the errors of the Temporal client, untranslated.
 */
export async function askRun<T>(
  client: Client,
  question: Question,
  timeoutsMs: readonly number[],
): Promise<T> {
  const { workflowId, runId, taskQueue, query } = question;
  const handle = client.workflow.getHandle(workflowId, runId);
  const [timeoutMs, ...later] = timeoutsMs;
  try {
    return await client.withDeadline(Date.now() + timeoutMs!, () => handle.query<T>(query));
  } catch (error) {
    if (later.length === 0 || !wasLate(error)) throw error;
    if ((await pollersOf(client, taskQueue, 'workflow')).length === 0) throw error;
    return askRun(client, question, later);
  }
}
