import type { ScheduleChange } from '../../domain/schedules/diff';
import type {
  ApplyResult,
  AppliedChange,
  BackfillResult,
  ScheduleCounts,
  ScheduleList,
  ScheduleView,
} from '../schedules/schedule-view';
import type { Painter } from './painter';
import { printable, tableLines } from './table';

const minute = (time: string | undefined) =>
  time === undefined ? '-' : `${time.slice(0, 16).replace('T', ' ')}Z`;

/** The list of schedules. */
export function listLines({ schedules }: ScheduleList, paint: Painter): string[] {
  if (schedules.length === 0) return ['no schedules'];
  return tableLines(
    {
      columns: ['SCHEDULE', 'OPERATION', 'TABLE', 'WHEN', 'NEXT', 'LAST RUN'],
      rows: schedules.map((schedule) => [
        schedule.id,
        schedule.operation,
        schedule.table || undefined,
        schedule.when,
        schedule.paused ? 'paused' : minute(schedule.next),
        schedule.last && `${schedule.last.status}, ${minute(schedule.last.scheduledAt)}`,
      ]),
    },
    paint,
  );
}

/** One schedule, for reading. */
export function scheduleLines(schedule: ScheduleView, paint: Painter): string[] {
  const { definition, counts } = schedule;
  const state = schedule.paused ? paint.yellow('paused') : paint.green('active');
  const note = schedule.note === undefined ? '' : `: ${printable(schedule.note)}`;
  const facts: [string, string | undefined][] = [
    ['Schedule', `${schedule.id}  ${state}${note}`],
    ['Does', printable(schedule.title)],
    ['Why', definition.note !== schedule.note ? definition.note && printable(definition.note) : undefined],
    [
      'Comes',
      `${schedule.when}${definition.jitter === undefined ? '' : `, up to ${definition.jitter} later`}`,
    ],
    ['Next', schedule.next.map(minute).join('  ') || 'never'],
    ['Left', schedule.remainingActions === undefined ? undefined : `${schedule.remainingActions} runs`],
    ['Overlap', `${definition.overlap}; late by no more than ${definition.catchupWindow} after an outage`],
    ['Counts', countsText(counts)],
    ['Set', schedule.scope],
    ['UI', schedule.links.ui],
    ['Temporal', schedule.temporalCommand],
  ];
  const colours = { running: paint.cyan, done: paint.green, failed: paint.red, cancelled: paint.yellow };
  const runs = schedule.runs.map(
    (run) => `  ${colours[run.outcome](run.status.padEnd(10))} ${minute(run.scheduledAt)}  ${run.workflowId}`,
  );
  return [
    ...facts.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(9)} ${value}`])),
    ...(runs.length > 0 ? ['', paint.bold('Runs'), ...runs] : []),
    ...(schedule.notice === undefined ? [] : ['', paint.yellow(schedule.notice)]),
  ];
}

function countsText(counts: ScheduleCounts): string {
  const more: [number, string][] = [
    [counts.running, 'running'],
    [counts.waiting, 'waiting'],
    [counts.skippedOverlap, 'skipped, because one went on'],
    [counts.missedCatchup, 'missed in an outage (backfill starts them)'],
    [counts.bufferDropped, 'dropped, because too many waited'],
  ];
  const told = more.filter(([count]) => count > 0).map(([count, text]) => `${count} ${text}`);
  return [`${counts.started} started`, ...told].join(', ');
}

/** `when.cron: "0 2 * * *" → "0 3 * * *"`. */
export function changeLines(changes: readonly ScheduleChange[], paint: Painter): string[] {
  return changes.map(({ field, before, after }) => {
    if (before === undefined) return paint.green(`+ ${field}: ${shown(after)}`);
    if (after === undefined) return paint.red(`- ${field}: ${shown(before)}`);
    return paint.yellow(`~ ${field}: ${shown(before)} → ${shown(after)}`);
  });
}

const shown = (value: unknown) => printable(typeof value === 'string' ? value : JSON.stringify(value));

/** What apply does, or would do. */
export function applyLines({ schedules }: ApplyResult, paint: Painter): string[] {
  const heads: Record<AppliedChange['action'], (id: string) => string> = {
    create: (id) => paint.green(`+ ${id}`),
    change: (id) => paint.yellow(`~ ${id}`),
    unchanged: (id) => paint.dim(`= ${id}`),
    delete: (id) => paint.red(`- ${id}`),
  };
  return schedules.flatMap(({ id, action, changes, when, next = [] }) => [
    heads[action](id),
    ...(when === undefined
      ? []
      : [`    comes ${when}${next.length > 0 ? `: ${next.map(minute).join('  ')}` : ''}`]),
    ...changeLines(changes, paint).map((line) => `    ${line}`),
  ]);
}

/** The times of a backfill. */
export function backfillLines({ times, dryRun }: BackfillResult, paint: Painter): string[] {
  if (times.length === 0) return ['the schedule has no time in that range'];
  return times.map(({ scheduledAt, workflowId, starts, before }) => {
    const was = before === undefined ? '' : ` (${before})`;
    if (!starts) return paint.dim(`= ${scheduledAt}  ${workflowId}${was}`);
    return `${paint.green('+')} ${scheduledAt}  ${workflowId}${was}${dryRun ? '' : '  asked for'}`;
  });
}
