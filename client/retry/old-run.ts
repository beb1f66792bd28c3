import { QueryNotRegisteredError, type Client } from '@temporalio/client';
import { operationNames, operations, type OperationName } from '../../domain/operations';
import type { RunReference } from '../../domain/retry/carried';
import type { RunState } from '../../domain/run-state';
import { scheduledInput } from '../../domain/scheduled-input';
import { parseInput } from '../../domain/validation';
import { askRun } from '../ask-run';
import { ClientError, InvalidInputError } from '../errors';
import { historyOf } from '../history-pages';
import { callTimeoutMs } from '../call-timeout';
import { inputOf } from '../look-at-run';
import { statusOf, type RunStatus } from '../run-view';
import { whyNoAnswer } from '../temporal-errors';

/** A run that has ended, as far as a retry needs to know it. */
export interface OldRun extends RunReference {
  operation: OperationName;
  title: string;
  status: RunStatus;
  /** Valid, with defaults filled in. */
  input: object;
  /** Absent when the run ended before it could keep any record. */
  state?: RunState;
  /** End of its first workflow task; absent when no worker ever took it up. */
  firstTaskEventId?: number;
}

/** A worker replays the whole history before it answers. */
const replayTimeoutsMs = [5_000, 5_000, 10_000];

/**
 * Reads a run that is to be retried: its steps are asked of a worker, which replays the history of a run that has ended,
 * too; so they are there whatever ended it.
 * @throws ClientError `NoWorker`, `NothingToRetry` for a workflow that is none of ours; InvalidInputError.
 */
export async function readOldRun(client: Client, workflowId: string, runId?: string): Promise<OldRun> {
  const handle = client.workflow.getHandle(workflowId, runId);
  const described = await client.withDeadline(Date.now() + callTimeoutMs, () => handle.describe());
  const operation = operationNames.find((name) => name === described.type);
  if (operation === undefined) {
    throw new ClientError(
      'NothingToRetry',
      `retry failed [run=${workflowId}]: a workflow of type ${described.type} is no run of Undrop`,
      { remedy: 'Name a run that `undrop runs list` shows.' },
    );
  }
  const firstTaskEventId = await firstTask(client, workflowId, described.runId);
  const given = await inputOf(client, workflowId, described.runId);
  const [scheduledAt] = described.searchAttributes.TemporalScheduledStartTime ?? [];
  const input = scheduledAt instanceof Date ? scheduledInput(given, scheduledAt.getTime()) : given;
  const parsed = parseInput(operations[operation].schema, input);
  if (!parsed.ok) throw new InvalidInputError(operation, parsed.problems);
  const state =
    firstTaskEventId === undefined
      ? undefined
      : await ask<RunState>(client, { workflowId, runId: described.runId }, described.taskQueue, 'runState');
  return {
    workflowId,
    runId: described.runId,
    operation,
    title: state?.title ?? titleOf(described.memo) ?? operation,
    status: statusOf(described.status.name),
    input: parsed.value as object,
    ...(state && { state }),
    ...(firstTaskEventId !== undefined && { firstTaskEventId }),
  };
}

const titleOf = (memo: Record<string, unknown> | undefined) =>
  typeof memo?.title === 'string' ? memo.title : undefined;

/** What each finished step of a run returned. @throws ClientError `NoWorker` */
export async function stepResultsOf(
  client: Client,
  run: RunReference,
  taskQueue: string,
): Promise<Record<string, unknown>> {
  return (await ask<Record<string, unknown>>(client, run, taskQueue, 'stepResults')) ?? {};
}

/** Undefined when the run ended before it could answer. */
async function ask<T>(
  client: Client,
  { workflowId, runId }: RunReference,
  taskQueue: string,
  query: string,
): Promise<T | undefined> {
  try {
    return await askRun<T>(client, { workflowId, runId, taskQueue, query }, replayTimeoutsMs);
  } catch (error) {
    if (error instanceof QueryNotRegisteredError) return undefined;
    const why = whyNoAnswer(error, taskQueue);
    if (why === undefined) throw error;
    throw new ClientError('NoWorker', `retry failed [run=${workflowId}]: ${why}`, { cause: error });
  }
}

/** EVENT_TYPE_WORKFLOW_TASK_COMPLETED of Temporal's API. */
const taskCompleted = 7;

async function firstTask(client: Client, workflowId: string, runId: string): Promise<number | undefined> {
  for await (const { eventType, eventId } of historyOf(client, { workflowId, runId }, 20)) {
    if (Number(eventType) === taskCompleted) return Number(eventId);
  }
  return undefined;
}
