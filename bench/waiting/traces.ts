import type { Look } from '../../domain/poll-schedule';
import { seededRandom, type Random } from './random';
import type { Shape } from './shapes';

/** One simulated operation: how long it takes, and what a look at a moment shows. */
export interface Trace {
  durationMs: number;
  look(atMs: number): Look;
}

const medianSeconds = 20 * 60;
/** So that the 95th percentile is 125 minutes. */
const spread = Math.log(125 / 20) / 1.645;
const segments = 20;

/**
 * `count` operations of one shape. Durations are log-normal (median 20 min, 95th percentile 125 min, 1 min to
 * 6 h), PENDING takes 20 to 120 s of them (half a trace at most), the rate of work drifts by +-30 %, the size is
 * 100 MB to 1 TB. Half of the traces show figures (0 of n) while PENDING.
 */
export function makeTraces(shape: Shape, count: number, seed: number): Trace[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => makeTrace(shape, random));
}

function makeTrace(shape: Shape, random: Random): Trace {
  const seconds = Math.min(6 * 3600, Math.max(60, medianSeconds * Math.exp(spread * random.normal())));
  const pendingSeconds = Math.min(random.between(20, 120), seconds / 2);
  const figuresWhilePending = random.between(0, 1) < 0.5;
  const totalMegaBytes = Math.round(Math.exp(random.between(Math.log(100), Math.log(1_000_000))));
  const work = driftingWork(random);
  const report = shape.make(random);
  return {
    durationMs: Math.round(seconds * 1_000),
    look(atMs) {
      const workSeconds = atMs / 1_000 - pendingSeconds;
      if (workSeconds < 0 && !figuresWhilePending) return { atMs };
      const figures = report({
        work: work(Math.max(0, workSeconds) / (seconds - pendingSeconds)),
        elapsedSeconds: atMs / 1_000,
        leftSeconds: seconds - atMs / 1_000,
        totalMegaBytes,
      });
      return { atMs, ...figures };
    },
  };
}

/** Share of time to share of work, at a rate that wanders between 0.7 and 1.3. */
function driftingWork(random: Random): (time: number) => number {
  const sums = [0];
  let rate = random.between(0.7, 1.3);
  for (let i = 0; i < segments; i += 1) {
    sums.push(sums[i]! + rate);
    rate = Math.min(1.3, Math.max(0.7, rate + random.between(-0.3, 0.3)));
  }
  const whole = sums[segments]!;
  return (time) => {
    const place = Math.min(1, Math.max(0, time)) * segments;
    const index = Math.min(segments - 1, Math.floor(place));
    return (sums[index]! + (sums[index + 1]! - sums[index]!) * (place - index)) / whole;
  };
}
