import { randomUUID } from 'node:crypto';
import {
  TimeoutFailure,
  WorkflowFailedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import {
  lookUps,
  lookUpTimeoutMs,
  type LookUpKind,
  type LookUpRequest,
  type LookUpResult,
} from '../domain/look-ups';
import { parseInput } from '../domain/validation';
import { isFailureType } from '../domain/failures';
import { pause, underSignal } from './abortable';
import { ClientError, InvalidInputError } from './errors';
import { callTimeoutMs } from './call-timeout';
import { runFailureOf } from './run-failure';

export interface LookUpOptions {
  /** A worker that has not begun after so long is taken for absent, in milliseconds; 5000 when absent. */
  workerTimeoutMs?: number;
  /** Ends the waiting with an AbortError; the look-up ends by itself. */
  signal?: AbortSignal;
}

/**
 * Asks the worker to look something up, and waits for the answer.
 * @throws InvalidInputError before anything is asked; ClientError `NoWorker`, `LookUpTimedOut`, or of the failure
 * table's row for what AWS answered.
 */
export async function lookUp<K extends LookUpKind>(
  client: Client,
  taskQueue: string,
  kind: K,
  input: unknown,
  { workerTimeoutMs = 5_000, signal }: LookUpOptions = {},
): Promise<LookUpResult<K>> {
  const parsed = parseInput(lookUps[kind].schema, input);
  if (!parsed.ok) throw new InvalidInputError(kind, parsed.problems);
  const request: LookUpRequest = { kind, input: parsed.value };
  const handle = await client.withDeadline(Date.now() + callTimeoutMs, () =>
    client.workflow.start('lookUp', {
      workflowId: `look-up/${kind}/${randomUUID()}`,
      taskQueue,
      args: [request],
      workflowExecutionTimeout: lookUpTimeoutMs,
      staticSummary: lookUps[kind].summary,
    }),
  );
  return underSignal(signal, async (own) => {
    const answer = client.withAbortSignal(own, () => handle.result()) as Promise<LookUpResult<K>>;
    const late = !(await endsWithin(answer, workerTimeoutMs));
    if (late && !(await hasBegun(client, handle)) && (await gaveUp(client, handle))) {
      throw new ClientError(
        'NoWorker',
        `look-up failed [kind=${kind}]: no worker on task queue ${taskQueue} answered within ${Math.round(workerTimeoutMs / 1000)} s`,
      );
    }
    try {
      return await answer;
    } catch (error) {
      throw lookUpError(kind, error);
    }
  });
}

/** True when the promise settles, however, within the time. */
async function endsWithin(answer: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const late = new AbortController();
  const settled = answer.then(
    () => true,
    () => true,
  );
  const inTime = await Promise.race([settled, pause(milliseconds, late.signal).then(() => false)]);
  late.abort();
  return inTime;
}

/** PENDING_WORKFLOW_TASK_STATE_STARTED of Temporal's API. */
const taken = 2;

/** Whether a worker took the look-up: until then its history is its start and its first task, waiting. */
async function hasBegun(client: Client, handle: WorkflowHandle): Promise<boolean> {
  const { raw, historyLength } = await client.withDeadline(Date.now() + callTimeoutMs, () =>
    handle.describe(),
  );
  return historyLength > 2 || Number(raw.pendingWorkflowTask?.state) === taken;
}

/**
 * Nobody waits any more: a worker that comes later must not do it. Without this it would end by itself in two minutes.
 * @returns false when it has just been done after all.
 */
async function gaveUp(client: Client, handle: WorkflowHandle): Promise<boolean> {
  try {
    await client.withDeadline(Date.now() + callTimeoutMs, () => handle.terminate('no worker answered'));
    return true;
  } catch (error) {
    return !(error instanceof WorkflowNotFoundError);
  }
}

/** What AWS answered, as its row of the failure table says it; anything else stays as it is. */
function lookUpError(kind: LookUpKind, error: unknown): unknown {
  if (!(error instanceof WorkflowFailedError)) return error;
  const { type, message, remedy } = runFailureOf(error.cause).failure;
  if (isFailureType(type)) return new ClientError(type, message, { cause: error, remedy });
  if (error.cause instanceof TimeoutFailure) {
    const why = `no answer within ${lookUpTimeoutMs / 60_000} minutes`;
    return new ClientError('LookUpTimedOut', `look-up failed [kind=${kind}]: ${why}`, { cause: error });
  }
  return new ClientError('TemporalError', `look-up failed [kind=${kind}]: ${message}`, { cause: error });
}
