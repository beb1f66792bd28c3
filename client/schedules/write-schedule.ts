import { ScheduleAlreadyRunning, type ScheduleDescription, type ScheduleHandle } from '@temporalio/client';
import type { ScheduleDefinition } from '../../domain/schedules/definition';
import { changesBetween, type ScheduleChange } from '../../domain/schedules/diff';
import { ClientError } from '../errors';
import { limited, lookFor, type ScheduleContext } from './context';
import { isOurs, readSchedule } from './read-schedule';
import { markOfOurs, temporalSchedule } from './temporal-schedule';

/**
 * Makes a schedule, or finds the same one there.
 * @returns whether it was made now.
 * @throws ClientError `ScheduleExists` when there is another one of this id.
 */
export async function createSchedule(
  context: ScheduleContext,
  definition: ScheduleDefinition,
  scope?: string,
): Promise<boolean> {
  const { id, paused, note, remainingActions } = definition;
  try {
    await limited(context, () =>
      context.client.schedule.create({
        scheduleId: id,
        ...temporalSchedule(definition, context.taskQueue),
        memo: { undrop: markOfOurs, ...(scope !== undefined && { scope }) },
        state: {
          paused: paused ?? false,
          ...(note !== undefined && { note }),
          ...(remainingActions !== undefined && { remainingActions }),
        },
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const there = await lookFor(context, id);
    // It was deleted in between: whoever asks again makes it.
    if (!there) throw error;
    refuseAnother(there, definition, context);
    return false;
  }
}

function refuseAnother(there: ScheduleDescription, definition: ScheduleDefinition, context: ScheduleContext) {
  const exists = (what: string) =>
    new ClientError(
      'ScheduleExists',
      `schedule create failed [schedule=${definition.id}, namespace=${context.place.namespace}]: a schedule of this id exists, ${what}; it was left alone`,
    );
  if (!isOurs(there.memo)) throw exists('which Undrop did not make');
  const changes = differences(context, there, definition);
  if (changes.length > 0) throw exists(`with another ${changes.map(({ field }) => field).join(', ')}`);
}

/** How a schedule must change to be as defined; of nothing when it is so already. */
export function differences(
  { taskQueue }: ScheduleContext,
  there: ScheduleDescription,
  wanted: ScheduleDefinition,
): ScheduleChange[] {
  const read = readSchedule(there);
  return [
    ...changesBetween({ ...read.definition, paused: there.state.paused }, wanted),
    ...(read.strange === undefined ? [] : [{ field: 'when', before: read.strange, after: wanted.when }]),
    ...(read.taskQueue === taskQueue
      ? []
      : [{ field: 'taskQueue', before: read.taskQueue, after: taskQueue }]),
  ];
}

/**
 * Makes a schedule as defined. What a definition does not say stays: whether it is paused and why, how many runs are left.
 */
export async function changeSchedule(
  context: ScheduleContext,
  handle: ScheduleHandle,
  wanted: ScheduleDefinition,
  options: { remainingActions?: number | null | undefined } = {},
): Promise<void> {
  const { paused, note } = wanted;
  await limited(context, () =>
    handle.update((before) => {
      const noted = before.action.memo?.note;
      const left =
        options.remainingActions === undefined ? before.state.remainingActions : options.remainingActions;
      const stateNote = note !== undefined && note !== noted ? note : before.state.note;
      return {
        ...temporalSchedule(wanted, context.taskQueue),
        state: {
          paused: paused ?? before.state.paused,
          ...(stateNote !== undefined && { note: stateNote }),
          ...(typeof left === 'number' && { remainingActions: left }),
        },
      };
    }),
  );
}
