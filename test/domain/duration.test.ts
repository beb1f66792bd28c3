import * as fc from '../support/made-up';
import { durationMs, durationSchema, formatDuration, parseDurationMs } from '../../domain/duration';

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['90 seconds', 90_000],
    ['1 second', 1_000],
    ['15m', 900_000],
    ['15 minutes', 900_000],
    ['2.5h', 9_000_000],
    ['24 HOURS', 86_400_000],
    ['7 days', 604_800_000],
    ['  1 day ', 86_400_000],
  ])('is read as people write it: %s', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
    expect(durationMs(text)).toBe(ms);
  });

  it.each(['', 's', '5', '5 parsecs', '-5 s', '1e3 s', '1,5 h', '5 s 3 m', 'five minutes', '٥ s'])(
    'is not guessed from %j',
    (text) => {
      expect(parseDurationMs(text)).toBeUndefined();
      expect(() => durationMs(text)).toThrow(RangeError);
    },
  );

  it.each(['1s', '365 days', '60 seconds'])(
    'is accepted in an input from one second to 365 days: %s',
    (text) => {
      expect(durationSchema.safeParse(text).success).toBe(true);
    },
  );

  it.each(['0s', '0.9 s', '366 days', `${'9'.repeat(400)} d`, 'soon', 5])(
    'is refused in an input: %j',
    (value) => {
      expect(durationSchema.safeParse(value).success).toBe(false);
    },
  );
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [499, '0 s'],
    [59_600, '1 min'],
    [93_000, '1 min 33 s'],
    [7_200_000, '2 h'],
    [5_400_000, '1 h 30 min'],
    [86_400_000, '1 d'],
    [90_000_000, '1 d 1 h'],
    [-5_000, '0 s'],
  ])('%d ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('says the same again when its own words are read back, part by part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_399 }), (seconds) => {
        const parts = formatDuration(seconds * 1000).match(/\d+ (?:min|h|s)/g) ?? [];
        const sum = parts.reduce(
          (total, part) => total + parseDurationMs(part.replace('min', 'minutes'))!,
          0,
        );
        // From one hour on, seconds are left out.
        expect(seconds * 1000 - sum).toBeGreaterThanOrEqual(0);
        expect(seconds * 1000 - sum).toBeLessThan(seconds < 3600 ? 1 : 60_000);
      }),
    );
  });
});
