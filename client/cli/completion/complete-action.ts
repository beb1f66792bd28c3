import type { Command } from 'commander';
import type { Outcome } from '../../../domain/run-state';
import { shellQuoted } from '../../links';
import { exitCodes } from '../exit-codes';
import { lazy } from '../lazy';
import { withOperations, type Session } from '../session';
import { type Candidate, type Candidates, candidatesFor } from './candidates';
import type { Shell } from './scripts';
import { wordsOf } from './words';

/** Nobody waits longer for the tab key, in milliseconds. */
const runsTimeoutMs = 1_500;

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
  const values = found.kind === 'runs' ? await runsWithin(session, found) : found.values;
  for (const candidate of values)
    session.io.stdout.write(`${formatted(shell, candidate, words.at(-1) ?? '')}\n`);
  return exitCodes.done;
}

/** Runs that a command is of use for. */
const outcomes: Partial<Record<string, Outcome>> = { cancel: 'running', retry: 'failed' };

type Runs = Extract<Candidates, { kind: 'runs' }>;

async function runsWithin(session: Session, asked: Runs): Promise<Candidate[]> {
  // What has to be loaded does not count: it takes as long however fast Temporal is.
  lazy.operationsClient();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Candidate[]>((resolve) => {
    timer = setTimeout(() => resolve([]), runsTimeoutMs);
  });
  const answer = listed(session, asked).catch((): Candidate[] => []);
  const first = await Promise.race([answer, late]);
  clearTimeout(timer);
  return first;
}

async function listed(session: Session, { prefix, command }: Runs): Promise<Candidate[]> {
  const outcome = outcomes[command];
  const { runs } = await withOperations(session, (operations) =>
    operations.list({ limit: 50, ...(prefix !== '' && { idPrefix: prefix }), ...(outcome && { outcome }) }),
  );
  const { formatDuration } = lazy.duration();
  const ids = runs.map(({ workflowId, status, startedAt }) => ({
    value: workflowId,
    about: `${status}, started ${formatDuration(session.io.now() - Date.parse(startedAt))} ago`,
  }));
  // An id that would need quotes is rare, and every shell has quotes of its own.
  return ids.filter(
    ({ value }, index) =>
      shellQuoted(value) === value && ids.findIndex((one) => one.value === value) === index,
  );
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
