import { Context } from '@temporalio/activity';
import { type AwsCall, failureOf, toFailure } from './aws-failure';

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
    return await heartbeating(async () => {
      const output = await send();
      requireAnswer(call, output);
      return output;
    });
  } catch (error) {
    throw toFailure(call, error);
  }
}

/**
 * Refuses what the SDK made of a page that is not AWS's, see isAnswer.
 * @throws OutcomeUnknown, which is retried.
 */
export function requireAnswer(call: AwsCall, output: unknown): void {
  if (!isAnswer(output)) throw failureOf('OutcomeUnknown', call, 'the answer was empty and not one of AWS');
}

/**
 * Whether AWS said it: an HTML page with status 200 is well-formed XML often enough, and then comes out as an answer with
 * nothing in it. Believed, it would be an empty list, and an empty list of table restores is a reason to send one again.
 * AWS's own answers carry a request id.
 */
export function isAnswer(output: unknown): boolean {
  if (typeof output !== 'object' || output === null || !('$metadata' in output)) return true;
  const { $metadata: metadata, ...members } = output as { $metadata?: { requestId?: string } };
  return metadata?.requestId !== undefined || Object.values(members).some((value) => value !== undefined);
}
