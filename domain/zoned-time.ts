/** A moment as a calendar and a clock on a wall somewhere show it. */
export interface WallTime {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** Whether it is the name of a time zone: `Europe/Berlin`, `UTC`. An offset such as `+01:00` is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]*$/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * What the wall of a time zone shows at a moment.
 * @param ms milliseconds since 1970
 * @throws RangeError when there is no such zone.
 */
export function wallTimeOf(ms: number, timeZone: string): WallTime {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(ms)) part[type] = Number(value);
  const { year, month, day, hour, minute, second } = part as unknown as WallTime;
  return { year, month, day, hour, minute, second };
}

/** The wall's time as if it were that of UTC, in milliseconds since 1970: for counting with. */
export const asIfUtc = ({ year, month, day, hour, minute, second }: WallTime): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);

/** How far the zone is ahead of UTC at a moment, in milliseconds. */
export const offsetMs = (ms: number, timeZone: string): number => {
  const whole = Math.floor(ms / 1000) * 1000;
  return asIfUtc(wallTimeOf(whole, timeZone)) - whole;
};

/** `2026-11-28T02:00:00Z`: to the second, as Temporal names the scheduled times of runs. */
export const isoSecond = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
