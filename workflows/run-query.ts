import { describeQuery, type RunQueryInput, type RunQueryResult } from '../domain/operations/run-query';
import { runOperation } from './run';
import { runQueryStep } from './steps/run-query';

/** Runs SQL through the Data API, waits for its end and brings the rows home. */
export async function runQuery(input: RunQueryInput): Promise<RunQueryResult> {
  return runOperation(
    'runQuery',
    input,
    (valid) => ({
      title: `Query ${valid.database}: ${describeQuery(valid)}`,
      steps: [{ name: 'query', title: describeQuery(valid, 60) }],
    }),
    (run, valid) => run.step('query', (step) => runQueryStep(step, valid)),
  );
}
