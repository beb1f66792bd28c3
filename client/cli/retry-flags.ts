import type { RetryFlags } from './commands/runs-retry';
import type { FlagProblem } from './flags';
import { lazy } from './lazy';
import { UsageError } from './usage-error';

const problem = (flag: string, text: string): FlagProblem => ({
  field: flag.replace(/^--/, ''),
  flags: [flag],
  problem: text,
});

/** Flags that are of one run, and those that are of many. */
const ofOne = { runId: '--run-id', from: '--from', record: '--record', wait: '--wait' } as const;
const ofMany = {
  since: '--since',
  operation: '--operation',
  table: '--table',
  warehouse: '--warehouse',
  cancelled: '--cancelled',
  yes: '--yes',
} as const;

/** What does not go together. */
export function retryFlagProblems(workflowId: string | undefined, flags: RetryFlags): FlagProblem[] {
  const given = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).flatMap(([name, flag]) =>
      flags[name as keyof RetryFlags] === undefined ? [] : flag,
    );
  const found: FlagProblem[] = [];
  if (flags.allFailed) {
    if (workflowId !== undefined) found.push(problem('--all-failed', 'cannot be given together with a run'));
    for (const flag of given(ofOne))
      found.push(problem(flag, 'is of one run: name it, without --all-failed'));
    if (flags.with.length > 0) found.push(problem('--with', 'is of one run: name it, without --all-failed'));
    if (flags.since === undefined)
      found.push(problem('--since', 'is missing: say how far back, such as 24h'));
    return found;
  }
  if (workflowId === undefined) found.push(problem('<run>', 'is missing, and so is --all-failed'));
  for (const flag of given(ofMany)) found.push(problem(flag, 'goes together with --all-failed'));
  if (flags.record === undefined) return found;
  if (flags.with.length > 0)
    found.push(problem('--with', 'needs the history: change the input, and start it with the operation'));
  for (const flag of given({ from: '--from', runId: '--run-id' }))
    found.push(problem(flag, 'needs the history, which is gone where there is only a record'));
  return found;
}

/** The changes of `--with path=value`; undefined when none was given. */
export function readChanges(
  texts: readonly string[],
  problems: FlagProblem[],
): Record<string, unknown> | undefined {
  if (texts.length === 0) return undefined;
  const changes: Record<string, unknown> = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    const path = text.slice(0, Math.max(0, at)).trim();
    if (path === '')
      problems.push(problem('--with', `must be a path and a value, such as table.table=orders, not ${text}`));
    else if (Object.hasOwn(changes, path)) problems.push(problem('--with', `names ${path} twice`));
    else changes[path] = valueOf(path, text.slice(at + 1), problems);
  }
  return changes;
}

function valueOf(path: string, text: string, problems: FlagProblem[]): unknown {
  if (text === '') return '';
  const document = lazy.yaml().parseDocument(text);
  const [wrong] = document.errors;
  if (wrong)
    problems.push(problem('--with', `holds no YAML or JSON for ${path}: ${wrong.message.split('\n')[0]}`));
  return wrong ? undefined : (document.toJS({ maxAliasCount: 100 }) as unknown);
}

/** @throws UsageError with all of them; nothing was retried */
export function refuseFlags(problems: readonly FlagProblem[]): void {
  if (problems.length === 0) return;
  throw new UsageError(
    'nothing was retried',
    problems.map(({ flags, problem: text }) => `${flags.join(', ')}: ${text}`),
  );
}
