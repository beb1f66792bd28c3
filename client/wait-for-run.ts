import { WorkflowFailedError, type Client } from '@temporalio/client';
import { pause, underSignal } from './abortable';
import { isPassing } from './temporal-errors';

export interface WaitOptions {
  runId?: string;
  /** Longest wait in milliseconds; without it as long as the run takes. */
  timeoutMs?: number;
  /** Ends the waiting, quietly. The run goes on. */
  signal?: AbortSignal;
}

/** A wait is made of long polls, renewed after so long. */
const sliceMs = 60_000;

/**
 * Waits, by Temporal's long poll, until the run has ended; an outage of the server on the way is waited out.
 * @returns false when the time is up or the signal fired first.
 */
export async function waitForEnd(client: Client, workflowId: string, options: WaitOptions): Promise<boolean> {
  const handle = client.workflow.getHandle(workflowId, options.runId);
  return underSignal(options.signal, waitUnder, options.timeoutMs);

  async function waitUnder(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      let renewed = false;
      try {
        await underSignal(
          signal,
          (slice) => {
            slice.addEventListener('abort', () => (renewed = true));
            return client.withAbortSignal(slice, () => handle.result());
          },
          sliceMs,
        );
        return true;
      } catch (error) {
        if (error instanceof WorkflowFailedError) return true;
        if (signal.aborted) return false;
        if (!renewed && !isPassing(error)) throw error;
        if (!renewed) await pause(1_000, signal);
      }
    }
    return false;
  }
}
