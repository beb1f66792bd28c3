import type { OperationInputs } from '../../domain/operations';
import { workflowIdOf } from '../../domain/operations';
import type { Beginning } from '../../domain/retry/beginning';
import type { Carried } from '../../domain/retry/carried';
import { changeInput, type Changes } from '../../domain/retry/change-input';
import { changedFields, firstStepOf, hasStep, positionOf, stepRows } from '../../domain/retry/step-rows';
import type { Walk } from '../../domain/retry/walk-back';
import type { RunState, StepRecord } from '../../domain/run-state';
import type { Problem } from '../../domain/validation';
import { ClientError, InvalidInputError } from '../errors';
import { identify, shellQuoted } from '../links';
import { resolveRun } from '../resolve-run';
import { startRun } from '../start-run';
import { lookAndWalk, lookUnderWay, type RetryContext } from './look-and-walk';
import { type OldRun, stepResultsOf } from './old-run';
import { resultOf, type RetryResult } from './retry-result';

type Input = OperationInputs[OldRun['operation']];

/**
 * Goes on with a run under a changed input: a new run, linked to the old one, which takes over the results of the steps
 * before the first that the change is of, and before the one that failed. Asked twice it is one run.
 * @throws InvalidInputError with every problem; ClientError `RetryRefused` while AWS still works for the old run. Nothing
 * was started then.
 */
export async function retryChanged(
  context: RetryContext,
  run: OldRun,
  { beginning, changes, dryRun }: { beginning: Beginning; changes: Changes; dryRun?: boolean },
): Promise<RetryResult> {
  const { operation } = run;
  const input = changed(run, changes);
  const fields = changedFields(run.input, input);
  const first = firstStepOf(operation, fields);
  const steps = stepsOf(run, input);
  const begin = earliest(run, [beginning.step, ...(first === undefined ? [] : [first])], steps);
  await refuseWhileUnderWay(context, run);
  const walk = await lookAndWalk(context, { ...run, input }, { steps, begin, asAnother: true });
  const results = await stepResultsOf(context.client, run, context.taskQueue);
  const carried = carriedBy(run, walk, results);
  const workflowId = workflowIdOf(operation, input, `retry of ${run.runId}`);
  const resolved = resolveRun(operation, input, { workflowId });
  const because = begin === beginning.step ? beginning.because : `${fields.join(', ')} changed`;
  const result = {
    ...resultOf(context.place, { ...run, title: resolved.title }, walk),
    because,
    changed: fields,
  };
  if (dryRun) return { ...result, reason: 'dry run' };
  const { place } = context;
  const started = await startRun(context.client, place, context.taskQueue, { ...resolved, carried });
  return {
    ...result,
    ...identify(place, started.workflowId, started.runId),
    retried: started.started,
    ...(!started.started && { reason: 'already retried' }),
  };
}

/** The changed input, valid. @throws InvalidInputError with every problem of the changes and of what they come to */
function changed({ operation, input: before }: OldRun, changes: Changes): Input {
  const { input, problems } = changeInput(before, changes);
  try {
    const { input: valid } = resolveRun(operation, input);
    if (problems.length === 0) return valid;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const known = problems.map(({ field }) => field);
    problems.push(...error.problems.filter(({ field }: Problem) => !known.includes(field)));
  }
  throw new InvalidInputError(operation, problems);
}

/** The steps of the new run, each as it went in the old one. */
function stepsOf({ operation, state }: OldRun, input: Input): StepRecord[] {
  return stepRows[operation]
    .filter(({ step }) => hasStep(operation, step, input))
    .map(({ step: name }) => state?.steps.find((old) => old.name === name) ?? pending(name));
}

const pending = (name: string): StepRecord => ({ name, title: name, state: 'pending' });

/** The first of them; where the new run has no such step, the one after it. */
function earliest({ operation }: OldRun, names: readonly string[], steps: readonly StepRecord[]): string {
  const position = Math.min(...names.map((name) => positionOf(operation, name)));
  const found = steps.find(({ name }) => positionOf(operation, name) >= position);
  return (found ?? steps.at(-1)!).name;
}

/** Never two restores: what the old run has under way a new one would not know for its own. */
async function refuseWhileUnderWay(context: RetryContext, run: OldRun): Promise<void> {
  const standings = await lookUnderWay(context, run);
  const [running] = standings.filter(({ state }) => state === 'running' || state === 'unseen');
  if (!running) return;
  const retry = `undrop runs retry ${shellQuoted(run.workflowId)}`;
  throw new ClientError(
    'RetryRefused',
    `retry failed [run=${run.workflowId}]: ${running.text}, for the run as it was; a changed one would ask for another`,
    { remedy: `Let it end first, or go on without a change, which takes it over: ${retry}` },
  );
}

function carriedBy(
  { workflowId, runId, state }: OldRun,
  walk: Walk,
  results: Record<string, unknown>,
): Carried {
  const kept = walk.kept.map(({ step }) => step).filter((step) => step !== 'preflight');
  return {
    of: { workflowId, runId },
    from: walk.from,
    results: Object.fromEntries(kept.map((step) => [step, results[step] ?? null])),
    aws: (state as RunState).aws.filter(({ step }) => kept.includes(step)),
  };
}
