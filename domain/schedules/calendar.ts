/**
 * Calendars of a schedule as Temporal understands them (https://docs.temporal.io/schedule#calendar-based-schedules): a
 * second is meant when every field of it is. Cron's "day of month or day of week" is not done, and 6 fields end with a year.
 */

/** Values from `start` to `end`, each `step`-th; both ends are meant. */
export interface Range {
  start: number;
  end: number;
  step: number;
}

const fields = {
  second: { min: 0, max: 59, default: '0' },
  minute: { min: 0, max: 59, default: '0' },
  hour: { min: 0, max: 23, default: '0' },
  dayOfMonth: { min: 1, max: 31, default: '*' },
  month: { min: 1, max: 12, default: '*' },
  dayOfWeek: { min: 0, max: 7, default: '*' },
  year: { min: 2000, max: 2100, default: '*' },
} as const;

export type CalendarField = keyof typeof fields;
export const calendarFields = Object.keys(fields) as CalendarField[];

/** A calendar as people write it: each field as in cron (`2`, `1-5`, `*\/15`, `mon,wed`). */
export type CalendarText = { [field in CalendarField]?: string | number | undefined };

/** A calendar as Temporal keeps it; 0 is Sunday; no range of years is every year. */
export type Calendar = Record<CalendarField, Range[]>;

const months = 'january february march april may june july august september october november december';
const days = 'sunday monday tuesday wednesday thursday friday saturday';
const names: Partial<Record<CalendarField, { words: string[]; first: number; least: number }>> = {
  month: { words: months.split(' '), first: 1, least: 3 },
  dayOfWeek: { words: days.split(' '), first: 0, least: 2 },
};

/** The problem of a text that is no calendar. */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';
}

/** @throws CalendarError naming the field. */
export function readCalendar(text: CalendarText): Calendar {
  const entries = calendarFields.map((field) => [
    field,
    readField(field, String(text[field] ?? fields[field].default)),
  ]);
  return Object.fromEntries(entries) as Calendar;
}

const shorthands: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const fiveFields: CalendarField[] = ['minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'];
const orders: Record<number, CalendarField[]> = {
  5: fiveFields,
  6: [...fiveFields, 'year'],
  7: ['second', ...fiveFields, 'year'],
};

/** A cron expression as a calendar. @throws CalendarError. */
export function readCron(cron: string): Calendar {
  const text = cron.trim();
  if (/^(CRON_)?TZ=/.test(text)) throw new CalendarError('has a time zone in it: give it as timeZone');
  if (text.startsWith('@every')) throw new CalendarError('is an interval: give it as every');
  const parts = (shorthands[text.toLowerCase()] ?? text).split(/\s+/);
  const order = orders[parts.length];
  if (!order || text.includes('#') || text === '') {
    throw new CalendarError(
      'must have 5 fields (minute, hour, day of month, month, day of week), 6 with the year after them, 7 with the second before them, or be @hourly, @daily, @weekly, @monthly, @yearly',
    );
  }
  return readCalendar(Object.fromEntries(order.map((field, index) => [field, parts[index]])));
}

function readField(field: CalendarField, text: string): Range[] {
  const trimmed = text.trim();
  if (field === 'year' && trimmed === '*') return [];
  return trimmed.split(',').flatMap((part) => readPart(field, part));
}

function readPart(field: CalendarField, part: string): Range[] {
  const { min, max } = fields[field];
  const wrong = () => new CalendarError(`has "${part}" as ${words(field)}: ${allowed(field)}`);
  const match = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part);
  if (!match) throw wrong();
  const [, from, to, every] = match;
  const step = every === undefined ? 1 : Number(every);
  const start = from === '*' ? min : valueOf(field, from!);
  // As in cron, a/n goes on to the end.
  const end = to !== undefined ? valueOf(field, to) : from === '*' || every !== undefined ? max : start;
  if (start === undefined || end === undefined || step < 1 || (from === '*' && to !== undefined))
    throw wrong();
  if (start < min || end > max || end < start) throw wrong();
  if (field !== 'dayOfWeek' || end < 7) return [{ start, end, step }];
  // Sunday is 0 and 7.
  const sunday = { start: 0, end: 0, step: 1 };
  const rest = start === 7 ? [] : [{ start, end: 6, step }];
  return (7 - start) % step === 0 && start !== 0 ? [sunday, ...rest] : rest;
}

function valueOf(field: CalendarField, text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const known = names[field];
  if (!known || text.length < known.least) return undefined;
  const index = known.words.findIndex((word) => word.startsWith(text.toLowerCase()));
  return index < 0 ? undefined : index + known.first;
}

const words = (field: CalendarField) => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function allowed(field: CalendarField): string {
  const { min, max } = fields[field];
  const known = names[field];
  const named = known ? ` (${known.words.map((word) => word.slice(0, 3)).join(', ')})` : '';
  return `it must be of ${min} to ${max}${named}, as in 3, 1-5, */2 or 1,3`;
}

/** The values that a field means, in order. */
export function valuesOf(calendar: Calendar, field: CalendarField): number[] {
  const { min, max } = fields[field];
  const ranges =
    field === 'year' && calendar.year.length === 0 ? [{ start: min, end: max, step: 1 }] : calendar[field];
  const values = ranges.flatMap(({ start, end, step }) =>
    Array.from(
      { length: Math.floor((Math.max(start, end) - start) / Math.max(step, 1)) + 1 },
      (_, index) => start + index * Math.max(step, 1),
    ),
  );
  return [...new Set(values)].sort((a, b) => a - b);
}

/** The calendar in the shortest text of each field; what is as ever is left out. */
export function calendarText(calendar: Calendar): CalendarText {
  const text: CalendarText = {};
  for (const field of calendarFields) {
    const shown = fieldText(calendar, field);
    if (shown !== fields[field].default) text[field] = shown;
  }
  return text;
}

/** A field in cron's words: `*`, `0`, `1-5`, `0,15,30,45`. Equal sets of values give equal texts. */
export function fieldText(calendar: Calendar, field: CalendarField): string {
  const values = valuesOf(calendar, field);
  const { min, max } = fields[field];
  const all = (field === 'dayOfWeek' ? 6 : max) - min + 1;
  if (values.length === all) return '*';
  const step = values.length > 2 ? values[1]! - values[0]! : 0;
  const even = step > 1 && values.every((value, index) => value === values[0]! + index * step);
  if (even && values[0] === min && values.at(-1)! + step > (field === 'dayOfWeek' ? 6 : max))
    return `*/${step}`;
  const runs: [number, number][] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last && last[1] === value - 1) last[1] = value;
    else runs.push([value, value]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}
