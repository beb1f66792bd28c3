import type { Command } from 'commander';
import { exitCodes } from '../exit-codes';
import type { Session } from '../session';
import { type Candidate, candidatesFor } from './candidates';
import { lookedUp } from './looked-up';
import type { Shell } from './scripts';
import { wordsOf } from './words';

/**
 * `undrop complete`, which the scripts of the shells ask: what could stand at the end of the line, a line each. Says
 * nothing when it knows nothing, also when Temporal does not answer.
 */
export async function completeAction(
  session: Session,
  treeOf: (words: readonly string[]) => Command,
  { shell, line }: { shell: Shell; line: string },
): Promise<number> {
  const words = wordsOf(line).slice(1);
  const found = candidatesFor(treeOf(words), words);
  // PowerShell offers files by itself when nothing is offered.
  if (found.kind === 'files') {
    if (shell !== 'powershell') session.io.stdout.write(':files\n');
    return exitCodes.done;
  }
  const values = found.kind === 'values' ? found.values : await lookedUp(session, found);
  for (const candidate of values)
    session.io.stdout.write(`${formatted(shell, candidate, words.at(-1) ?? '')}\n`);
  return exitCodes.done;
}

/** As the shell takes it: bash values only, zsh `value:about`, the others with a tab between. */
function formatted(shell: Shell, { value, about }: Candidate, current: string): string {
  switch (shell) {
    case 'bash':
      // Bash splits words at colons and equal signs too, and completes the last piece.
      return value.slice(Math.max(current.lastIndexOf(':'), current.lastIndexOf('=')) + 1);
    case 'zsh':
      return about === '' ? escapedColons(value) : `${escapedColons(value)}:${about}`;
    default:
      return about === '' ? value : `${value}\t${about}`;
  }
}

const escapedColons = (text: string) => text.replaceAll(':', '\\:');
