import { parseDurationMs } from '../../domain/duration';
import type { OperationsClient } from '../operations-client';
import { detached, exitCodeOf, followRun } from './follow';
import type { FlagProblem } from './flags';
import { wantsColours } from './io';
import { printData } from './output';
import { renderRun } from './render-run';
import type { Session } from './session';

/** Flags of commands that can stay until a run has ended. */
export interface StayFlags {
  wait?: boolean;
  timeout?: string;
}

/** Follows a run on stderr, and prints it once it has ended. @returns the exit code, by the failure table. */
export async function stayWithRun(
  operations: OperationsClient,
  { io, options }: Session,
  { workflowId, runId, timeoutMs }: { workflowId: string; runId: string; timeoutMs: number | undefined },
): Promise<number> {
  const followed = await followRun(operations, io, {
    workflowId,
    runId,
    progress: io.stderr,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  if (followed.why === 'interrupted') return detached(io, 'interrupted', workflowId);
  const view = followed.run ?? (await operations.show(workflowId, runId));
  printData(io.stdout, options.output, view, () =>
    renderRun(view, { now: io.now(), colours: wantsColours(io, io.stdout) }),
  );
  return followed.why === 'timeout' ? detached(io, 'timeout', workflowId) : exitCodeOf(view);
}

/** The time of --timeout in milliseconds; what is wrong with it is added to the problems. */
export function readTimeout({ wait, timeout }: StayFlags, problems: FlagProblem[]): number | undefined {
  if (timeout === undefined) return undefined;
  const timeoutMs = parseDurationMs(timeout);
  if (!wait) problems.push({ field: 'timeout', flags: ['--timeout'], problem: 'needs --wait' });
  // 24 days and 20 hours is the longest timer there is.
  if (timeoutMs === undefined || timeoutMs > 2 ** 31 - 1) {
    problems.push({
      field: 'timeout',
      flags: ['--timeout'],
      problem: 'must be a duration such as "90s", "15 minutes" or "2h", at most 24 days',
    });
  }
  return timeoutMs;
}
