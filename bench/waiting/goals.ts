import { fixed, ours } from './plans';
import { nearLinear } from './shapes';
import { eventsPerLook, type Distribution, type Summary } from './simulate';

/** All plans on the traces of one shape; `judged` when the shape is one of those the goals name. */
export interface ShapeResult {
  shape: string;
  judged: boolean;
  summaries: Summary[];
}

/** Looks of our schedule in a long wait, without figures and with the figures that cost most. */
export interface LongWait {
  hours: number;
  figures: string;
  looks: number;
}

export interface Goal {
  goal: string;
  figure: string;
  met: boolean;
}

const longLimits: Record<number, { looks: number; events: number }> = {
  24: { looks: 300, events: 3_300 },
  168: { looks: 430, events: 4_800 },
};

/** The goals of issue "Waiting" (bench/README.md), each with its figure. */
export function judge(results: ShapeResult[], longWaits: LongWait[]): Goal[] {
  const linear = results.find(({ shape }) => shape === nearLinear.name)!;
  const own = find(linear, ours.name);
  const fewer = find(linear, fixed(2).name).looks.p50 / own.looks.p50;
  const bound = worstOf(results, (result) => find(result, ours.name).worstLagShareOfBound);
  const outOfBounds = results.reduce((sum, result) => sum + find(result, ours.name).waitsOutOfBounds, 0);
  return [
    goal('near linear: lag p50 at most 2 s', `${own.lagSeconds.p50.toFixed(2)} s`, own.lagSeconds.p50 <= 2),
    goal(
      'near linear: at least 15 x fewer looks than every 2 s (median)',
      `${fewer.toFixed(1)} x`,
      fewer >= 15,
    ),
    goal(
      'any shape: worst lag at most max(60 s, 2 % of the duration)',
      `${(100 * bound.value).toFixed(1)} % of the bound (${bound.shape})`,
      bound.value <= 1,
    ),
    ...(['p50', 'p95', 'mean'] as const).map((statistic) => notWorse(results, statistic)),
    goal(
      'every delay between 2 s and max(60 s, 2 % of the elapsed time)',
      `${outOfBounds} waits outside`,
      outOfBounds === 0,
    ),
    ...longWaits.map(({ hours, figures, looks }) => {
      const limit = longLimits[hours]!;
      return goal(
        `${hours} h, ${figures}: below ${limit.looks} looks and ${limit.events} events`,
        `${looks} looks, ${looks * eventsPerLook} events`,
        looks < limit.looks && looks * eventsPerLook < limit.events,
      );
    }),
  ];
}

/** No judged shape on which we need more looks than fixed 30 s and are later too. */
function notWorse(results: ShapeResult[], statistic: keyof Distribution): Goal {
  const worse = results
    .filter(({ judged }) => judged)
    .filter((result) => {
      const own = find(result, ours.name);
      const other = find(result, fixed(30).name);
      return (
        own.looks[statistic] > other.looks[statistic] &&
        own.lagSeconds[statistic] > other.lagSeconds[statistic]
      );
    });
  const figure = worse.map((result) => {
    const [own, other] = [find(result, ours.name), find(result, fixed(30).name)];
    const pair = ({ looks, lagSeconds }: Summary) =>
      `${looks[statistic].toFixed(0)} looks / ${lagSeconds[statistic].toFixed(1)} s`;
    return `${result.shape}: ${pair(own)} against ${pair(other)}`;
  });
  return goal(
    `no shape worse than fixed 30 s in both looks and lag (${statistic})`,
    figure.join('; ') || 'none is',
    worse.length === 0,
  );
}

function worstOf(results: ShapeResult[], figure: (result: ShapeResult) => number) {
  const ranked = results.map((result) => ({ shape: result.shape, value: figure(result) }));
  return ranked.reduce((worst, next) => (next.value > worst.value ? next : worst));
}

const goal = (text: string, figure: string, met: boolean): Goal => ({ goal: text, figure, met });

const find = ({ summaries }: ShapeResult, plan: string) =>
  summaries.find((summary) => summary.plan === plan)!;
