import {
  calendarText,
  fieldText,
  readCalendar,
  readCron,
  valuesOf,
} from '../../../domain/schedules/calendar';

const values = (cron: string, field: Parameters<typeof valuesOf>[1]) => valuesOf(readCron(cron), field);

describe('a cron expression', () => {
  it('has minute, hour, day of month, month and day of week', () => {
    const calendar = readCron('30 2 1 7 mon');
    expect(calendarText(calendar)).toEqual({
      minute: '30',
      hour: '2',
      dayOfMonth: '1',
      month: '7',
      dayOfWeek: '1',
    });
  });

  it('has a year after them, and a second before them', () => {
    expect(calendarText(readCron('0 2 * * * 2027'))).toEqual({ hour: '2', year: '2027' });
    expect(calendarText(readCron('15 0 2 * * * *'))).toEqual({ second: '15', hour: '2' });
  });

  it.each([
    ['*/15 * * * *', 'minute', [0, 15, 30, 45]],
    ['50/4 * * * *', 'minute', [50, 54, 58]],
    ['0 1-5/2,23 * * *', 'hour', [1, 3, 5, 23]],
    ['0 0 * jan-mar *', 'month', [1, 2, 3]],
    ['0 0 * * mon-fri', 'dayOfWeek', [1, 2, 3, 4, 5]],
    ['0 0 * * 7', 'dayOfWeek', [0]],
    ['0 0 * * 5-7', 'dayOfWeek', [0, 5, 6]],
    ['0 0 * * 3-7/3', 'dayOfWeek', [3, 6]],
    ['0 0 * * Sunday,we', 'dayOfWeek', [0, 3]],
    ['@weekly', 'dayOfWeek', [0]],
    ['@hourly', 'minute', [0]],
  ] as const)('means what it says: %s', (cron, field, wanted) => {
    expect(values(cron, field)).toEqual(wanted);
  });

  it.each([
    ['', 'must have 5 fields'],
    ['0 2 * *', 'must have 5 fields'],
    ['0 2 * * * 2027 1 1', 'must have 5 fields'],
    ['60 2 * * *', 'has "60" as minute: it must be of 0 to 59'],
    ['0 24 * * *', 'has "24" as hour'],
    ['0 0 0 * *', 'has "0" as day of month: it must be of 1 to 31'],
    ['0 0 * foo *', 'has "foo" as month: it must be of 1 to 12 (jan,'],
    ['0 0 * * mo-', 'has "mo-" as day of week'],
    ['0 5-2 * * *', 'has "5-2" as hour'],
    ['*/0 * * * *', 'has "*/0" as minute'],
    ['0 2 * * * 1999', 'has "1999" as year'],
    ['CRON_TZ=Europe/Berlin 0 2 * * *', 'give it as timeZone'],
    ['@every 5m', 'give it as every'],
    ['0 2 * * * # nightly', 'must have 5 fields'],
  ])('is refused with what is wrong: %j', (cron, why) => {
    expect(() => readCron(cron)).toThrow(why);
  });

  it('is shown in the shortest words for the same values', () => {
    const shown = (cron: string) => calendarText(readCron(cron));
    expect(shown('0,15,30,45 0,1,2,3 * * 1-5')).toEqual({ minute: '*/15', hour: '0-3', dayOfWeek: '1-5' });
    expect(shown('0 0 * * 0-7')).toEqual({});
    expect(fieldText(readCron('0 1,2,3,7 * * *'), 'hour')).toBe('1-3,7');
  });

  it('is read again from what is shown of it', () => {
    for (const cron of [
      '*/7 1-22/3 1,15,31 */5 mon,thu-sat 2026-2030',
      '1/2 3 L 1 *'.replace('L', '30'),
      '@yearly',
    ]) {
      const calendar = readCron(cron);
      const again = readCalendar(calendarText(calendar));
      for (const field of ['second', 'minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek', 'year'] as const)
        expect(valuesOf(again, field)).toEqual(valuesOf(calendar, field));
    }
  });
});
