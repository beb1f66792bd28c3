import type { ClientError } from '../errors';

/** `unchecked`: something before it is wrong, or it cannot be looked at from here. */
export type CheckState = 'ok' | 'warning' | 'wrong' | 'unchecked';

/** One thing that was looked at, in one line. */
export interface Check {
  group: 'Temporal' | 'Workers' | 'AWS';
  name: string;
  state: CheckState;
  detail: string;
  /** What to do, when something is to be done. */
  advice?: string;
  /** Exit code of the CLI, when it is wrong. */
  exit?: number;
}

type Told = Pick<Check, 'group' | 'name' | 'detail'>;

export const ok = (group: Check['group'], name: string, detail: string): Check => ({
  group,
  name,
  state: 'ok',
  detail,
});

export const warning = (told: Told, advice: string): Check => ({ ...told, state: 'warning', advice });

export const wrong = (told: Told, advice: string, exit: number): Check => ({
  ...told,
  state: 'wrong',
  advice,
  exit,
});

export const unchecked = (group: Check['group'], name: string, why: string): Check => ({
  group,
  name,
  state: 'unchecked',
  detail: `not checked: ${why}`,
});

/** What went wrong as a check, in the words of the error. */
export const wrongBy = (group: Check['group'], name: string, error: ClientError): Check =>
  wrong({ group, name, detail: error.message }, error.remedy, error.exit);
