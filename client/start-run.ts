import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { canonicalJson } from '../domain/hash';
import { operations, subjectOf } from '../domain/operations';
import { shownInput } from '../domain/operations/shown-input';
import type { SearchAttributeName } from '../domain/search-attributes';
import { ClientError } from './errors';
import { identify, type Place } from './links';
import { callTimeoutMs, inputOf } from './look-at-run';
import type { ResolvedRun } from './resolve-run';
import { apiVersion, statusOf, type StartResult } from './run-view';

/**
 * Starts the run, or finds the one that has been started: one that is running is joined, one that succeeded is not
 * repeated, one that failed, was cancelled, terminated or timed out is started anew under the same id — and so with
 * the same tokens and names on AWS, which is how it adopts what the earlier one left.
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
  for (let round = 1; ; round += 1) {
    try {
      const handle = await client.withDeadline(Date.now() + callTimeoutMs, () =>
        submit(client, taskQueue, run),
      );
      return result(handle.firstExecutionRunId);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const there = await client.withDeadline(Date.now() + callTimeoutMs, () =>
        client.workflow.getHandle(workflowId).describe(),
      );
      await refuseAnother(client, run, there.type, there.runId);
      const status = statusOf(there.status.name);
      if (status === 'completed') return result(there.runId, 'already done');
      if (status === 'running' || status === 'paused') return result(there.runId, 'already running');
      // It ended badly between our two calls: now it may be started anew.
      if (round === 3) throw error;
    }
  }
}

function submit(client: Client, taskQueue: string, { operation, workflowId, title, input }: ResolvedRun) {
  const { warehouse, table } = subjectOf(operation, input);
  return client.workflow.start(operation, {
    workflowId,
    taskQueue,
    args: [input],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    workflowIdConflictPolicy: 'FAIL',
    memo: { operation, title },
    staticSummary: title,
    staticDetails: `${operations[operation].summary}.\n\n\`\`\`json\n${JSON.stringify(shownInput(operation, input), null, 2)}\n\`\`\``,
    typedSearchAttributes: [
      attribute('UndropOperation', operation),
      attribute('UndropWarehouse', warehouse),
      attribute('UndropTable', table),
      attribute('UndropOutcome', 'running'),
    ],
  });
}

const attribute = (name: SearchAttributeName, value: string): SearchAttributePair => ({
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
