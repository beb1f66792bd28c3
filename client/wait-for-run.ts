import { WorkflowFailedError, type Client } from '@temporalio/client';
import { isPassing } from './temporal-errors';
import { pause } from './watch-run';

export interface WaitOptions {
  runId?: string;
  /** Longest wait in milliseconds; without it as long as the run takes. */
  timeoutMs?: number;
  /** Ends the waiting, quietly. The run goes on. */
  signal?: AbortSignal;
}

/**
 * Waits, by Temporal's long poll, until the run has ended; an outage of the server on the way is waited out.
 * @returns false when the time is up or the signal fired first.
 */
export async function waitForEnd(client: Client, workflowId: string, options: WaitOptions): Promise<boolean> {
  const timer = new AbortController();
  const timeout =
    options.timeoutMs === undefined ? undefined : setTimeout(() => timer.abort(), options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, timer.signal]) : timer.signal;
  const handle = client.workflow.getHandle(workflowId, options.runId);
  try {
    while (!signal.aborted) {
      try {
        await client.withAbortSignal(signal, () => handle.result());
        return true;
      } catch (error) {
        if (error instanceof WorkflowFailedError) return true;
        if (signal.aborted) return false;
        if (!isPassing(error)) throw error;
        await pause(1_000, signal);
      }
    }
    return false;
  } finally {
    clearTimeout(timeout);
  }
}
