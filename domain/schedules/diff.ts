import { durationMs } from '../duration';
import { canonicalJson } from '../hash';
import { type Calendar, calendarFields, fieldText } from './calendar';
import { type ScheduleDefinition, specOf } from './definition';

/** A member of a schedule that is another one than before; absent: there was or is none. */
export interface ScheduleChange {
  field: string;
  before?: unknown;
  after?: unknown;
}

const fields = [
  'operation',
  'input',
  'when',
  'timeZone',
  'jitter',
  'overlap',
  'catchupWindow',
  'pauseOnFailure',
  'note',
  'startAt',
  'endAt',
] as const;

/**
 * What makes one definition another one. Different words for the same thing (`24h` and `1 day`, `mon-fri` and `1-5`) are
 * no change; whether it is paused is one only where `after` says so, and what is left of a number of runs never is.
 */
export function changesBetween(before: ScheduleDefinition, after: ScheduleDefinition): ScheduleChange[] {
  const changes = fields
    .filter((field) => canonicalJson(meaning(before, field)) !== canonicalJson(meaning(after, field)))
    .flatMap((field) =>
      field === 'input'
        ? insideOf(field, before.input, after.input)
        : [changeOf(field, before[field], after[field])],
    );
  if (after.paused === undefined || after.paused === (before.paused ?? false)) return changes;
  return [...changes, changeOf('paused', before.paused ?? false, after.paused)];
}

const changeOf = (field: string, before: unknown, after: unknown): ScheduleChange => ({
  field,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});

/** The members of an input that differ, each with its path. */
function insideOf(path: string, before: unknown, after: unknown): ScheduleChange[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (!isObject(before) || !isObject(after)) return [changeOf(path, before, after)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => insideOf(`${path}.${key}`, before[key], after[key]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a member means, the same for all words that mean the same. */
function meaning(definition: ScheduleDefinition, field: (typeof fields)[number]): unknown {
  const value = definition[field];
  if (value === undefined) return undefined;
  switch (field) {
    case 'jitter':
    case 'catchupWindow':
      return durationMs(value as string);
    case 'startAt':
    case 'endAt':
      return Date.parse(value as string);
    case 'when': {
      const { calendars, intervals, except } = specOf({
        when: definition.when,
        timeZone: definition.timeZone,
      });
      return { calendars: calendars.map(text).sort(), intervals, except: except.map(text).sort() };
    }
    default:
      return value;
  }
}

/** A calendar's values in one text. */
export const text = (calendar: Calendar): string =>
  calendarFields.map((field) => fieldText(calendar, field)).join(' ');
