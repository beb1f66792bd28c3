import { describeQuery, type RunQueryInput, type RunQueryResult } from '../domain/operations/run-query';
import type { Carried } from '../domain/retry/carried';
import type { Parsed, RunPlan } from './run';
import { runOperation } from './run-operation';
import { runQueryStep } from './steps/run-query';

/** Runs SQL through the Data API, waits for its end and brings the rows home. */
export async function runQuery(input: RunQueryInput, carried?: Carried): Promise<RunQueryResult> {
  return runOperation('runQuery', { input, carried }, runQueryPlan, (run, valid) =>
    run.step('query', (step) => runQueryStep(step, valid)),
  );
}

export const runQueryPlan = (valid: Parsed<'runQuery'>): RunPlan => ({
  title: `Query ${valid.database}: ${describeQuery(valid)}`,
  steps: [{ name: 'query', title: describeQuery(valid, 60) }],
});
