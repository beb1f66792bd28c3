import { machine } from '../machine';
import { writeResults } from '../write-results';
import { judge, type LongWait, type ShapeResult } from './goals';
import { ours, plans } from './plans';
import { furtherShapes, judgedShapes, nearLinear, type Shape } from './shapes';
import { summarize, wait, type Summary } from './simulate';
import { makeTraces, type Trace } from './traces';

const tracesPerShape = 3_000;
/** Held out: tuning.ts draws its traces from other seeds and other shapes. */
const firstSeed = 20_261_121;

function measure(shape: Shape, index: number, judged: boolean): ShapeResult {
  const traces = makeTraces(shape, tracesPerShape, firstSeed + index);
  const summaries = plans.map((plan) =>
    summarize(
      plan.name,
      traces.map((trace, i) => wait(plan, trace, i)),
    ),
  );
  return { shape: shape.name, judged, summaries };
}

function measureLongWaits(): LongWait[] {
  const figures: Record<string, Trace['look']> = {
    'no figures': (atMs) => ({ atMs }),
    'figures that always promise the end in a moment': (atMs) => ({
      atMs,
      doneMegaBytes: atMs,
      totalMegaBytes: atMs + 3_000,
    }),
  };
  return [24, 168].flatMap((hours) =>
    Object.entries(figures).map(([name, look]) => ({
      hours,
      figures: name,
      looks: wait(ours, { durationMs: hours * 3_600_000, look }, 0).looks,
    })),
  );
}

function row({ plan, looks, lagSeconds, lagShareP95, eventsP50, eventsP95 }: Summary): string {
  const lag = [lagSeconds.p50, lagSeconds.p95, lagSeconds.worst].map((value) => value.toFixed(1)).join(' / ');
  return [
    plan.padEnd(24),
    `${looks.p50} / ${looks.p95}`.padEnd(14),
    lag.padEnd(22),
    `${(100 * lagShareP95).toFixed(1)} %`.padEnd(9),
    `${eventsP50} / ${eventsP95}`,
  ].join(' ');
}

function main() {
  const results = [nearLinear, ...judgedShapes, ...furtherShapes].map((shape, index) =>
    measure(shape, index, index <= judgedShapes.length),
  );
  const longWaits = measureLongWaits();
  const goals = judge(results, longWaits);

  const header = [
    'plan'.padEnd(24),
    'looks p50/p95'.padEnd(14),
    'lag s p50/p95/worst'.padEnd(22),
    'lag/D p95',
    'events',
  ];
  const lines = results.flatMap(({ shape, judged, summaries }) => [
    `\n${shape}${judged ? '' : ' (not judged)'}`,
    header.join(' '),
    ...summaries.map(row),
  ]);
  const verdicts = goals.map(({ goal, figure, met }) => `${met ? 'met    ' : 'NOT MET'}  ${goal}: ${figure}`);
  process.stdout.write([...lines, '\ngoals', ...verdicts, ''].join('\n'));

  const report = { machine: machine(), tracesPerShape, firstSeed, goals, longWaits, results };
  writeResults('waiting', JSON.parse(JSON.stringify(report, rounded)));
}

/** Four digits after the point are more than the traces are worth. */
const rounded = (_key: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value;

main();
