import { Context } from '@temporalio/activity';
import { type AwsCall, toFailure } from './aws-failure';

/**
 * Heartbeats every second while `work` runs, so that the server learns within the heartbeat time-out when a worker was
 * killed between submit and reply, instead of after the whole start-to-close time.
 */
export async function heartbeating<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), 1_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Makes one AWS call as an activity: heartbeats, and errors become rows of the failure table. */
export async function callAws<T>(call: AwsCall, send: () => Promise<T>): Promise<T> {
  try {
    return await heartbeating(send);
  } catch (error) {
    throw toFailure(call, error);
  }
}
