import type { World } from '../core/world';
import type { Statement } from './statement';

/**
 * `WaitTimeSeconds`: holds the answer until the statement has ended, or until so many virtual seconds have passed.
 * Never longer than that many real seconds, so that a stopped clock cannot hang a client.
 */
export async function waitForEnd(
  world: World,
  statement: Statement,
  seconds: number | undefined,
): Promise<void> {
  if (seconds === undefined || statement.status) return;
  let release = (): void => undefined;
  const timeUp = new Promise<void>((resolve) => (release = resolve));
  const deadline = new Date(world.clock.now().getTime() + seconds * 1000);
  const withdraw = world.agenda.at(deadline, `long poll of statement ${statement.id}`, release);
  const timer = setTimeout(release, seconds * 1000);
  timer.unref();
  try {
    await Promise.race([statement.ended, timeUp]);
  } finally {
    clearTimeout(timer);
    withdraw();
  }
}
