import { WorkflowNotFoundError } from '@temporalio/client';
import { instantSchema } from '../../domain/operations/common';
import { overlaps } from '../../domain/schedules/definition';
import { fireTimes } from '../../domain/schedules/fire-times';
import type { Problem } from '../../domain/validation';
import { isoSecond } from '../../domain/zoned-time';
import { InvalidInputError } from '../errors';
import { outcomeOf, apiVersion, statusOf, type RunStatus } from '../run-view';
import { limited, ours, type ScheduleContext } from './context';
import { identifySchedule } from './links';
import { readSchedule } from './read-schedule';
import type { BackfilledTime, BackfillRequest, BackfillResult } from './schedule-view';
import { policyOf } from './temporal-schedule';

/** Temporal holds no more back, and drops the rest without a word. */
const mostTimes = 500;

/** Runs looked at side by side. */
const parallel = 8;

/**
 * Starts the runs of times that have passed, each with its own time, one after the other unless told otherwise. Times
 * whose run is done or goes on are left out: Temporal by itself would do them again. One that failed is started again
 * under its id, and takes over what it left on AWS.
 * @throws InvalidInputError for a range that is none, is not over, or has more than 500 times.
 */
export async function backfillSchedule(
  context: ScheduleContext,
  id: string,
  request: BackfillRequest,
): Promise<BackfillResult> {
  const { overlap = 'buffer-all', dryRun = false } = request;
  const problems = problemsOf(request, context.now());
  if (problems.length > 0) throw new InvalidInputError('backfill', problems);
  const [fromMs, toMs] = [Date.parse(request.from), Date.parse(request.to)];
  const { handle, described } = await ours(context, 'schedule backfill', id);
  const { spec, jitterMs } = readSchedule(described);
  const moments = within(fireTimes(spec, fromMs - 1), toMs);
  if (moments.length > mostTimes) {
    const problem = `has more than ${mostTimes} times of the schedule between from and to: do it in parts`;
    throw new InvalidInputError('backfill', [{ field: 'to', problem }]);
  }
  const workflowId = described.action.workflowId ?? id;
  const times = await inTurn(moments, async (ms): Promise<BackfilledTime> => {
    const name = `${workflowId}-${isoSecond(ms)}`;
    const before = await statusNow(context, name);
    const starts = before === undefined || !['running', 'done'].includes(outcomeOf(before));
    return { scheduledAt: isoSecond(ms), workflowId: name, starts, ...(before && { before }) };
  });
  const ranges = moments.flatMap((ms, index) => {
    if (!times[index]!.starts) return [];
    // A run comes up to its jitter later, but before the next one.
    const next = moments[index + 1] ?? Infinity;
    const latest = jitterMs === 0 ? ms : Math.min(ms + jitterMs, next) - 1;
    return [{ start: new Date(ms), end: new Date(latest), overlap: policyOf(overlap) }];
  });
  if (!dryRun && ranges.length > 0) await limited(context, () => handle.backfill(ranges));
  return { apiVersion, ...identifySchedule(context.place, id), overlap, dryRun, times };
}

function problemsOf({ from, to, overlap }: BackfillRequest, nowMs: number): Problem[] {
  const problems: Problem[] = [];
  for (const [field, text] of Object.entries({ from, to })) {
    const parsed = instantSchema.safeParse(text);
    if (!parsed.success) problems.push({ field, problem: parsed.error.issues[0]!.message });
  }
  if (overlap !== undefined && !overlaps.includes(overlap)) {
    problems.push({ field: 'overlap', problem: `must be ${overlaps.join(', ')}` });
  }
  if (problems.length > 0) return problems;
  if (Date.parse(to) > nowMs) problems.push({ field: 'to', problem: 'must not be in the future' });
  if (Date.parse(from) > Date.parse(to)) problems.push({ field: 'from', problem: 'must not be after to' });
  return problems;
}

function within(times: Iterable<number>, toMs: number): number[] {
  const found: number[] = [];
  for (const time of times) {
    if (time > toMs || found.length > mostTimes) break;
    found.push(time);
  }
  return found;
}

async function statusNow(context: ScheduleContext, workflowId: string): Promise<RunStatus | undefined> {
  try {
    const described = await limited(context, () => context.client.workflow.getHandle(workflowId).describe());
    return statusOf(described.status.name);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

async function inTurn<T, R>(items: readonly T[], body: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += parallel)
    results.push(...(await Promise.all(items.slice(at, at + parallel).map(body))));
  return results;
}
