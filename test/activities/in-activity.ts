import { asyncLocalStorage, type Context } from '@temporalio/activity';

/**
 * Runs `work` where `Context.current()` answers, as the worker does. @temporalio/testing is not installed, and of the
 * context our activities use nothing but the heartbeat.
 */
export async function inActivity<T>(work: () => Promise<T>): Promise<{ result: T; heartbeats: number }> {
  let heartbeats = 0;
  const context: Pick<Context, 'heartbeat'> = {
    heartbeat: () => {
      heartbeats += 1;
    },
  };
  const result = await asyncLocalStorage.run(context as Context, work);
  return { result, heartbeats };
}

/** What the activity threw; fails the test when it threw nothing. */
export async function thrownIn(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await inActivity(work);
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
