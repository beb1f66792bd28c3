import type { ScheduleDescription } from '@temporalio/client';
import { listRuns } from '../list-runs';
import { apiVersion } from '../run-view';
import type { ScheduleContext } from './context';
import { specInWords } from './in-words';
import { identifySchedule } from './links';
import { readSchedule } from './read-schedule';
import type { ScheduleView } from './schedule-view';
import { scheduleTitle } from './temporal-schedule';

const shownRuns = 10;
const shownTimes = 5;

/** Everything known about a schedule of ours. */
export async function viewOf(
  context: ScheduleContext,
  described: ScheduleDescription,
): Promise<ScheduleView> {
  const { place, client } = context;
  const { scheduleId: id, state, info, raw } = described;
  const { definition, spec, scope, strange } = readSchedule(described);
  const { runs } = await listRuns(client, place, { schedule: id, limit: shownRuns });
  const why = raw.info?.invalidScheduleError;
  const notices = [
    ...(why ? [`Temporal cannot follow it: ${why}`] : []),
    ...(strange === undefined ? [] : [strange]),
    ...(state.remainingActions === 0 ? ['all its runs were started: it starts no more'] : []),
  ];
  return {
    apiVersion,
    ...identifySchedule(place, id),
    operation: definition.operation,
    title: scheduleTitle(definition),
    when: specInWords(spec),
    definition,
    paused: state.paused,
    ...(state.note && { note: state.note }),
    ...(state.remainingActions !== undefined && { remainingActions: state.remainingActions }),
    next: info.nextActionTimes.slice(0, shownTimes).map((time) => time.toISOString()),
    runs,
    counts: {
      started: info.numActionsTaken,
      missedCatchup: info.numActionsMissedCatchupWindow,
      skippedOverlap: info.numActionsSkippedOverlap,
      bufferDropped: Number(raw.info?.bufferDropped ?? 0),
      waiting: Number(raw.info?.bufferSize ?? 0),
      running: info.runningActions.length,
    },
    createdAt: info.createdAt.toISOString(),
    ...(info.lastUpdatedAt && { updatedAt: info.lastUpdatedAt.toISOString() }),
    ...(scope !== undefined && { scope }),
    ...(notices.length > 0 && { notice: notices.join('; ') }),
  };
}
