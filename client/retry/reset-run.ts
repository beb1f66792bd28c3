import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { RunReference } from '../../domain/retry/carried';
import { callTimeoutMs } from '../call-timeout';

/** RESET_REAPPLY_EXCLUDE_TYPE_*: signals, updates, Nexus, cancel requests. A cancel of before must not end the run again. */
const nothingReapplied = [1, 2, 3, 4];

/**
 * Resets a run to the end of a workflow task: what came before it is kept, what comes after is run again by a new
 * execution. The server takes no notice of a request id that it had before: see exclusively().
 * @returns the run id of the new execution.
 */
export async function resetRun(
  client: Client,
  { workflowId, runId }: RunReference,
  eventId: number,
  reason: string,
): Promise<string> {
  const request: object = {
    namespace: client.options.namespace,
    workflowExecution: { workflowId, runId },
    workflowTaskFinishEventId: eventId,
    requestId: randomUUID(),
    resetReapplyExcludeTypes: nothingReapplied,
    reason,
    identity: client.options.identity,
  };
  const answer = await client.withDeadline(Date.now() + callTimeoutMs, () =>
    client.workflowService.resetWorkflowExecution(request),
  );
  return answer.runId;
}
