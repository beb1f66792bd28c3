import { flagProblemText } from './flags';
import { UsageError } from './usage-error';

/** Flags of a filter of runs by its fields, for problems that are told by them. */
const flagOf: Partial<Record<string, string>> = { since: '--since', until: '--until' };

/**
 * Runs what may refuse a filter of runs, and tells its problems by the flags that could mend them.
 * @param what was not done then: `the runs were not listed`
 * @throws UsageError with every problem.
 */
export async function byFilterFlags<T>(what: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    const { problems } = error as { problems?: { field: string; problem: string }[] };
    if (problems === undefined) throw error;
    const lines = problems.map(({ field, problem }) =>
      flagProblemText({ field, problem, flags: [flagOf[field] ?? field] }),
    );
    throw new UsageError(what, lines);
  }
}
