import * as fc from '../support/made-up';
import { expandInput, hasTemplate, scheduledInput } from '../../domain/scheduled-input';

const at = Date.parse('2026-11-28T02:00:00Z');
const expanded = (text: string, ms = at) => {
  const result = expandInput({ text }, ms);
  if (!result.ok) throw new Error(result.problems.map(({ problem }) => problem).join('; '));
  return (result.value as { text: string }).text;
};

describe('the input of a scheduled run', () => {
  it.each([
    ['{{scheduled}}', '2026-11-28T02:00:00Z'],
    ['{{ scheduled - 24 hours }}', '2026-11-27T02:00:00Z'],
    ['{{scheduled-24h}}', '2026-11-27T02:00:00Z'],
    ['{{scheduled+15m}}', '2026-11-28T02:15:00Z'],
    ['orders_{{scheduled:yyyyMMdd}}', 'orders_20261128'],
    ['drill-{{scheduled:yyyyMMdd-HHmm}}', 'drill-20261128-0200'],
    ['{{scheduled-24h:yyyy-MM-dd}}', '2026-11-27'],
    ['{{scheduled:yyyy-MM-ddTHH:mm:ss}}', '2026-11-28T02:00:00'],
    ['{{scheduled-1h}}..{{scheduled}}', '2026-11-28T01:00:00Z..2026-11-28T02:00:00Z'],
    ['{{scheduled:yyyyMMdd@America/New_York}}', '20261127'],
    ['{{scheduled@Asia/Kolkata}}', '2026-11-28T07:30:00+05:30'],
    ['{{scheduled@America/St_Johns}}', '2026-11-27T22:30:00-03:30'],
    ['{{scheduled@UTC}}', '2026-11-28T02:00:00+00:00'],
    ['no template', 'no template'],
    ['a {{{{literal}}', 'a {{literal}}'],
    ['{"a":{"b":1}}', '{"a":{"b":1}}'],
  ])('has its time where %s stands', (text, wanted) => {
    expect(expanded(text)).toBe(wanted);
  });

  it('has its time in every text, however deep, and nothing else is changed', () => {
    const input = {
      target: { table: 'orders_{{scheduled:yyyyMMdd}}' },
      sqls: ["delete from t where day = '{{scheduled-48h:yyyy-MM-dd}}'", 'select 1'],
      rowCount: { atLeast: 7 },
      copy: false,
      none: null,
    };
    expect(scheduledInput(input, at)).toEqual({
      ...input,
      target: { table: 'orders_20261128' },
      sqls: ["delete from t where day = '2026-11-26'", 'select 1'],
    });
  });

  it.each([
    ['24h', '2026-11-27T02:00:00Z'],
    ['-24h', '2026-11-27T02:00:00Z'],
    ['90 minutes', '2026-11-28T00:30:00Z'],
    ['{{scheduled-2h}}', '2026-11-28T00:00:00Z'],
    ['2026-11-20T08:00:00Z', '2026-11-20T08:00:00Z'],
  ])('is about the moment before its own time where asOf is %s', (asOf, wanted) => {
    expect(scheduledInput({ source: { asOf } }, at)).toEqual({ source: { asOf: wanted } });
    expect(scheduledInput({ asOf }, at)).toEqual({ asOf: wanted });
  });

  it('leaves an age that is beyond all bounds to the schema', () => {
    expect(scheduledInput({ asOf: '99999999999d' }, at)).toEqual({ asOf: '99999999999d' });
  });

  it('takes ages for ages in asOf alone: a deadline stays a duration', () => {
    expect(scheduledInput({ deadline: '24h', settle: '60 seconds' }, at)).toEqual({
      deadline: '24h',
      settle: '60 seconds',
    });
  });

  it.each([
    ['{{schedule}}', 'is no template'],
    ['{{scheduled-}}', 'is no template'],
    ['{{scheduled-24}}', 'is no template'],
    ['{{now}}', 'is no template'],
    ['{{scheduled-5 parsecs}}', '5 parsecs is no duration'],
    ['{{scheduled-99999999999d}}', 'is no duration'],
    ['{{scheduled:YYYYMMDD}}', '"YYYY" is no part of a time'],
    ['{{scheduled:yyyyMMddt}}', '"t" is no part of a time'],
    ['{{scheduled:-}}', 'has no part of a time'],
    ['{{scheduled:}}', 'has no part of a time'],
    ['{{scheduled@Mars/Olympus}}', 'Mars/Olympus is no time zone'],
    ['{{scheduled@+01:00}}', '+01:00 is no time zone'],
    ['orders_{{scheduled', 'without }}'],
  ])('is refused with its field where %s stands', (text, why) => {
    const input = { target: { table: text }, parameters: [{ name: 'a', value: text }] };
    const result = expandInput(input, at);
    expect(result).toMatchObject({ ok: false });
    const problems = result.ok ? [] : result.problems;
    expect(problems.map(({ field }) => field)).toEqual(['target.table', 'parameters.0.value']);
    for (const { problem } of problems) expect(problem).toContain(why);
    expect(scheduledInput(input, at)).toEqual(input);
  });

  it.each([
    // The night of 25 October 2026 has two 02:30 in Berlin; that of 29 March has none.
    ['2026-10-25T00:30:00Z', '0230', '2026-10-25T02:30:00+02:00'],
    ['2026-10-25T01:30:00Z', '0230', '2026-10-25T02:30:00+01:00'],
    ['2026-03-29T00:59:59Z', '0159', '2026-03-29T01:59:59+01:00'],
    ['2026-03-29T01:00:00Z', '0300', '2026-03-29T03:00:00+02:00'],
  ])('shows the wall of a time zone as it is at that moment, summer or winter: %s', (moment, clock, iso) => {
    const ms = Date.parse(moment);
    expect(expanded('{{scheduled:HHmm@Europe/Berlin}}', ms)).toBe(clock);
    expect(expanded('{{scheduled@Europe/Berlin}}', ms)).toBe(iso);
    expect(Date.parse(iso)).toBe(ms);
  });

  it.each([
    ['2026-01-01T00:00:00Z', '{{scheduled-24h:yyyyMMdd}}', '20251231'],
    ['2028-03-01T00:00:00Z', '{{scheduled-1d:yyyyMMdd}}', '20280229'],
    ['2026-12-31T23:59:59Z', '{{scheduled+1s:yyyyMMdd}}', '20270101'],
  ])('counts over the ends of months and years: %s %s', (moment, text, wanted) => {
    expect(expanded(text, Date.parse(moment))).toBe(wanted);
  });

  it('is read back by Date.parse wherever it is ISO, whatever the moment and the zone', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    );
    const second = fc.integer({ min: 946_684_800, max: 4_102_444_799 });
    fc.assert(
      fc.property(second, zone, (seconds, timeZone) => {
        expect(Date.parse(expanded(`{{scheduled@${timeZone}}}`, seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });

  it('never throws, whatever the texts are', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string().map((inner) => `{{scheduled${inner}}}`),
    );
    fc.assert(fc.property(text, (one) => void expandInput({ one, asOf: one }, at)));
  });

  it('knows what is a template', () => {
    expect(['{{scheduled}}', '{{oops', 'a{{b}}'].map(hasTemplate)).toEqual([true, true, true]);
    expect(['plain', '}}', '{{{{'].map(hasTemplate)).toEqual([false, false, false]);
  });
});
