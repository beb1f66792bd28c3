import { defaultPayloadConverter } from '@temporalio/common';
import type { Payloads } from '../../client/first-value';
import type { HistoryEvent } from '../../client/history-pages';

const payloads = (value: unknown): Payloads => [defaultPayloadConverter.toPayload(value)!];

/** The events of one activity: asked for, and two events later answered, unless it still runs. */
export function activity(id: number, name: string, input: unknown, result?: unknown): HistoryEvent[] {
  const scheduled = {
    eventId: id,
    activityTaskScheduledEventAttributes: {
      activityType: { name },
      input: { payloads: payloads(input) },
    },
  };
  const completed = {
    eventId: id + 2,
    activityTaskCompletedEventAttributes: {
      scheduledEventId: id,
      result: { payloads: payloads(result) },
    },
  };
  return (result === undefined ? [scheduled] : [scheduled, completed]) as unknown as HistoryEvent[];
}
