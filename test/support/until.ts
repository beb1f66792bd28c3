import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until something is seen. @throws Error when it is not, in a minute. */
export async function until<T>(look: () => Promise<T | undefined>, what = 'what was waited for'): Promise<T> {
  for (let round = 0; round < 600; round += 1) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(100);
  }
  throw new Error(`${what} was not seen in time`);
}
