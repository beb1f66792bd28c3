import { ClientError } from '../../client';
import type { StandInRig } from './stand-in-rig';

/** Removes the schedules that a test file has left. */
export async function removeSchedules({ operations, cluster }: StandInRig): Promise<void> {
  const { schedules } = await operations.schedules.list({ warehouse: cluster });
  for (const { id } of schedules) {
    try {
      await operations.schedules.delete(id);
    } catch (error) {
      // The list is a moment behind: it may show one that a test has just removed.
      if (!(error instanceof ClientError && error.type === 'ScheduleNotFound')) throw error;
    }
  }
}
