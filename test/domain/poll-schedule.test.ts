import * as fc from '../support/made-up';
import { fixed, ours } from '../../bench/waiting/plans';
import { furtherShapes, judgedShapes, nearLinear, tuningShapes } from '../../bench/waiting/shapes';
import { summarize, wait } from '../../bench/waiting/simulate';
import { makeTraces } from '../../bench/waiting/traces';
import {
  maximumDelayMs,
  minimumDelayMs,
  nextDelay,
  type Look,
  type PollMemory,
} from '../../domain/poll-schedule';

const hourMs = 3_600_000;
const allShapes = [nearLinear, ...judgedShapes, ...furtherShapes, ...tuningShapes];

/** Any figure AWS or a fault could put before us. */
const figure = fc.option(
  fc.oneof(
    fc.double(),
    fc.integer({ min: -10, max: 2_000 }),
    fc.constantFrom(0, -0, NaN, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE),
  ),
  { nil: undefined },
);
const figures = fc.record({ doneMegaBytes: figure, totalMegaBytes: figure, etaSeconds: figure });
/** Figures that look sound, so that the schedule believes them more often. */
const soundFigures = fc.record({
  doneMegaBytes: fc.integer({ min: 0, max: 1_000 }),
  totalMegaBytes: fc.integer({ min: 900, max: 1_000 }),
  etaSeconds: fc.integer({ min: 0, max: 90 }),
});

/** Looks as the schedule asks for them, until `durationMs`; with the delay that followed each. */
function looksUntil(durationMs: number, report: (atMs: number, index: number) => Omit<Look, 'atMs'>) {
  const looks: { atMs: number; delayMs: number; memory: PollMemory }[] = [];
  let memory: PollMemory = {};
  let atMs = 0;
  while (atMs < durationMs) {
    const next = nextDelay(memory, { atMs, ...report(atMs, looks.length) });
    looks.push({ atMs, ...next });
    memory = next.memory;
    atMs += next.delayMs;
  }
  return looks;
}

const silent = () => ({});

describe('the bounds of a delay', () => {
  test('hold for any figures at any moments, in whole milliseconds', () => {
    const look = fc.record({ atMs: fc.oneof(fc.double(), fc.integer({ min: -1, max: 1e9 })) });
    fc.assert(
      fc.property(fc.array(fc.tuple(look, figures), { maxLength: 30 }), (looks) => {
        let memory: PollMemory = {};
        let latestMs = 0;
        for (const [{ atMs }, reported] of looks) {
          const next = nextDelay(memory, { atMs, ...reported });
          memory = next.memory;
          if (Number.isFinite(atMs)) latestMs = Math.max(latestMs, atMs);
          expect(next.delayMs).toBeGreaterThanOrEqual(minimumDelayMs);
          expect(next.delayMs).toBeLessThanOrEqual(maximumDelayMs(latestMs));
          expect(Number.isInteger(next.delayMs)).toBe(true);
        }
      }),
    );
  });

  test('are 2 s and max(60 s, 2 % of the elapsed time)', () => {
    expect([minimumDelayMs, maximumDelayMs(0), maximumDelayMs(hourMs)]).toEqual([2_000, 60_000, 72_000]);
  });

  test('keep the lag within max(60 s, 2 % of the duration) on every shape of progress', () => {
    for (const [index, shape] of allShapes.entries()) {
      const outcomes = makeTraces(shape, 100, 500 + index).map((trace) => wait(ours, trace, 0));
      expect([shape.name, summarize('', outcomes).worstLagShareOfBound <= 1]).toEqual([shape.name, true]);
    }
  });
});

describe('the memory of the schedule', () => {
  test('is plain JSON of bounded size, from which the wait goes on unchanged', () => {
    fc.assert(
      fc.property(fc.array(figures, { minLength: 40, maxLength: 80 }), (reports) => {
        let [memory, copied]: PollMemory[] = [{}, {}];
        reports.forEach((report, index) => {
          const look = { atMs: index * 7_000, ...report };
          const next = nextDelay(memory!, look);
          expect(nextDelay(JSON.parse(JSON.stringify(copied)), look).delayMs).toBe(next.delayMs);
          memory = copied = next.memory;
        });
        expect(JSON.stringify(memory).length).toBeLessThan(1_200);
      }),
    );
  });

  test('does not grow with the number of looks', () => {
    const looks = looksUntil(48 * hourMs, (atMs) => ({
      doneMegaBytes: atMs / 7,
      totalMegaBytes: 1e9,
      etaSeconds: 1e6 - atMs / 1_001,
    }));
    const sizes = looks.map(({ memory }) => JSON.stringify(memory).length);
    expect(Math.max(...sizes.slice(200))).toBeLessThanOrEqual(Math.max(...sizes.slice(0, 200)) + 40);
  });

  test('is never changed in place: the same look on the same memory gives the same delay', () => {
    fc.assert(
      fc.property(fc.array(soundFigures, { minLength: 1, maxLength: 30 }), (reports) => {
        let memory: PollMemory = {};
        reports.forEach((report, index) => {
          const look = { atMs: index * 5_000, ...report };
          const before = JSON.stringify(memory);
          const next = nextDelay(memory, look);
          expect(JSON.stringify(memory)).toBe(before);
          expect(nextDelay(memory, look)).toEqual(next);
          memory = next.memory;
        });
      }),
    );
  });
});

describe('the number of looks', () => {
  test('stays below 300 in 24 hours and 430 in 7 days without any figures', () => {
    expect(looksUntil(24 * hourMs, silent).length + 1).toBeLessThan(300);
    expect(looksUntil(168 * hourMs, silent).length + 1).toBeLessThan(430);
  });

  test('stays below 300 in 24 hours whatever the figures say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(figures, soundFigures), { minLength: 1, maxLength: 40 }),
        fc.boolean(),
        (reports, growing) => {
          const looks = looksUntil(24 * hourMs, (atMs, index) => {
            const report = reports[index % reports.length]!;
            if (!growing) return report;
            return { doneMegaBytes: atMs, totalMegaBytes: atMs + Math.abs(report.doneMegaBytes ?? 0) };
          });
          expect(looks.length + 1).toBeLessThan(300);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('is at least 15 times smaller than with a look every 2 s on linear progress, with a median lag of 2 s', () => {
    const traces = makeTraces(nearLinear, 400, 900);
    const own = summarize(
      'own',
      traces.map((trace) => wait(ours, trace, 0)),
    );
    const every2s = summarize(
      '2 s',
      traces.map((trace) => wait(fixed(2), trace, 0)),
    );
    expect(every2s.looks.p50 / own.looks.p50).toBeGreaterThanOrEqual(15);
    expect(own.lagSeconds.p50).toBeLessThanOrEqual(2);
  });

  test.each(judgedShapes.map((shape) => [shape.name, shape] as const))(
    'and the lag are not both worse than with a look every 30 s: %s',
    (_name, shape) => {
      const traces = makeTraces(shape, 600, 1_300);
      const own = summarize(
        'own',
        traces.map((trace) => wait(ours, trace, 0)),
      );
      const every30s = summarize(
        '30 s',
        traces.map((trace) => wait(fixed(30), trace, 0)),
      );
      for (const part of ['p50', 'p95'] as const) {
        const worseLooks = own.looks[part] > every30s.looks[part];
        expect(worseLooks && own.lagSeconds[part] > every30s.lagSeconds[part]).toBe(false);
      }
    },
  );
});

describe('figures', () => {
  const linear = (atMs: number) => ({ doneMegaBytes: Math.floor(atMs / 1_200), totalMegaBytes: 1_000 });

  test('that are absent let the delay grow with the elapsed time', () => {
    const delays = looksUntil(6 * hourMs, silent).map(({ delayMs }) => delayMs);
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    expect(delays[0]).toBe(minimumDelayMs);
  });

  test('that promise the end soon bring the looks close together just before it', () => {
    const looks = looksUntil(1_200_000, linear);
    expect(looks.find(({ atMs }) => atMs > 600_000)!.delayMs).toBe(60_000);
    expect(looks.at(-1)!.delayMs).toBeLessThan(5_000);
  });

  test('that promise a far end are not believed for longer than half of the time waited so far', () => {
    const looks = looksUntil(200_000, (atMs) => ({ doneMegaBytes: atMs / 1_000, totalMegaBytes: 1e6 }));
    for (const { atMs, delayMs } of looks) expect(delayMs).toBeLessThanOrEqual(Math.max(2_000, atMs / 2));
    expect(looks.at(-1)!.delayMs).toBe(60_000);
  });

  test('that come late are used as soon as they show a rate', () => {
    const looks = looksUntil(1_200_000, (atMs) => (atMs < 900_000 ? {} : linear(atMs)));
    expect(looks.at(-1)!.delayMs).toBeLessThan(5_000);
  });

  test('that stall at 99 % lose their say: the delays grow again', () => {
    const looks = looksUntil(1_800_000, (atMs) => ({
      doneMegaBytes: Math.min(990, Math.floor(atMs / 1_000)),
      totalMegaBytes: 1_000,
    }));
    const stalled = looks.filter(({ atMs }) => atMs > 990_000);
    expect(stalled.at(-1)!.delayMs).toBeGreaterThan(15_000);
    // A look every 0.9 x (rest at the old rate), about 7 s, would make more than 100.
    expect(stalled.length).toBeLessThan(60);
  });

  test('that move in steps of a quarter are believed as far as their steps allow', () => {
    const looks = looksUntil(2_400_000, (atMs) => ({
      doneMegaBytes: 250 * Math.floor(atMs / 600_000),
      totalMegaBytes: 1_000,
    }));
    // Right after the second step the end is far; near the time of the last one it is possible at any moment.
    const afterSecondStep = looks.find(({ atMs }) => atMs > 1_200_000)!;
    expect(afterSecondStep.delayMs).toBe(60_000);
    expect(looks.at(-1)!.delayMs).toBeLessThan(40_000);
    expect(looks.length).toBeLessThan(looksUntil(2_400_000, silent).length);
  });

  test('that begin after a long PENDING are not stretched into a rate over that time', () => {
    const pendingMs = 1_000_000;
    const looks = looksUntil(pendingMs + 60_000, (atMs) => ({
      doneMegaBytes: Math.max(0, Math.floor((atMs - pendingMs) / 60)),
      totalMegaBytes: 1_000,
    }));
    for (const { delayMs } of looks) expect(delayMs).toBeLessThan(30_000);
  });

  test('that fell back to 0 and PENDING are treated as if they had just begun', () => {
    const againMs = 1_000_000;
    const looks = looksUntil(againMs + 60_000, (atMs) => ({
      doneMegaBytes: Math.floor(atMs < 500_000 ? atMs / 1_000 : Math.max(0, (atMs - againMs) / 60)),
      totalMegaBytes: 1_000,
    }));
    for (const { atMs, delayMs } of looks) if (atMs > 500_000) expect(delayMs).toBeLessThan(30_000);
  });

  test('that go backwards start anew and end as sharply', () => {
    const looks = looksUntil(1_200_000, (atMs) => (atMs < 500_000 ? linear(2 * atMs) : linear(atMs)));
    expect(looks.at(-1)!.delayMs).toBeLessThan(5_000);
  });

  test('that went backwards tell nothing before they have moved again', () => {
    const looks = looksUntil(800_000, (atMs) =>
      atMs < 500_000 ? linear(atMs) : { doneMegaBytes: 0, totalMegaBytes: 1_000 },
    );
    const after = looks.filter(({ atMs }) => atMs >= 500_000);
    expect(after.map(({ delayMs }) => delayMs)).toEqual(after.map(() => 18_000));
  });

  test.each<[string, (atMs: number) => Omit<Look, 'atMs'>]>([
    ['a total of 0', (atMs) => ({ doneMegaBytes: atMs, totalMegaBytes: 0 })],
    ['a negative total', (atMs) => ({ doneMegaBytes: atMs, totalMegaBytes: -1 })],
    ['no total', (atMs) => ({ doneMegaBytes: atMs })],
    ['an estimate that stands still', () => ({ etaSeconds: 30 })],
    ['an estimate that grows', (atMs) => ({ etaSeconds: 30 + atMs / 1_000 })],
    ['an estimate of 0', () => ({ etaSeconds: 0 })],
    ['NaN', () => ({ doneMegaBytes: NaN, totalMegaBytes: NaN, etaSeconds: NaN })],
    ['progress that never moves', () => ({ doneMegaBytes: 0, totalMegaBytes: 1_000 })],
  ])('that mean nothing count as none: %s', (_name, report) => {
    const delays = (looks: { delayMs: number }[]) => looks.map(({ delayMs }) => delayMs);
    expect(delays(looksUntil(hourMs, report))).toEqual(delays(looksUntil(hourMs, silent)));
  });

  test('that exceed the total mean that the end is possible: the delays start small and grow', () => {
    const looks = looksUntil(1_200_000, (atMs) => ({ doneMegaBytes: atMs / 1_000, totalMegaBytes: 600 }));
    const after = looks.filter(({ atMs }) => atMs > 600_000);
    expect(after[0]!.delayMs).toBeLessThan(5_000);
    expect(after.at(-1)!.delayMs).toBeGreaterThan(10_000);
    expect(after.filter(({ atMs }) => atMs < 640_000).length).toBeLessThan(14);
  });
});

describe("AWS's estimate", () => {
  test('is used when it falls as time passes', () => {
    const looks = looksUntil(1_200_000, (atMs) => ({ etaSeconds: Math.round((1_200_000 - atMs) / 1_000) }));
    expect(looks.length).toBeLessThan(40);
    expect(looks.at(-1)!.delayMs).toBeLessThan(5_000);
  });

  test('still counts when it has come down to 0 before the end', () => {
    const looks = looksUntil(1_260_000, (atMs) => ({
      etaSeconds: Math.max(0, Math.round((1_200_000 - atMs) / 1_000)),
    }));
    expect(looks.find(({ atMs }) => atMs > 1_200_000)!.delayMs).toBeLessThan(5_000);
  });

  test('is passed over when it falls ten times as fast as the clock', () => {
    const jumpy = looksUntil(hourMs, (atMs) => ({ etaSeconds: Math.max(1, 40_000 - atMs / 100) }));
    const none = looksUntil(hourMs, silent);
    expect(jumpy.map(({ delayMs }) => delayMs)).toEqual(none.map(({ delayMs }) => delayMs));
  });

  test('counts alone once the progress figures have fallen due without the end', () => {
    const looks = looksUntil(2_460_000, (atMs) => ({
      doneMegaBytes: Math.min(900, Math.floor(atMs / 1_000)),
      totalMegaBytes: 1_000,
      etaSeconds: Math.max(0, Math.round((2_400_000 - atMs) / 1_000)),
    }));
    expect(looks.find(({ atMs }) => atMs > 1_500_000)!.delayMs).toBe(60_000);
    expect(looks.find(({ atMs }) => atMs > 2_400_000)!.delayMs).toBeLessThan(5_000);
  });
});
