import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowHandle } from '@temporalio/client';
import { hashOf } from '../../domain/hash';
import { pause } from '../abortable';
import { ClientError } from '../errors';
import { callTimeoutMs } from '../call-timeout';

/** Whoever dies with it in hand blocks the others for so long; longer than what is done under it can take. */
const leaseMs = 60_000;

/**
 * Does something about a run while nobody else does: Temporal resets a run as often as it is asked to, and each time ends
 * the execution of the time before. The lock is a workflow of a fixed id that no worker takes up.
 * @throws ClientError `TemporalError` when somebody else is at it for longer than they may.
 */
export async function exclusively<T>(
  client: Client,
  taskQueue: string,
  workflowId: string,
  body: () => Promise<T>,
): Promise<T> {
  const lock = await acquire(client, taskQueue, workflowId);
  try {
    return await body();
  } finally {
    // It ends by itself, too.
    await client
      .withDeadline(Date.now() + callTimeoutMs, () => lock.terminate('the retry is through'))
      .catch(() => undefined);
  }
}

async function acquire(client: Client, taskQueue: string, workflowId: string): Promise<WorkflowHandle> {
  const untilMs = Date.now() + 2 * leaseMs;
  for (;;) {
    try {
      return await client.withDeadline(Date.now() + callTimeoutMs, () =>
        client.workflow.start('retryLock', {
          workflowId: `retry-lock/${hashOf(workflowId).slice(0, 32)}`,
          taskQueue: `${taskQueue}/locks`,
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          workflowExecutionTimeout: leaseMs,
          staticSummary: `One retry at a time of ${workflowId.slice(0, 150)}`,
        }),
      );
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      if (Date.now() > untilMs)
        throw new ClientError(
          'TemporalError',
          `retry failed [run=${workflowId}]: another retry holds its lock`,
          {
            cause: error,
          },
        );
      await pause(200);
    }
  }
}
