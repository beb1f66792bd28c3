import { maximumDelayMs, minimumDelayMs } from '../../domain/poll-schedule';
import type { Plan } from './plans';
import { seededRandom } from './random';
import type { Trace } from './traces';

/** What one wait cost. */
export interface Outcome {
  looks: number;
  lagMs: number;
  durationMs: number;
  /** Whether a delay was below 2 s or above max(60 s, 2 % of the elapsed time). */
  outOfBounds: boolean;
}

/** What one look in the product's wait loop (a describe activity and a timer) adds to the Event History. */
export const eventsPerLook = 11;

/** Waits for one trace: looks at 0, then after every delay, until a look is not before the end. */
export function wait(plan: Plan, trace: Trace, seed: number): Outcome {
  const waiter = plan.start(seededRandom(seed));
  let looks = 1;
  let atMs = 0;
  let outOfBounds = false;
  while (atMs < trace.durationMs) {
    const delayMs = waiter(() => trace.look(atMs));
    outOfBounds ||= !(delayMs >= minimumDelayMs && delayMs <= maximumDelayMs(atMs));
    atMs += delayMs;
    looks += 1;
  }
  return { looks, lagMs: atMs - trace.durationMs, durationMs: trace.durationMs, outOfBounds };
}

/** The two costs of waiting, summed up over many waits. */
export interface Distribution {
  p50: number;
  p95: number;
  worst: number;
  mean: number;
}

/** Looks, lag and history of one plan on one set of traces. */
export interface Summary {
  plan: string;
  looks: Distribution;
  lagSeconds: Distribution;
  lagShareP95: number;
  eventsP50: number;
  eventsP95: number;
  /** The longest lag as a share of max(60 s, 2 % of the duration). */
  worstLagShareOfBound: number;
  waitsOutOfBounds: number;
}

export function summarize(plan: string, outcomes: Outcome[]): Summary {
  const looks = distribution(outcomes.map(({ looks }) => looks));
  return {
    plan,
    looks,
    lagSeconds: distribution(outcomes.map(({ lagMs }) => lagMs / 1_000)),
    lagShareP95: distribution(outcomes.map(({ lagMs, durationMs }) => lagMs / durationMs)).p95,
    eventsP50: looks.p50 * eventsPerLook,
    eventsP95: looks.p95 * eventsPerLook,
    worstLagShareOfBound: distribution(
      outcomes.map(({ lagMs, durationMs }) => lagMs / maximumDelayMs(durationMs)),
    ).worst,
    waitsOutOfBounds: outcomes.filter(({ outOfBounds }) => outOfBounds).length,
  };
}

function distribution(values: number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return {
    p50: at(0.5),
    p95: at(0.95),
    worst: at(1),
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
  };
}
