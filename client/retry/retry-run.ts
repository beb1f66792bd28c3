import { stepRows } from '../../domain/retry/step-rows';
import type { OperationInputs } from '../../domain/operations';
import type { Changes } from '../../domain/retry/change-input';
import { type Beginning, beginningAt, beginningOf, begun } from '../../domain/retry/beginning';
import type { Walk } from '../../domain/retry/walk-back';
import { ClientError, InvalidInputError } from '../errors';
import { identify } from '../links';
import { callTimeoutMs } from '../call-timeout';
import { outcomeOf } from '../run-view';
import { startRun } from '../start-run';
import { exclusively } from './exclusively';
import { lookAndWalk, type RetryContext } from './look-and-walk';
import { type OldRun, readOldRun } from './old-run';
import { resetRun } from './reset-run';
import { retryChanged } from './retry-changed';
import { resultOf, type RetryResult } from './retry-result';

export interface RetryOptions {
  /** The execution that is meant: retrying it twice is one retry. Default: the latest. */
  runId?: string;
  /** The step to go on from, instead of the one that failed. */
  from?: string;
  /** A run with a changed input goes on instead: values by the dotted path of their field, null takes one away. */
  with?: Changes;
  /** Tells what would be done, and does nothing. */
  dryRun?: boolean;
}

/**
 * Goes on with a run that ended badly, from just before the step that failed: every finished step keeps its result, once
 * a look at AWS has shown that what it left there still holds. The rest runs again, in a new execution of the same id.
 * @throws ClientError `RunStillRuns`, `RunSuperseded`, `NothingToRetry`, `RetryRefused`, `NoWorker`, `RunNotFound`.
 */
export async function retryRun(
  context: RetryContext,
  workflowId: string,
  options: RetryOptions = {},
): Promise<RetryResult> {
  const { client } = context;
  const run = await readOldRun(client, workflowId, options.runId);
  const before = await retriedBefore(context, run);
  if (before) return before;
  refuseUnlessEnded(run, options);
  const { state } = run;
  const { with: changes, dryRun } = options;
  if (state === undefined && !changes) return fromTheStart(context, run, options);
  const beginning = beginningFor(run, options);
  // SQL that is to be run again whatever became of it needs another identity.
  const anew = changes ?? (options.from === 'query' ? {} : undefined);
  if (anew) return retryChanged(context, run, { beginning, changes: anew, ...(dryRun && { dryRun }) });
  const steps = state!.steps;
  const walk = await lookAndWalk(context, run, { steps, begin: beginning.step });
  const result = { ...resultOf(context.place, run, walk), because: beginning.because };
  if (dryRun) return { ...result, reason: 'dry run' };

  const back = steps.find(({ name }) => name === walk.from);
  // What AWS has of it is waited for by its id: a name that the user gave would not tell it for the run's own.
  const waiting = walk.isTakenOver ? beginning.submittedEventId : undefined;
  const eventId =
    (walk.from === beginning.step ? (waiting ?? beginning.resetEventId) : back?.resetEventId) ??
    run.firstTaskEventId!;
  return once(context, run, result, () => resetRun(client, run, eventId, reasonOf(walk, beginning)));
}

/** Goes on with the run, unless somebody else has done so in the meantime. */
async function once(
  context: RetryContext,
  run: OldRun,
  result: RetryResult,
  goOn: () => Promise<string>,
): Promise<RetryResult> {
  return exclusively(context.client, context.taskQueue, run.workflowId, async () => {
    const before = await retriedBefore(context, run);
    if (before) return before;
    return { ...result, ...identify(context.place, run.workflowId, await goOn()), retried: true };
  });
}

const reasonOf = ({ from, steppedBack }: Walk, { because }: Beginning) =>
  `undrop runs retry: from step ${from}, ${steppedBack.at(-1)?.why ?? because}`.slice(0, 500);

/** The same was asked for before, or something else has taken the run's place. @throws ClientError `RunSuperseded` */
async function retriedBefore(context: RetryContext, run: OldRun): Promise<RetryResult | undefined> {
  const { client, place } = context;
  const describe = (runId?: string) =>
    client.withDeadline(Date.now() + callTimeoutMs, () =>
      client.workflow.getHandle(run.workflowId, runId).describe(),
    );
  const latest = await describe();
  if (latest.runId === run.runId) return undefined;
  const resetTo = (await describe(run.runId)).raw.workflowExtendedInfo?.resetRunId;
  if (resetTo !== latest.runId) {
    const why = `execution ${run.runId} is not the latest any more, that is ${latest.runId}`;
    throw new ClientError('RunSuperseded', `retry failed [run=${run.workflowId}]: ${why}`);
  }
  const walk = { from: '', kept: [], steppedBack: [], notes: [] };
  return {
    ...resultOf(context.place, run, walk),
    ...identify(place, run.workflowId, latest.runId),
    reason: 'already retried',
  };
}

function refuseUnlessEnded({ workflowId, status }: OldRun, { from }: RetryOptions): void {
  const outcome = outcomeOf(status);
  if (outcome === 'running')
    throw new ClientError('RunStillRuns', `retry failed [run=${workflowId}]: the run is ${status}`);
  if (outcome === 'done' && from === undefined)
    throw new ClientError('NothingToRetry', `retry failed [run=${workflowId}]: the run is done`);
}

/** @throws InvalidInputError naming the steps that can be named */
function beginningFor({ operation, state }: OldRun, { from }: RetryOptions): Beginning {
  const nothing: Beginning = {
    step: stepRows[operation][0]!.step,
    because: 'the run ended before its first step',
  };
  if (from === undefined) return state ? beginningOf(state) : nothing;
  const beginning = state && beginningAt(state, from);
  if (beginning) return beginning;
  const steps = state ? begun(state) : [];
  const problem = `${from} is no step that this run has begun; ${steps.length > 0 ? `those are ${steps.join(', ')}` : 'it has begun none'}`;
  throw new InvalidInputError(operation, [{ field: 'from', problem }]);
}

/** A run that kept no record: it is begun with its first step, in its history or, without any, anew under its id. */
async function fromTheStart(context: RetryContext, run: OldRun, options: RetryOptions): Promise<RetryResult> {
  const { client, place, taskQueue } = context;
  const { workflowId, operation, title, firstTaskEventId } = run;
  const from = stepRows[operation][0]!.step;
  const because =
    firstTaskEventId === undefined ? 'no worker had taken the run up' : 'the run ended before its first step';
  const result = { ...resultOf(context.place, run, { from, kept: [], steppedBack: [], notes: [] }), because };
  if (options.dryRun) return { ...result, reason: 'dry run' };
  if (firstTaskEventId !== undefined) {
    const reason = `undrop runs retry: ${because}`;
    return once(context, run, result, () => resetRun(client, run, firstTaskEventId, reason));
  }
  const input = run.input as OperationInputs[typeof operation];
  return once(context, run, result, async () => {
    const { runId } = await startRun(client, place, taskQueue, { operation, workflowId, title, input });
    return runId;
  });
}
