import { isCancellation, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities';
import type { Looked } from '../../domain/plan/finding';
import { failureTypeOf, runFailureOf } from '../failure';

/** Looks before acting: tried twice and then left alone, for what they cannot see is a warning and nothing worse. */
export const glance = proxyActivities<Activities>({
  summary: 'look before acting',
  startToCloseTimeout: '10 seconds',
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '300 milliseconds', maximumAttempts: 2 },
});

/** One that runs SQL, and is waited for a little on the side of AWS. */
export const longGlance = proxyActivities<Activities>({
  summary: 'look before acting',
  startToCloseTimeout: '25 seconds',
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '300 milliseconds', maximumAttempts: 2 },
});

/** What a look came to; only a cancellation is thrown on. */
export async function looked<T>(looking: Promise<T>): Promise<Looked<T>> {
  try {
    return { seen: await looking };
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { failure: failureTypeOf(error) ?? 'AwsError', why: reason(runFailureOf(error).message) };
  }
}

/** Why, without what failed: the finding's subject says that. */
const reason = (message: string) => message.replace(/^[^[\]]* failed(?: \[[^\]]*\])?: /, '');
