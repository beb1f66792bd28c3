import { workflowInfo } from '@temporalio/workflow';
import { clientToken } from '../domain/names';
import type { Parsed } from './run';
import { scheduledAtMs } from './scheduled';

/** Exports and statements that ended in vain are asked for anew this often before the run gives up. */
export const maximumGenerations = 5;

/** AWS's clock and Temporal's need not agree. */
const skewMs = 5 * 60_000;

/**
 * Since when something of this run may be on AWS from an execution before this one: it was started again under its id
 * (the client says so in the memo), or reset. Undefined for a first execution, and for a run that was started again past
 * the client.
 *
 * For activities alone, never to branch on: a history that is replayed from a file does not tell the run id.
 */
export function earlierExecutions(): { notBefore: string } | undefined {
  const { memo, runId, firstExecutionRunId, startTime } = workflowInfo();
  const told = memo?.startedBefore;
  const since = typeof told === 'string' ? Date.parse(told) : startTime.getTime();
  if (typeof told !== 'string' && runId === firstExecutionRunId) return undefined;
  return { notBefore: isoBefore(since) };
}

const isoBefore = (ms: number) => new Date(ms - skewMs).toISOString();

/**
 * Since when an export of this run may be on AWS: as earlierExecutions, and of a scheduled run since its scheduled time. A
 * backfill can start the run of a night again under its id, and no client tells it so; an export is known by the token
 * that the id makes, so that looking for one can find no other.
 */
export function earlierExports(): { notBefore: string } | undefined {
  const scheduledAt = scheduledAtMs();
  const told = earlierExecutions();
  return told ?? (scheduledAt === undefined ? undefined : { notBefore: isoBefore(scheduledAt) });
}

/** The token of an export: the same for every execution of the run. */
export const exportToken = (step: string, input: Parsed<'exportTable'>, generation: number): string =>
  input.clientToken ?? clientToken(workflowInfo().workflowId, step, generation);
