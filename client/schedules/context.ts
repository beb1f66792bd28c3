import {
  ScheduleNotFoundError,
  type Client,
  type ScheduleDescription,
  type ScheduleHandle,
} from '@temporalio/client';
import { ClientError } from '../errors';
import type { Place } from '../links';
import { callTimeoutMs } from '../call-timeout';
import { isOurs } from './read-schedule';

/** What the work on schedules needs. */
export interface ScheduleContext {
  client: Client;
  place: Place;
  taskQueue: string;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Runs calls to the server with a time limit. */
export const limited = <T>({ client }: ScheduleContext, body: () => Promise<T>): Promise<T> =>
  client.withDeadline(Date.now() + callTimeoutMs, body);

/** A schedule by its id; undefined when there is none. */
export async function lookFor(
  context: ScheduleContext,
  id: string,
): Promise<ScheduleDescription | undefined> {
  try {
    return await limited(context, () => context.client.schedule.getHandle(id).describe());
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

/** A schedule of ours. @throws ClientError `ScheduleNotFound`, also for one that somebody else made. */
export async function ours(
  context: ScheduleContext,
  what: string,
  id: string,
): Promise<{ handle: ScheduleHandle; described: ScheduleDescription }> {
  const described = await lookFor(context, id);
  const handles = `[schedule=${id}, namespace=${context.place.namespace}]`;
  if (!described)
    throw new ClientError('ScheduleNotFound', `${what} failed ${handles}: there is no such schedule`);
  if (!isOurs(described.memo)) {
    throw new ClientError(
      'ScheduleNotFound',
      `${what} failed ${handles}: the schedule of this id was not made by Undrop; it was left alone`,
    );
  }
  return { handle: context.client.schedule.getHandle(id), described };
}
