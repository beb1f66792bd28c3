import { isCancellation, workflowInfo } from '@temporalio/workflow';
import { type OperationInputs, type OperationName, operations, subjectOf } from '../domain/operations';
import { cardPlace } from '../domain/run-card';
import { parseInput } from '../domain/validation';
import { carriedOf } from './carried';
import { failureOfRun, invalidInput, runFailureOf } from './failure';
import { countRunEnded, countRunStarted } from './metrics';
import { type Parsed, Run, type RunPlan } from './run';
import { inputOfRun, tellSubject } from './scheduled';
import { notifyOfEnd, notifySteps } from './steps/notify';
import { preflight, preflightStep } from './steps/preflight';

/**
 * The frame of every operation: validates the input (the UI and any client can start a workflow, so the schema is
 * applied here too), looks before acting, keeps the record, and turns whatever ends the run into a failure of the table.
 */
export async function runOperation<O extends OperationName, R>(
  operation: O,
  given: { input: OperationInputs[O]; carried?: unknown },
  plan: (input: Parsed<O>) => RunPlan,
  body: (run: Run, input: Parsed<O>) => Promise<R>,
): Promise<R> {
  countRunStarted(operation);
  const told = inputOfRun(given.input);
  const parsed = told.ok ? parseInput(operations[operation].schema, told.value) : told;
  if (!parsed.ok) {
    countRunEnded(operation, { outcome: 'failed', failure: 'InvalidInput', startedAtMs: Date.now() });
    throw invalidInput(operation, parsed.problems);
  }
  const value = parsed.value as Parsed<O>;
  tellSubject(subjectOf(operation, value as OperationInputs[O]));
  const { title, steps } = plan(value);
  const carried = given.carried === undefined ? undefined : carriedOf(operation, given.carried, steps);
  const announced = [preflightStep, ...steps, ...notifySteps(value)];
  const place = cardPlace(workflowInfo().workflowId, operation, value);
  const run = new Run(operation, { title, steps: announced }, place, carried);
  let result: R;
  try {
    if (value.skipPreflight) run.skip(preflightStep.name, 'the run was told to begin without looking');
    else if (carried && Object.keys(carried.results).length > 0)
      run.skip(preflightStep.name, `goes on from the step ${carried.from} of ${carried.of.runId}`);
    else await run.step(preflightStep.name, (step) => preflight(step, operation, value));
    result = await body(run, value);
  } catch (error) {
    if (isCancellation(error)) {
      run.end('cancelled');
      await notifyOfEnd(run, operation, value);
      throw error;
    }
    run.state.failure = runFailureOf(error);
    run.end('failed');
    await notifyOfEnd(run, operation, value);
    throw failureOfRun(run.state.failure, { ...run.told, state: run.state }, error);
  }
  run.end('done');
  await notifyOfEnd(run, operation, value, result);
  return result;
}
