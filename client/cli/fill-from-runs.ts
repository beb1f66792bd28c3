import type { RecordExpectationResult } from '../../domain/operations/record-expectation';
import { setAt, type Flag, type FlagProblem, type FlagValues } from './flags';
import { withOperations, type Session } from './session';

/**
 * Puts what a run of `record-expectation` found where its workflow id was given (--expect-from). Reads from Temporal, and
 * only when such a flag was given.
 * @throws ClientError `RunNotFound`, TemporalUnreachableError; a run that has nothing to give is a problem of the input.
 */
export async function fillFromRuns(
  flags: readonly Flag[],
  values: FlagValues,
  built: { input: unknown; problems: FlagProblem[] },
  session: Session,
): Promise<void> {
  const named = flags.filter(({ flag, type }) => type === 'run' && values[flag] !== undefined);
  for (const { flag, path } of named) {
    const workflowId = String(values[flag]);
    const run = await withOperations(session, (operations) => operations.show(workflowId));
    const { expectation } = (run.result ?? {}) as Partial<RecordExpectationResult>;
    if (run.operation === 'recordExpectation' && expectation !== undefined) {
      setAt(built.input as Record<string, unknown>, path, expectation);
      continue;
    }
    const why =
      run.operation === 'recordExpectation' ? `it is ${run.status}` : `it is a run of ${run.operation}`;
    built.problems.push({
      field: path,
      flags: [flag],
      problem: `must name a run of record-expectation that is done: ${why}`,
    });
  }
}
