import type { Io } from './io';
import { UsageError } from './usage-error';

/**
 * Asks a person before something is done. Where nobody can be asked (a script, a pipe), --yes has to have been given.
 * @throws UsageError when it was not.
 */
export async function confirmed(io: Io, question: string, yes: boolean | undefined): Promise<boolean> {
  if (yes) return true;
  if (!io.confirm) throw new UsageError('there is no terminal to ask on, and nothing was done: give --yes');
  return io.confirm(question);
}
