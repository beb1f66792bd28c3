import { nextDelay, type Look, type PollMemory } from '../../domain/poll-schedule';
import type { Random } from './random';

/** The waiting of one trace: after a look that did not see the end, the delay in ms before the next one. */
export type Waiter = (look: () => Look) => number;

export interface Plan {
  name: string;
  start(random: Random): Waiter;
}

export const ours: Plan = {
  name: 'Undrop',
  start: () => {
    let memory: PollMemory = {};
    return (look) => {
      const next = nextDelay(memory, look());
      memory = next.memory;
      return next.delayMs;
    };
  },
};

export const fixed = (seconds: number): Plan => ({
  name: `fixed ${seconds} s`,
  start: () => () => seconds * 1_000,
});

/**
 * The waiter of the AWS SDK for JavaScript v3 (exponentialBackoffWithJitter in `@smithy/core`, read in 3.41.0):
 * before attempt n + 1 a random delay between the minimum and min(maximum, minimum * 2^(n - 1)), and the maximum
 * itself once n exceeds log2(maximum / minimum) + 1. Its total time limit is left out.
 */
export const awsWaiter = (minimumSeconds: number, maximumSeconds: number): Plan => ({
  name: `AWS SDK waiter ${minimumSeconds}..${maximumSeconds}`,
  start: (random) => {
    const ceiling = Math.log2(maximumSeconds / minimumSeconds) + 1;
    let attempt = 0;
    return () => {
      attempt += 1;
      if (attempt > ceiling) return maximumSeconds * 1_000;
      const highest = Math.min(maximumSeconds, minimumSeconds * 2 ** (attempt - 1));
      return random.between(minimumSeconds, highest) * 1_000;
    };
  },
});

/** Each delay a tenth longer than the one before, from 5 s up to 60 s. */
export const geometric: Plan = {
  name: 'geometric 1.1, 5..60 s',
  start: () => {
    let delayMs = 5_000 / 1.1;
    return () => (delayMs = Math.min(60_000, delayMs * 1.1));
  },
};

/** The waiters are those of SnapshotAvailable and ClusterRestored; AWS has none for a table restore. */
export const plans: Plan[] = [
  ours,
  fixed(2),
  fixed(10),
  fixed(15),
  fixed(30),
  fixed(60),
  awsWaiter(15, 120),
  awsWaiter(60, 120),
  geometric,
];
