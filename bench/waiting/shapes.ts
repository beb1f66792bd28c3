import type { Random } from './random';

/** The figures of one trace at one moment: what AWS reports, of what AWS knows. */
export interface Figures {
  doneMegaBytes?: number;
  totalMegaBytes?: number;
  etaSeconds?: number;
}

/** The moment of which figures are asked. */
export interface Moment {
  /** Work done, 0 to 1, at a rate that drifts. */
  work: number;
  elapsedSeconds: number;
  /** True remaining time: only for estimates, honest or not. */
  leftSeconds: number;
  totalMegaBytes: number;
}

export interface Shape {
  name: string;
  /** Draws one trace's reporter. */
  make(random: Random): (moment: Moment) => Figures;
}

/** A shape by its curve from work done to reported progress. */
function curve(name: string, draw: (random: Random) => (work: number) => number): Shape {
  return {
    name,
    make: (random) => {
      const reported = draw(random);
      return ({ work, totalMegaBytes }) => ({
        doneMegaBytes: Math.floor(totalMegaBytes * Math.min(1, Math.max(0, reported(work)))),
        totalMegaBytes,
      });
    },
  };
}

/** Linear up to `level`, then still for `share` of the work, then linear to the end. */
const stall = (level: number, share: number) => (work: number) =>
  work < level * (1 - share)
    ? work / (1 - share)
    : Math.max(level, level + (work - level * (1 - share) - share) / (1 - share));

const steps = (count: number) => (work: number) => Math.floor(work * count) / count;

export const nearLinear = curve('near linear', () => (work) => work);

/** The six shapes of the goal. The schedule was tuned on none of them. */
export const judgedShapes: Shape[] = [
  curve('stalls at 50 %', (random) => stall(0.5, random.between(0.2, 0.7))),
  curve('slow start (u^4)', () => (work) => work ** 4),
  curve('coarse 25 % steps', () => steps(4)),
  curve('stalls at 99 %', (random) => stall(0.99, random.between(0.2, 0.7))),
  curve('fast start (u^1/4)', () => (work) => work ** 0.25),
  {
    name: 'no total',
    make: () => (moment) => ({ doneMegaBytes: Math.floor(moment.totalMegaBytes * moment.work) }),
  },
];

/** Further shapes nothing was tuned on, reported for what they are worth. */
export const furtherShapes: Shape[] = [
  { name: 'no figures', make: () => () => ({}) },
  {
    name: 'estimate only, +-30 %',
    make: (random) => {
      const bias = random.between(0.7, 1.3);
      return ({ leftSeconds }) => ({ etaSeconds: Math.round(leftSeconds * bias) });
    },
  },
  { name: 'estimate always 30 s', make: () => () => ({ etaSeconds: 30 }) },
  {
    name: 'begins anew half-way',
    make: () => (moment) => ({
      doneMegaBytes: Math.floor(
        moment.totalMegaBytes * (moment.work < 0.5 ? moment.work * 1.6 : 2 * moment.work - 1),
      ),
      totalMegaBytes: moment.totalMegaBytes,
    }),
  },
  {
    name: 'total grows, always 99 %',
    make: () => (moment) => {
      const doneMegaBytes = Math.floor(moment.totalMegaBytes * moment.work);
      return { doneMegaBytes, totalMegaBytes: Math.ceil(doneMegaBytes / 0.99) };
    },
  },
];

/** The shapes on which the schedule's constants were chosen (with seeds of their own). */
export const tuningShapes: Shape[] = [
  nearLinear,
  curve('u^2', () => (work) => work ** 2),
  curve('u^1/2', () => (work) => work ** 0.5),
  curve('s-shaped', () => (work) => work * work * (3 - 2 * work)),
  curve('stalls at 30 %', (random) => stall(0.3, random.between(0.1, 0.5))),
  curve('stalls at 90 %', (random) => stall(0.9, random.between(0.1, 0.5))),
  curve('finishing touch (full at 80 %)', () => (work) => work / 0.8),
  curve('12 % steps', () => steps(8)),
  curve('one third steps', () => steps(3)),
  curve('stuck at 0', () => () => 0),
  {
    name: 'estimate only, jumping',
    make: (random) => {
      return ({ leftSeconds }) => ({ etaSeconds: Math.round(leftSeconds * random.between(0.6, 1.6)) });
    },
  },
];
