import { durationMs } from '../domain/duration';
import type { EndedRun } from '../domain/notification/notification';
import type { Receiver } from '../domain/operations/notify';
import { notifyFor } from './proxies';

export interface Delivery {
  receiver: Receiver;
  id: string;
  ended: EndedRun;
  /** How long it is tried, a duration. */
  patience: string;
}

/**
 * Tells one receiver, who could not be reached while the run was open, that the run has ended: patiently, and without
 * holding the run, whose id others may want to start again.
 * @throws the failure of the last attempt
 */
export async function deliverNotification({ receiver, id, ended, patience }: Delivery): Promise<void> {
  const patiently = notifyFor(durationMs(patience));
  await sendNotification(patiently, { receiver, id, ended });
}

/** The activity behind a receiver. */
export function sendNotification(
  by: ReturnType<typeof notifyFor>,
  { receiver, id, ended }: Omit<Delivery, 'patience'>,
): Promise<object> {
  return 'webhook' in receiver
    ? by.postWebhook({ webhook: receiver.webhook, id, ended })
    : by.publish({ topicArn: receiver.topicArn, id, ended });
}
