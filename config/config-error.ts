/** One thing wrong with the environment; `variable` is the name a person has to set or mend. */
export interface ConfigProblem {
  variable: string;
  problem: string;
}

/** Thrown with every problem of the environment at once: `TEMPORAL_ADDRESS must be …; UNDROP_HEALTH_PORT must be …`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map(({ variable, problem }) => `${variable} ${problem}`).join('; '));
  }
}

/** What a process was given: `process.env` in the main files, a plain record in tests. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Value of a variable; an empty one counts as not set, because `FOO= undrop …` means "without FOO". */
export function read(env: Environment, variable: string): string | undefined {
  const value = env[variable]?.trim();
  return value === '' ? undefined : value;
}
