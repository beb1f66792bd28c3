import { z } from 'zod';
import { durationSchema, parseDurationMs } from '../duration';
import { instantSchema } from '../operations/common';
import { operationNames, operations, type OperationName } from '../operations';
import { isTimeZone } from '../zoned-time';
import { type Calendar, CalendarError, readCalendar, readCron } from './calendar';
import type { Spec } from './fire-times';

/** What is done with a run that is due while the one before it still goes on. */
export const overlaps = [
  'skip',
  'buffer-one',
  'buffer-all',
  'cancel-other',
  'terminate-other',
  'allow-all',
] as const;
export type Overlap = (typeof overlaps)[number];

/** The id is also the begin of the ids of the runs: `nightly-orders-2026-11-28T02:00:00Z`. */
export const scheduleIdSchema = z
  .string()
  .regex(
    /^[a-zA-Z0-9](?:[\w.-]{0,198}[a-zA-Z0-9])?$/,
    'must be 1 to 200 letters, digits, dots, hyphens or underscores, beginning and ending with a letter or digit',
  );

export const commandNames = operationNames.map((name) => operations[name].command);

const operationSchema = z
  .enum([...operationNames, ...commandNames])
  .describe('What is started: restore-table, or restoreTable');

const fieldSchema = z.union([z.string(), z.number().int()]);

const calendarSchema = z
  .strictObject({
    second: fieldSchema.optional().describe('0 when absent'),
    minute: fieldSchema.optional().describe('0 when absent'),
    hour: fieldSchema.optional().describe('0 when absent'),
    dayOfMonth: fieldSchema.optional().describe('Every one when absent'),
    month: fieldSchema.optional().describe('Every one when absent'),
    dayOfWeek: fieldSchema.optional().describe('Every one when absent; 0 and 7 are Sunday'),
    year: fieldSchema.optional().describe('Every one when absent'),
  })
  .superRefine((text, context) => told(context, () => readCalendar(text)))
  .describe('Each field as in cron: 2, 1-5, */15, mon,wed');

const cronSchema = z.string().superRefine((text, context) => told(context, () => readCron(text)));

function told(context: z.RefinementCtx, read: () => Calendar): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
}

const offsetSchema = z
  .string()
  .refine((text) => parseDurationMs(text) !== undefined, 'must be a duration such as 3h');

export const whenSchema = z
  .strictObject({
    cron: z
      .union([cronSchema, z.array(cronSchema).min(1).max(50)])
      .optional()
      .describe('Cron expressions, in the time zone of the schedule: "0 2 * * *"'),
    every: durationSchema.optional().describe('An interval, counted from 1970: 24h is each midnight UTC'),
    offset: offsetSchema.optional().describe('How long after the begin of each interval'),
    calendars: z.array(calendarSchema).min(1).max(50).optional(),
    except: z.array(calendarSchema).min(1).max(50).optional().describe('Times that are left out'),
  })
  .refine(
    ({ cron, every, calendars }) => cron !== undefined || every !== undefined || calendars !== undefined,
    {
      error: 'is missing: give cron, every or calendars',
      path: ['cron'],
    },
  )
  .refine(({ every, offset }) => offset === undefined || every !== undefined, {
    error: 'is of an interval: give every',
    path: ['offset'],
  })
  .refine(({ every, offset }) => msOf(offset) === 0 || msOf(offset) < msOf(every), {
    error: 'must be shorter than every',
    path: ['offset'],
  });

const msOf = (duration: string | undefined) =>
  duration === undefined ? 0 : (parseDurationMs(duration) ?? 0);

const timeZoneSchema = z
  .string()
  .refine(isTimeZone, 'must be a time zone such as UTC or Europe/Berlin')
  .describe('Of cron and calendars; UTC when absent');

const leastCatchupMs = 10_000;

/** What happens when, as people give it: in a file, over HTTP, made of flags. Plain JSON. */
export const scheduleDefinitionSchema = z.strictObject({
  id: scheduleIdSchema,
  operation: operationSchema,
  input: z
    .record(z.string(), z.unknown())
    .describe(
      'Input of the operation; texts may have {{scheduled}} templates, asOf is before the scheduled time',
    ),
  when: whenSchema,
  timeZone: timeZoneSchema.optional(),
  jitter: durationSchema
    .optional()
    .describe('Each run begins up to so much later, by chance; none when absent'),
  overlap: z
    .enum(overlaps)
    .optional()
    .describe('When a run is due and the one before still goes on; skip when absent'),
  catchupWindow: durationSchema
    .refine((text) => msOf(text) >= leastCatchupMs, 'must be at least 10 seconds')
    .optional()
    .describe('After an outage of Temporal, runs that are late by no more are started; 1h when absent'),
  pauseOnFailure: z.boolean().optional().describe('Pause the schedule when a run fails; false when absent'),
  note: z.string().min(1).max(1000).optional().describe('For people: why it is, whom to ask'),
  paused: z.boolean().optional().describe('When absent, a change leaves it as it is'),
  startAt: instantSchema.optional().describe('Nothing before it'),
  endAt: instantSchema.optional().describe('Nothing after it'),
  remainingActions: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('So many runs and no more; counted down by Temporal, and set only when it is told by itself'),
});

/** A schedule as it is given. */
export type ScheduleInput = z.input<typeof scheduleDefinitionSchema>;

/** A schedule with everything said. */
export interface ScheduleDefinition extends Omit<z.output<typeof scheduleDefinitionSchema>, 'operation'> {
  operation: OperationName;
  timeZone: string;
  overlap: Overlap;
  catchupWindow: string;
  pauseOnFailure: boolean;
}

export const scheduleDefaults = {
  timeZone: 'UTC',
  overlap: 'skip',
  catchupWindow: '1h',
  pauseOnFailure: false,
} as const;

/** Members that a change may take back to their default, with null. */
export const scheduleChangesSchema = z.strictObject({
  operation: operationSchema.optional(),
  input: scheduleDefinitionSchema.shape.input.optional(),
  when: whenSchema.optional(),
  timeZone: timeZoneSchema.nullish(),
  jitter: scheduleDefinitionSchema.shape.jitter.nullish(),
  overlap: scheduleDefinitionSchema.shape.overlap.nullish(),
  catchupWindow: scheduleDefinitionSchema.shape.catchupWindow.nullish(),
  pauseOnFailure: scheduleDefinitionSchema.shape.pauseOnFailure.nullish(),
  note: scheduleDefinitionSchema.shape.note.nullish(),
  paused: z.boolean().optional(),
  startAt: scheduleDefinitionSchema.shape.startAt.nullish(),
  endAt: scheduleDefinitionSchema.shape.endAt.nullish(),
  remainingActions: scheduleDefinitionSchema.shape.remainingActions.nullish(),
});
export type ScheduleChanges = z.input<typeof scheduleChangesSchema>;

/** The operation of a name that is either its own or its command's. */
export const operationOf = (name: string): OperationName =>
  operationNames.find((one) => one === name || operations[one].command === name)!;

/** A valid definition with its defaults filled in. */
export function completed(given: z.output<typeof scheduleDefinitionSchema>): ScheduleDefinition {
  return { ...scheduleDefaults, ...withoutAbsent(given), operation: operationOf(given.operation) };
}

const withoutAbsent = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

/** The definition with the changes made; `null` takes a member back to its default. */
export function changed(
  before: ScheduleDefinition,
  changes: z.output<typeof scheduleChangesSchema>,
): ScheduleDefinition {
  const { paused: _paused, remainingActions: _left, ...lasting } = before;
  const merged = Object.entries({ ...lasting, ...withoutAbsent(changes) }).filter(
    ([, value]) => value !== null,
  );
  return completed(Object.fromEntries(merged) as z.output<typeof scheduleDefinitionSchema>);
}

/** When a definition comes, read for counting with. */
export function specOf(
  definition: Pick<ScheduleDefinition, 'when' | 'timeZone' | 'startAt' | 'endAt'>,
): Spec {
  const { when, timeZone, startAt, endAt } = definition;
  return {
    calendars: [...[when.cron ?? []].flat().map(readCron), ...(when.calendars ?? []).map(readCalendar)],
    intervals: when.every === undefined ? [] : [{ everyMs: msOf(when.every), offsetMs: msOf(when.offset) }],
    except: (when.except ?? []).map(readCalendar),
    timeZone,
    ...(startAt !== undefined && { startAtMs: Date.parse(startAt) }),
    ...(endAt !== undefined && { endAtMs: Date.parse(endAt) }),
  };
}
