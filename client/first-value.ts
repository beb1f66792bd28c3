import type { Client } from '@temporalio/client';
import type { HistoryEvent } from './history-pages';

export type Payloads = NonNullable<
  NonNullable<HistoryEvent['activityTaskCompletedEventAttributes']>['result']
>['payloads'];

/** The first of the payloads in an Event History, decoded by the client's own data converter; undefined when there is none. */
export async function firstValue(client: Client, payloads: Payloads): Promise<unknown> {
  const { payloadCodecs, payloadConverter } = client.options.loadedDataConverter;
  let decoded = payloads ?? [];
  for (const codec of [...payloadCodecs].reverse()) decoded = await codec.decode(decoded);
  const [first] = decoded;
  return first === undefined ? undefined : payloadConverter.fromPayload(first);
}
