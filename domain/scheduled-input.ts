import { parseDurationMs } from './duration';
import { asOfMs, isAge } from './restore-source';
import { fieldName, type Parsed, type Problem } from './validation';
import { isoSecond, isTimeZone, offsetMs, type WallTime, wallTimeOf } from './zoned-time';

/**
 * Templates of the time for which a run was scheduled, anywhere in the texts of an input:
 *
 * - `{{scheduled}}`: the moment, ISO: 2026-11-28T02:00:00Z
 * - `{{scheduled-24h}}`, `{{scheduled+15m}}`: before or after it; a day is 24 hours
 * - `{{scheduled:yyyyMMdd-HHmm}}`: formatted, in UTC; yyyy MM dd HH mm ss, T, digits and punctuation
 * - `{{scheduled-24h:yyyy-MM-dd@Europe/Berlin}}`, `{{scheduled@Europe/Berlin}}`: as the wall there shows it
 *
 * `{{{{` stands for two opening braces. Anything else between double braces is an error: a name that was meant to change
 * every night and does not is a collision in the second one.
 */
const template = /\{\{\{\{|\{\{([^{}]*)\}\}|\{\{/g;
const inside = /^\s*scheduled\s*(?:([+-])\s*([\d.]+\s*[a-z]+)\s*)?(?::([^@]*?))?(?:\s*@\s*(\S+))?\s*$/i;

/** Whether the text holds a template (or what was meant to be one). */
export const hasTemplate = (text: string): boolean => text.replaceAll('{{{{', '').includes('{{');

/**
 * The input of a scheduled run as it really runs: templates replaced by the time for which it was scheduled, and every
 * `asOf` that is an age (`24h`) by the moment so long before that time. Of a run that comes late, or that a backfill
 * starts, the input is the same as if it had come in time.
 * @param scheduledAtMs milliseconds since 1970; whole seconds count.
 */
export function expandInput(input: unknown, scheduledAtMs: number): Parsed<unknown> {
  const problems: Problem[] = [];
  const walk = (value: unknown, path: string[]): unknown => {
    if (typeof value === 'string') {
      const { text, wrong } = expandText(value, scheduledAtMs);
      if (wrong !== undefined) problems.push({ field: fieldName(path), problem: wrong });
      if (path.at(-1) !== 'asOf' || !isAge(text)) return text;
      const ms = asOfMs(text, scheduledAtMs);
      // What is beyond all bounds is for the schema to refuse.
      return Math.abs(ms - scheduledAtMs) > farthestMs ? text : isoSecond(ms);
    }
    if (Array.isArray(value)) return value.map((one, index) => walk(one, [...path, String(index)]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, [...path, key])]));
  };
  const value = walk(input, []);
  return problems.length === 0 ? { ok: true, value } : { ok: false, problems };
}

/** As expandInput, for showing: an input with a wrong template (its run was refused) stays as it is. */
export function scheduledInput(input: unknown, scheduledAtMs: number): unknown {
  const expanded = expandInput(input, scheduledAtMs);
  return expanded.ok ? expanded.value : input;
}

function expandText(text: string, scheduledAtMs: number): { text: string; wrong?: string } {
  let wrong: string | undefined;
  const expanded = text.replace(template, (whole, body: string | undefined) => {
    if (whole === '{{{{') return '{{';
    const result = body === undefined ? { wrong: `has ${whole} without }}` } : read(body, scheduledAtMs);
    if ('text' in result) return result.text;
    wrong ??= result.wrong;
    return whole;
  });
  return { text: expanded, ...(wrong !== undefined && { wrong }) };
}

/** As for asOf: ten years. */
const farthestMs = 3_660 * 24 * 3_600_000;

const examples = 'such as {{scheduled-24h}} or {{scheduled:yyyyMMdd}}';

function read(body: string, scheduledAtMs: number): { text: string } | { wrong: string } {
  const match = inside.exec(body);
  if (!match) return { wrong: `has {{${body}}}, which is no template ${examples}` };
  const [, sign, duration, format, timeZone] = match;
  const distance = duration === undefined ? 0 : parseDurationMs(duration);
  if (distance === undefined || distance > farthestMs)
    return { wrong: `has {{${body}}}: ${duration} is no duration such as 24h or 15m, ten years at most` };
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    return { wrong: `has {{${body}}}: ${timeZone} is no time zone such as Europe/Berlin` };
  }
  const ms = scheduledAtMs + (sign === '-' ? -distance : distance);
  if (format === undefined) return { text: timeZone === undefined ? isoSecond(ms) : isoAt(ms, timeZone) };
  const wrong = wrongIn(format);
  return wrong === undefined
    ? { text: formatted(wallTimeOf(ms, timeZone ?? 'UTC'), format) }
    : { wrong: `has {{${body}}}: ${wrong}` };
}

const tokens: Record<string, (wall: WallTime) => string> = {
  yyyy: ({ year }) => String(year).padStart(4, '0'),
  MM: ({ month }) => two(month),
  dd: ({ day }) => two(day),
  HH: ({ hour }) => two(hour),
  mm: ({ minute }) => two(minute),
  ss: ({ second }) => two(second),
};
const token = /yyyy|MM|dd|HH|mm|ss/g;

const two = (value: number) => String(value).padStart(2, '0');

const formatted = (wall: WallTime, format: string) => format.replace(token, (name) => tokens[name]!(wall));

function wrongIn(format: string): string | undefined {
  const parts = format.match(token) ?? [];
  const letters = format.replace(token, ' ').match(/[A-SU-Za-z]+/);
  if (letters) return `"${letters[0]}" is no part of a time (yyyy, MM, dd, HH, mm, ss)`;
  return parts.length === 0 ? 'the format has no part of a time (yyyy, MM, dd, HH, mm, ss)' : undefined;
}

/** `2026-11-28T03:00:00+01:00`. */
function isoAt(ms: number, timeZone: string): string {
  const ahead = offsetMs(ms, timeZone);
  const minutes = Math.abs(Math.round(ahead / 60_000));
  const offset = `${ahead < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${formatted(wallTimeOf(ms, timeZone), 'yyyy-MM-ddTHH:mm:ss')}${offset}`;
}
