import { asIfUtc, offsetMs, wallTimeOf } from '../zoned-time';
import { type Calendar, type CalendarField, calendarFields, valuesOf } from './calendar';

/** When a schedule comes, read. Milliseconds. */
export interface Spec {
  calendars: Calendar[];
  intervals: { everyMs: number; offsetMs: number }[];
  /** Moments that these mean are left out. */
  except: Calendar[];
  timeZone: string;
  startAtMs?: number;
  endAtMs?: number;
}

/** So many times in a row may be left out before it is said that none comes. */
const mostExcepted = 10_000;

/**
 * The times of a schedule after a moment, in order, without jitter: as Temporal counts them, also through summer time.
 */
export function* fireTimes(spec: Spec, afterMs: number): Generator<number, void, void> {
  const { timeZone, startAtMs = -Infinity, endAtMs = Infinity } = spec;
  const from = Math.max(afterMs, startAtMs - 1);
  const sources = [
    ...spec.calendars.map((calendar) => calendarTimes(calendar, timeZone, from)),
    ...spec.intervals.map((interval) => intervalTimes(interval, from)),
  ];
  const excepted = spec.except.map((calendar) => matcher(calendar, timeZone));
  const heads = sources.map((source) => source.next().value);
  for (let left = mostExcepted; left > 0;) {
    const next = Math.min(...heads.map((head) => head ?? Infinity));
    if (next > endAtMs || next === Infinity) return;
    heads.forEach((head, index) => {
      if (head === next) heads[index] = sources[index]!.next().value;
    });
    if (excepted.some((matches) => matches(next))) left -= 1;
    else {
      left = mostExcepted;
      yield next;
    }
  }
}

function* intervalTimes(interval: Spec['intervals'][number], afterMs: number): Generator<number, undefined> {
  const { everyMs, offsetMs: phase } = interval;
  for (let n = Math.floor((afterMs - phase) / everyMs) + 1; ; n += 1) yield n * everyMs + phase;
}

/** Temporal looks no further. */
const lastYear = 2100;

const hourMs = 3_600_000;

function* calendarTimes(calendar: Calendar, timeZone: string, afterMs: number): Generator<number, undefined> {
  const means = Object.fromEntries(
    calendarFields.map((field) => [field, new Set(valuesOf(calendar, field))]),
  ) as Record<CalendarField, Set<number>>;
  let at: number | undefined = afterMs;
  while ((at = nextTime(means, timeZone, at)) !== undefined) yield at;
  return undefined;
}

/**
 * The next time that a calendar means, found as the Temporal server finds it (service/worker/scheduler/calendar.go of
 * v1.32), step by step: in the night that has an hour twice it is not simply both of them.
 */
function nextTime(
  means: Record<CalendarField, Set<number>>,
  timeZone: string,
  afterMs: number,
): number | undefined {
  const whole = Math.floor(afterMs / 1000) * 1000;
  const moment = (...[y, mo, d, h, m, s]: [number, number, number, number, number, number]) =>
    momentOf(Date.UTC(y, mo - 1, d, h, m, s), timeZone);
  const isDay = (y: number, mo: number, d: number) =>
    means.dayOfMonth.has(d) && means.dayOfWeek.has(new Date(Date.UTC(y, mo - 1, d)).getUTCDay());
  const wall = wallTimeOf(whole, timeZone);
  let { year: y, month: mo, day: d, hour: h, minute: m, second: s } = wall;
  // In the second of two equal hours all is an hour later than the calendar says.
  let later = wallTimeOf(whole - hourMs, timeZone).hour === h ? hourMs : 0;
  s += 1;
  for (;;) {
    if (s >= 60) [m, s] = [m + 1, 0];
    if (m >= 60) {
      const hour = moment(y, mo, d, h, 0, 0);
      const next = moment(y, mo, d, h + 1, 0, 0);
      m = 0;
      if (later === 0 && next - hour > hourMs) later = hourMs;
      else [h, later] = [h + 1, 0];
    }
    if (h >= 24) [d, h] = [d + 1, 0];
    if (d > daysIn(y, mo)) [mo, d] = [mo + 1, 1];
    if (mo > 12) [y, mo] = [y + 1, 1];
    if (y > lastYear) return undefined;
    if (!means.year.has(y)) [y, mo, d, h, m, s, later] = [y + 1, 1, 1, 0, 0, 0, 0];
    else if (!means.month.has(mo)) [mo, d, h, m, s, later] = [mo + 1, 1, 0, 0, 0, 0];
    else if (!isDay(y, mo, d)) [d, h, m, s, later] = [d + 1, 0, 0, 0, 0];
    else if (!means.hour.has(h)) [h, m, s, later] = [h + 1, 0, 0, 0];
    else if (!means.minute.has(m)) [m, s] = [m + 1, 0];
    else if (!means.second.has(s)) s += 1;
    else {
      const time = moment(y, mo, d, h, m, s);
      // A time that the night does not have.
      if (wallTimeOf(time, timeZone).hour !== h) [h, m, s] = [h + 1, 0, 0];
      else return time + later;
    }
  }
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The moment at which the wall shows a time (given as if it were UTC's); of two the one that Go's time.Date takes. */
function momentOf(wallMs: number, timeZone: string): number {
  const first = offsetMs(wallMs, timeZone);
  if (first === 0) return wallMs;
  const offset = offsetMs(wallMs - first, timeZone);
  return wallMs - offset;
}

/** Whether a calendar means a moment. */
function matcher(calendar: Calendar, timeZone: string): (ms: number) => boolean {
  const sets = calendarFields.map((field) => [field, new Set(valuesOf(calendar, field))] as const);
  return (ms) => {
    const wall = wallTimeOf(ms, timeZone);
    const dayOfWeek = new Date(asIfUtc(wall)).getUTCDay();
    const is = { ...wall, dayOfMonth: wall.day, dayOfWeek };
    return sets.every(([field, values]) => values.has(is[field]));
  };
}
