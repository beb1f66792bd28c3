import type { ScheduleDescription } from '@temporalio/client';
import { type Calendar, calendarText, CalendarError, readCron } from '../../domain/schedules/calendar';
import type { Overlap, ScheduleDefinition } from '../../domain/schedules/definition';
import { text } from '../../domain/schedules/diff';
import type { Spec } from '../../domain/schedules/fire-times';
import type { OperationName } from '../../domain/operations';
import { isoSecond } from '../../domain/zoned-time';
import { calendarOf, cronComment, markOfOurs } from './temporal-schedule';

/** A schedule of ours as Temporal has it. */
export interface ReadSchedule {
  definition: ScheduleDefinition;
  /** When it comes, all of it. */
  spec: Spec;
  jitterMs: number;
  taskQueue: string;
  /** Set of schedules that it was made with by apply. */
  scope?: string;
  /** What a definition cannot say: somebody has changed the schedule by other means. */
  strange?: string;
}

/** Whether a schedule was made by Undrop; others are left alone. */
export const isOurs = (memo: Record<string, unknown> | undefined): boolean => memo?.undrop === markOfOurs;

/** Reads a schedule of ours back. */
export function readSchedule(described: ScheduleDescription): ReadSchedule {
  const { action, policies, scheduleId: id, spec, memo } = described;
  const note = action.memo?.note;
  const [every, ...more] = spec.intervals ?? [];
  const timeZone = spec.timezone || 'UTC';
  const jitterMs = spec.jitter ?? 0;
  const calendars = (spec.calendars ?? []).map((one) => ({
    calendar: calendarOf(one),
    comment: one.comment,
  }));
  const except = (spec.skip ?? []).map(calendarOf);
  const crons = calendars.flatMap((one) => cronOf(one) ?? []);
  const others = calendars.filter((one) => cronOf(one) === undefined);
  return {
    definition: {
      id,
      operation: action.workflowType as OperationName,
      input: (action.args?.[0] ?? {}) as Record<string, unknown>,
      when: {
        ...(crons.length > 0 && { cron: crons }),
        ...(every && { every: durationText(every.every) }),
        ...(every && every.offset > 0 && { offset: durationText(every.offset) }),
        ...(others.length > 0 && { calendars: others.map(({ calendar }) => textOf(calendar)) }),
        ...(except.length > 0 && { except: except.map(textOf) }),
      },
      timeZone,
      ...(jitterMs > 0 && { jitter: durationText(jitterMs) }),
      overlap: (policies.overlap ?? 'SKIP').toLowerCase().replace('_', '-') as Overlap,
      catchupWindow: durationText(policies.catchupWindow),
      pauseOnFailure: policies.pauseOnFailure,
      ...(typeof note === 'string' && { note }),
      ...(spec.startAt && { startAt: isoSecond(spec.startAt.getTime()) }),
      ...(spec.endAt && { endAt: isoSecond(spec.endAt.getTime()) }),
    },
    spec: specOfDescription(spec),
    jitterMs,
    taskQueue: action.taskQueue,
    ...(typeof memo?.scope === 'string' && { scope: memo.scope }),
    ...(more.length > 0 && {
      strange: `it has ${more.length + 1} intervals, of which only the first is shown`,
    }),
  };
}

/** When a schedule comes, of what Temporal tells. */
export function specOfDescription(spec: ScheduleDescription['spec']): Spec {
  return {
    calendars: (spec.calendars ?? []).map(calendarOf),
    // Without an offset Temporal's client gives none, whatever its types say.
    intervals: (spec.intervals ?? []).map(({ every, offset }) => ({ everyMs: every, offsetMs: offset || 0 })),
    except: (spec.skip ?? []).map(calendarOf),
    timeZone: spec.timezone || 'UTC',
    ...(spec.startAt && { startAtMs: spec.startAt.getTime() }),
    ...(spec.endAt && { endAtMs: spec.endAt.getTime() }),
  };
}

const textOf = (calendar: Calendar) => {
  const shown = calendarText(calendar);
  // A calendar of nothing but defaults is midnight; an empty one would look like nothing.
  return Object.keys(shown).length > 0 ? shown : { hour: '0' };
};

/** The cron expression that a calendar was made of, if it still means the same. */
function cronOf({
  calendar,
  comment,
}: {
  calendar: Calendar;
  comment?: string | undefined;
}): string | undefined {
  if (!comment?.startsWith(cronComment)) return undefined;
  const cron = comment.slice(cronComment.length);
  try {
    return text(readCron(cron)) === text(calendar) ? cron : undefined;
  } catch (error) {
    if (error instanceof CalendarError) return undefined;
    throw error;
  }
}

/** `24h`, `90m`, `45s`: as durationSchema takes it. */
function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
