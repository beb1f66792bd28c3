import type { CalendarSpec, ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import { codeBlock } from '../../domain/markdown';
import { durationMs } from '../../domain/duration';
import { operations, subjectOf, type OperationInputs, type OperationName } from '../../domain/operations';
import { shownInput } from '../../domain/operations/shown-input';
import { type Calendar, calendarFields, readCalendar, readCron } from '../../domain/schedules/calendar';
import type { Overlap, ScheduleDefinition } from '../../domain/schedules/definition';
import { runTitle } from '../run-title';
import { attribute } from '../start-run';

/** Marks a schedule as one of ours. Set when it is made, and never changed by Temporal. */
export const markOfOurs = 'undrop/v1';

/** Cron expressions are kept as comments beside what they mean, because Temporal does not keep their text. */
export const cronComment = 'cron: ';

/** Temporal's longest comment of a calendar. */
const longestComment = 200;

export const policyOf = (overlap: Overlap): ScheduleOverlapPolicy =>
  overlap.toUpperCase().replace('-', '_') as ScheduleOverlapPolicy;

/** As much of a Temporal Schedule as its definition decides. */
export type TemporalSchedule = Pick<ScheduleOptions, 'spec' | 'policies' | 'typedSearchAttributes'> & {
  action: ScheduleOptions['action'];
};

/** One line about the schedule's runs; templates stand in it as they are. */
export const scheduleTitle = ({
  operation,
  input,
}: Pick<ScheduleDefinition, 'operation' | 'input'>): string =>
  runTitle(operation, input as unknown as OperationInputs[OperationName]);

/** A valid definition as Temporal takes it. */
export function temporalSchedule(definition: ScheduleDefinition, taskQueue: string): TemporalSchedule {
  const { id, operation, input, when, jitter, startAt, endAt, note } = definition;
  const typed = input as unknown as OperationInputs[OperationName];
  const title = scheduleTitle(definition);
  const { warehouse, table } = subjectOf(operation, typed);
  const about = [
    attribute('UndropOperation', operation),
    attribute('UndropWarehouse', warehouse),
    attribute('UndropTable', table),
  ];
  return {
    spec: {
      calendars: [
        ...[when.cron ?? []].flat().map((cron) => calendarSpec(readCron(cron), `${cronComment}${cron}`)),
        ...(when.calendars ?? []).map((text) => calendarSpec(readCalendar(text))),
      ],
      intervals:
        when.every === undefined
          ? []
          : [
              {
                every: durationMs(when.every),
                ...(when.offset !== undefined && { offset: durationMs(when.offset) }),
              },
            ],
      skip: (when.except ?? []).map((text) => calendarSpec(readCalendar(text))),
      timezone: definition.timeZone,
      ...(jitter !== undefined && { jitter: durationMs(jitter) }),
      ...(startAt !== undefined && { startAt: new Date(startAt) }),
      ...(endAt !== undefined && { endAt: new Date(endAt) }),
    },
    action: {
      type: 'startWorkflow',
      workflowType: operation,
      workflowId: id,
      taskQueue,
      args: [input],
      memo: { operation, title, schedule: id, ...(note !== undefined && { note }) },
      staticSummary: `${id}: ${title}`,
      staticDetails: details(definition),
      typedSearchAttributes: [...about, attribute('UndropOutcome', 'running')],
    },
    policies: {
      overlap: policyOf(definition.overlap),
      catchupWindow: durationMs(definition.catchupWindow),
      pauseOnFailure: definition.pauseOnFailure,
    },
    typedSearchAttributes: about,
  };
}

function details({ id, operation, input, note }: ScheduleDefinition): string {
  const shown = JSON.stringify(
    shownInput(operation, input as unknown as OperationInputs[OperationName]),
    null,
    2,
  );
  const why = note === undefined ? '' : `\n\n${note}`;
  return `${operations[operation].summary}, by the schedule ${id}.${why}\n\n${codeBlock(shown, 'json')}`;
}

const monthNames =
  'JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER'.split(' ');
const dayNames = 'SUNDAY MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY'.split(' ');

function calendarSpec(calendar: Calendar, comment?: string): CalendarSpec {
  const entries = calendarFields.map((field) => {
    const named = ({ start, end, step }: Calendar['month'][number]) => {
      const name = (value: number) =>
        field === 'month' ? monthNames[value - 1]! : field === 'dayOfWeek' ? dayNames[value]! : value;
      return { start: name(start), end: name(end), step };
    };
    return [field, field === 'year' && calendar.year.length === 0 ? '*' : calendar[field].map(named)];
  });
  return {
    ...(Object.fromEntries(entries) as CalendarSpec),
    ...(comment !== undefined && comment.length <= longestComment && { comment }),
  };
}

/** The calendar of a specification that Temporal gives back. */
export function calendarOf(spec: object): Calendar {
  const ranges = spec as Record<string, { start: number | string; end: number | string; step: number }[]>;
  const value = (text: number | string) => {
    if (typeof text === 'number') return text;
    return dayNames.includes(text) ? dayNames.indexOf(text) : monthNames.indexOf(text) + 1;
  };
  const entries = calendarFields.map((field) => [
    field,
    (ranges[field] ?? []).map(({ start, end, step }) => ({ start: value(start), end: value(end), step })),
  ]);
  return Object.fromEntries(entries) as Calendar;
}
