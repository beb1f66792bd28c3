import type { Client } from '@temporalio/client';
import { pause, underSignal } from './abortable';
import type { Place } from './links';
import { lookAtRun } from './look-at-run';
import { RecordedHandles } from './recorded-handles';
import { notReachable, type RunView } from './run-view';
import { isPassing } from './temporal-errors';

export interface WatchOptions {
  runId?: string;
  /** Time between looks, in milliseconds; 1000 when absent. */
  intervalMs?: number;
  /** Ends the watching, quietly. The run goes on. */
  signal?: AbortSignal;
}

export { notReachable };

/**
 * Looks at the run about once a second, until it has ended. An outage of the server (after the first look) is waited
 * out: the last view comes again with a notice. A run that continues as new is followed.
 */
export async function* watchRun(
  client: Client,
  place: Place,
  workflowId: string,
  { runId, intervalMs = 1_000, signal }: WatchOptions = {},
): AsyncGenerator<RunView, void, void> {
  let last: RunView | undefined;
  let pinned = runId;
  const recorded = new RecordedHandles(client);
  const stopped = () => signal?.aborted === true;
  while (!stopped()) {
    try {
      const options = {
        ...(pinned !== undefined && { runId: pinned }),
        withInput: last === undefined,
        recorded,
        ...(last?.state && { lastState: last.state }),
      };
      const look = () => lookAtRun(client, place, workflowId, options);
      const seen = await underSignal(signal, (own) => client.withAbortSignal(own, look));
      last = last?.input === undefined ? seen : { ...seen, input: last.input };
      pinned = seen.status === 'continued as new' ? undefined : seen.runId;
    } catch (error) {
      if (stopped()) return;
      if (last === undefined || !isPassing(error)) throw error;
      last = { ...last, notice: notReachable };
    }
    yield last;
    if (last.outcome !== 'running') return;
    await pause(intervalMs, signal);
  }
}
