import { resolveRun, type ResolvedRun } from '../resolve-run';
import type { OperationEntry } from './commands';
import { fillFromRuns } from './fill-from-runs';
import {
  flagProblemText,
  inputFromFlags,
  nameFlags,
  type Flag,
  type FlagProblem,
  type FlagValues,
} from './flags';
import { readInputFile } from './input-file';
import type { Session } from './session';
import { UsageError } from './usage-error';

/** How a run is told on the command line, besides the flags of its operation. */
export interface RunFlags {
  file?: string;
  workflowId?: string;
  again?: boolean;
}

/**
 * The run that a command line tells: input file, flags over it, defaults.
 * @param verb what the command would have done with it: `started`, `planned`
 * @param more problems that the caller has found; they are told with the others
 * @throws UsageError with every problem at once, each by the flag that could mend it.
 */
export async function runFromFlags(
  entry: OperationEntry,
  flags: readonly Flag[],
  session: Session,
  { file: path, workflowId, again }: RunFlags,
  values: FlagValues,
  verb: string,
  more: readonly FlagProblem[] = [],
): Promise<ResolvedRun> {
  const file = path === undefined ? {} : await readInputFile(path, session.io);
  const built = inputFromFlags(flags, values, file);
  await fillFromRuns(flags, values, built, session);
  let problems = [...built.problems, ...more];
  try {
    const resolved = resolveRun(entry.operation, built.input, {
      ...(workflowId !== undefined && { workflowId }),
      ...(again && { again }),
    });
    if (problems.length === 0) return resolved;
  } catch (error) {
    const found = (error as { problems?: { field: string; problem: string }[] }).problems;
    if (found === undefined) throw error;
    problems = nameFlags([...flags, workflowIdFlag], problems, found);
  }
  throw new UsageError(
    `${entry.command} was not ${verb}: the input has ${counted(problems)}`,
    problems.map(flagProblemText),
  );
}

const workflowIdFlag = { flag: '--workflow-id', path: 'workflowId', type: 'text', description: '' } as const;

const counted = (problems: readonly FlagProblem[]) =>
  problems.length === 1 ? 'a problem' : `${problems.length} problems`;
