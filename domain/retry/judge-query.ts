import type { RunQueryInput } from '../operations/run-query';
import type { StepRecord } from '../run-state';
import { readOnlyProblem } from '../sql/read-only';
import type { Standing } from './standing';

/** AWS keeps statements, and with them their tokens, for so long. */
const keptMs = 24 * 3_600_000;

/**
 * Why SQL cannot simply be run again by a run that goes on; undefined when it can: what only reads, what is still known to
 * AWS (and is then taken over, or asked for anew when it ended in vain), and what was never begun.
 * @param statements how the statements stand that the step has submitted
 */
export function reasonNotToRunAgain(
  { sql, sqls, executionMode }: Pick<RunQueryInput, 'sql' | 'sqls' | 'executionMode'>,
  step: StepRecord,
  statements: readonly Standing[],
  nowMs: number,
): string | undefined {
  if (step.startedAt === undefined) return undefined;
  const texts = sqls ?? (sql === undefined ? [] : [sql]);
  if (texts.every((text) => readOnlyProblem(text) === undefined)) return undefined;
  const known = statements.find(
    ({ state }) => state === 'stands' || state === 'running' || state === 'failed',
  );
  if (known?.state === 'failed' && executionMode === 'AUTO_COMMIT')
    return `${known.text}, and what it had committed by then stays: running it again does that part twice`;
  if (known) return undefined;
  const unseen = statements.find(({ state }) => state === 'unseen');
  if (unseen) return `${unseen.text}; it does more than read, and may be done`;
  const begunMs = Date.parse(step.startedAt);
  if (statements.length === 0 && nowMs - begunMs < keptMs) return undefined;
  return `AWS has forgotten what became of SQL that was begun at ${step.startedAt}, and it does more than read: it may be done`;
}
