import { toString as inWords } from 'cronstrue';
import { formatDuration } from '../../domain/duration';
import { type Calendar, type CalendarField, fieldText } from '../../domain/schedules/calendar';
import type { Spec } from '../../domain/schedules/fire-times';

const order: CalendarField[] = ['second', 'minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek', 'year'];

/** When a schedule comes, for people: `at 02:00, Monday through Friday (Europe/Berlin)`. */
export function specInWords(spec: Spec): string {
  const times = [
    ...spec.calendars.map(calendarInWords),
    ...spec.intervals.map(
      ({ everyMs, offsetMs }) =>
        `every ${formatDuration(everyMs)}${offsetMs > 0 ? `, ${formatDuration(offsetMs)} after its begin` : ''}`,
    ),
  ];
  const except = spec.except.map(calendarInWords);
  const limits = [
    spec.startAtMs === undefined ? '' : `, from ${new Date(spec.startAtMs).toISOString()} on`,
    spec.endAtMs === undefined ? '' : `, until ${new Date(spec.endAtMs).toISOString()}`,
  ].join('');
  const but = except.length === 0 ? '' : `, but not ${except.join('; ')}`;
  return `${times.join('; ') || 'never'}${but}${limits} (${spec.timeZone})`;
}

function calendarInWords(calendar: Calendar): string {
  const cron = order.map((field) => fieldText(calendar, field)).join(' ');
  const words = inWords(cron, {
    use24HourTimeFormat: true,
    logicalAndDayFields: true,
    throwExceptionOnParseError: false,
  });
  const daily = (['dayOfMonth', 'month', 'dayOfWeek', 'year'] as const).every(
    (field) => fieldText(calendar, field) === '*',
  );
  const often = daily && words.startsWith('At ') ? ', every day' : '';
  return words.charAt(0).toLowerCase() + words.slice(1) + often;
}
