import { readCalendar, readCron } from '../../../domain/schedules/calendar';
import { fireTimes, type Spec } from '../../../domain/schedules/fire-times';
import { isoSecond } from '../../../domain/zoned-time';

function first(count: number, after: string, spec: Partial<Spec>): string[] {
  const times: string[] = [];
  const whole: Spec = { calendars: [], intervals: [], except: [], timeZone: 'UTC', ...spec };
  for (const time of fireTimes(whole, Date.parse(after))) {
    if (times.push(isoSecond(time)) === count) break;
  }
  return times;
}
const cron = (text: string, timeZone = 'UTC') => ({ calendars: [readCron(text)], timeZone });

describe('the times of a schedule', () => {
  it('come after the moment, not at it', () => {
    expect(first(2, '2026-11-28T02:00:00Z', cron('0 2 * * *'))).toEqual([
      '2026-11-29T02:00:00Z',
      '2026-11-30T02:00:00Z',
    ]);
    expect(first(1, '2026-11-28T01:59:59Z', cron('0 2 * * *'))).toEqual(['2026-11-28T02:00:00Z']);
  });

  it('are those of the time zone, in summer and in winter', () => {
    expect(first(2, '2026-03-27T12:00:00Z', cron('0 2 * * *', 'America/New_York'))).toEqual([
      '2026-03-28T06:00:00Z',
      '2026-03-29T06:00:00Z',
    ]);
    expect(first(2, '2026-10-24T12:00:00Z', cron('0 5 * * *', 'Europe/Berlin'))).toEqual([
      '2026-10-25T04:00:00Z',
      '2026-10-26T04:00:00Z',
    ]);
  });

  it('leave out a time that the night does not have', () => {
    expect(first(2, '2026-03-28T12:00:00Z', cron('30 2 * * *', 'Europe/Berlin'))).toEqual([
      '2026-03-30T00:30:00Z',
      '2026-03-31T00:30:00Z',
    ]);
  });

  it('come as Temporal counts them where the night has an hour twice: east of Greenwich once, west of it twice', () => {
    expect(first(2, '2026-10-24T12:00:00Z', cron('30 2 * * *', 'Europe/Berlin'))).toEqual([
      '2026-10-25T01:30:00Z',
      '2026-10-26T01:30:00Z',
    ]);
    expect(first(3, '2026-10-31T12:00:00Z', cron('30 1 * * *', 'America/New_York'))).toEqual([
      '2026-11-01T05:30:00Z',
      '2026-11-01T06:30:00Z',
      '2026-11-02T06:30:00Z',
    ]);
  });

  it('need all of day of month and day of week', () => {
    expect(first(2, '2026-11-28T00:00:00Z', cron('0 0 13 * fri'))).toEqual([
      '2027-08-13T00:00:00Z',
      '2028-10-13T00:00:00Z',
    ]);
  });

  it('find the last day of February of a leap year, and never the 30th', () => {
    expect(first(1, '2026-11-28T00:00:00Z', cron('0 0 29 2 *'))).toEqual(['2028-02-29T00:00:00Z']);
    expect(first(1, '2026-11-28T00:00:00Z', cron('0 0 30 2 *'))).toEqual([]);
    expect(first(1, '2026-11-28T00:00:00Z', cron('0 0 * * * 2025'))).toEqual([]);
  });

  it('count intervals from 1970', () => {
    const intervals = [{ everyMs: 6 * 3_600_000, offsetMs: 3_600_000 }];
    expect(first(2, '2026-11-28T01:00:00Z', { intervals })).toEqual([
      '2026-11-28T07:00:00Z',
      '2026-11-28T13:00:00Z',
    ]);
  });

  it('are those of all its calendars and intervals, each once, without those that are left out', () => {
    const spec = {
      calendars: [readCron('0 2 * * *'), readCron('0 2,14 * * *')],
      intervals: [{ everyMs: 12 * 3_600_000, offsetMs: 7_200_000 }],
      except: [readCalendar({ hour: '*', dayOfMonth: '29' })],
    };
    expect(first(3, '2026-11-28T03:00:00Z', spec)).toEqual([
      '2026-11-28T14:00:00Z',
      '2026-11-30T02:00:00Z',
      '2026-11-30T14:00:00Z',
    ]);
  });

  it('begin and end where they are told to, both ends meant', () => {
    const limits = {
      startAtMs: Date.parse('2026-12-01T02:00:00Z'),
      endAtMs: Date.parse('2026-12-02T02:00:00Z'),
    };
    expect(first(9, '2026-11-28T00:00:00Z', { ...cron('0 2 * * *'), ...limits })).toEqual([
      '2026-12-01T02:00:00Z',
      '2026-12-02T02:00:00Z',
    ]);
  });

  it('are none when everything is left out', () => {
    const every = { intervals: [{ everyMs: 60_000, offsetMs: 0 }], except: [readCron('* * * * *')] };
    expect(first(1, '2026-11-28T00:00:00Z', every)).toEqual([]);
  });
});
