import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { canonicalJson } from '../domain/hash';
import { meansNow, subjectOf, workflowIdOf } from '../domain/operations';
import type { SearchAttributeName } from '../domain/search-attributes';
import { ClientError } from './errors';
import { identify, type Place } from './links';
import { callTimeoutMs } from './call-timeout';
import { inputOf } from './look-at-run';
import type { ResolvedRun } from './resolve-run';
import { runDetails } from './run-details';
import { apiVersion, statusOf, type StartResult } from './run-view';

/**
 * Starts the run, or finds the one that has been started: one that is running is joined, one that succeeded is not
 * repeated, one that failed, was cancelled, terminated or timed out is started anew under the same id — and so with
 * the same tokens and names on AWS, which is how it adopts what the earlier one left. A request that means *now* (a
 * proof, a source by its age) is asked anew once it was done.
 */
export async function startRun(
  client: Client,
  place: Place,
  taskQueue: string,
  run: ResolvedRun,
): Promise<StartResult> {
  const { operation, workflowId, title } = run;
  const result = (runId: string, reason?: StartResult['reason']): StartResult => ({
    apiVersion,
    ...identify(place, workflowId, runId),
    operation,
    title,
    started: reason === undefined,
    ...(reason && { reason }),
  });
  let before: StartedBefore | undefined =
    run.startedBefore === undefined ? undefined : { startedBefore: run.startedBefore };
  for (let round = 1; ; round += 1) {
    try {
      const handle = await client.withDeadline(Date.now() + callTimeoutMs, () =>
        submit(client, place, taskQueue, run, before),
      );
      return result(handle.firstExecutionRunId);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const there = await client.withDeadline(Date.now() + callTimeoutMs, () =>
        client.workflow.getHandle(workflowId).describe(),
      );
      const status = statusOf(there.status.name);
      const goesOn = status === 'running' || status === 'paused';
      if (status === 'completed' && asksForNow(run)) {
        // Fixed by the run before it: asked twice at once it is still one run.
        const next = { ...run, workflowId: workflowIdOf(operation, run.input, `after ${there.runId}`) };
        return startRun(client, place, taskQueue, next);
      }
      if (goesOn || status === 'completed') {
        await refuseAnother(client, run, there.type, there.runId);
        return result(there.runId, goesOn ? 'already running' : 'already done');
      }
      // It ended badly: it is started anew, and told since when there may be something of it on AWS.
      if (round === 4) throw error;
      before = { startedBefore: startedBefore(there.memo) ?? there.startTime.toISOString() };
    }
  }
}

/**
 * A request whose answer of before is of no use now. An id of the user's own always means one run, and so does going on
 * from a run that has ended.
 */
function asksForNow({ operation, workflowId, input, carried }: ResolvedRun): boolean {
  if (carried !== undefined) return false;
  const made = workflowIdOf(operation, input).slice(0, -8);
  return (
    meansNow(operation, input) &&
    workflowId.startsWith(made) &&
    /^[0-9a-f]{8}$/.test(workflowId.slice(made.length))
  );
}

/** Start of the first execution of this id; in the memo, where the workflow reads it (workflows/earlier.ts). */
interface StartedBefore {
  startedBefore: string;
}

function startedBefore(memo: Record<string, unknown> | undefined): string | undefined {
  return typeof memo?.startedBefore === 'string' ? memo.startedBefore : undefined;
}

function submit(
  client: Client,
  place: Place,
  taskQueue: string,
  { operation, workflowId, title, input, carried }: ResolvedRun,
  before: StartedBefore | undefined,
) {
  const { warehouse, table } = subjectOf(operation, input);
  return client.workflow.start(operation, {
    workflowId,
    taskQueue,
    args: carried ? [input, carried] : [input],
    workflowIdReusePolicy: before ? 'ALLOW_DUPLICATE_FAILED_ONLY' : 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'FAIL',
    memo: { operation, title, ...before, ...(carried && { retryOf: carried.of }) },
    staticSummary: title,
    staticDetails: runDetails(operation, input, workflowId, place.apiUrl),
    typedSearchAttributes: [
      attribute('UndropOperation', operation),
      attribute('UndropWarehouse', warehouse),
      attribute('UndropTable', table),
      attribute('UndropOutcome', 'running'),
    ],
  });
}

/** A search attribute of ours with its value. */
export const attribute = (name: SearchAttributeName, value: string): SearchAttributePair => ({
  key: defineSearchAttributeKey(name, 'KEYWORD'),
  value,
});

/** An id of the user's own may belong to a run that does something else: joining that one would be a lie. */
async function refuseAnother(client: Client, run: ResolvedRun, type: string, runId: string): Promise<void> {
  const other =
    type !== run.operation ||
    canonicalJson(await inputOf(client, run.workflowId, runId)) !== canonicalJson(run.input);
  if (!other) return;
  const what = type === run.operation ? 'another input' : `another operation (${type})`;
  throw new ClientError(
    'WorkflowIdTaken',
    `start failed [run=${run.workflowId}]: a run of this id exists, with ${what}; it was left alone`,
  );
}
