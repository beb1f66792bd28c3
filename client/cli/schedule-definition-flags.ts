import type { ScheduleChanges } from '../../domain/schedules/definition';
import type { OperationEntry } from './commands';
import { scheduleFlags } from './commands/schedules/flags';
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

/** What a command line says of a schedule. */
export interface DefinitionFlags {
  entry: OperationEntry | undefined;
  /** Flags of the operation. */
  flags: readonly Flag[];
  /** The flags that were given, those of the schedule and those of the operation. */
  values: FlagValues;
  file: string | undefined;
}

/** The members of a definition that a command line gives; those that it does not are absent. */
export async function definitionFromFlags(
  session: Session,
  { entry, flags, values, file }: DefinitionFlags,
  inputBefore: unknown = {},
): Promise<{ given: ScheduleChanges; problems: FlagProblem[] }> {
  const schedule = inputFromFlags(scheduleFlags, values);
  const given = { ...(schedule.input as ScheduleChanges) };
  const problems = [...schedule.problems];
  const aboutInput = flags.some(({ flag }) => values[flag] !== undefined);
  if (file !== undefined || aboutInput || entry) {
    const before = file === undefined ? inputBefore : await readInputFile(file, session.io);
    const built = inputFromFlags(flags, values, before);
    await fillFromRuns(flags, values, built, session);
    given.input = built.input as Record<string, unknown>;
    problems.push(...built.problems.map((problem) => ({ ...problem, field: `input.${problem.field}` })));
  }
  return { given, problems };
}

/** All flags with the members of a definition that they set. */
const named = (flags: readonly Flag[]): Flag[] => [
  ...scheduleFlags,
  ...flags.map((flag) => ({
    ...flag,
    path: `input.${flag.path}`,
    ...(flag.insteadOf !== undefined && { insteadOf: `input.${flag.insteadOf}` }),
    ...(flag.group !== undefined && { group: flag.group === '' ? 'input' : `input.${flag.group}` }),
  })),
];

/**
 * Runs what may refuse the definition, and tells its problems by the flags that could mend them.
 * @throws UsageError with every problem at once.
 */
export async function byFlags<T>(
  what: string,
  flags: readonly Flag[],
  problems: readonly FlagProblem[],
  body: () => Promise<T>,
): Promise<T> {
  const refused = (found: readonly { field: string; problem: string }[]) => {
    const all = nameFlags(named(flags), problems, found);
    return new UsageError(
      `${what}: there ${all.length === 1 ? 'is a problem' : `are ${all.length} problems`}`,
      all.map(flagProblemText),
    );
  };
  if (problems.length > 0) throw refused([]);
  try {
    return await body();
  } catch (error) {
    const found = (error as { problems?: { field: string; problem: string }[] }).problems;
    throw found === undefined ? error : refused(found);
  }
}
