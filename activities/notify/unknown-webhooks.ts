import type { Notifier } from './notifier';

/** Which of these webhooks this worker does not have; their names are no secret. */
export async function unknownWebhooks(
  { webhooks }: Notifier,
  { names }: { names: readonly string[] },
): Promise<{ unknown: string[]; known: string[] }> {
  return { unknown: names.filter((name) => !webhooks.has(name)), known: [...webhooks.keys()].sort() };
}
