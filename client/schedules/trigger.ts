import { setTimeout as sleep } from 'node:timers/promises';
import type { ScheduleDescription } from '@temporalio/client';
import type { Overlap } from '../../domain/schedules/definition';
import { ClientError } from '../errors';
import { identify } from '../links';
import { apiVersion } from '../run-view';
import { limited, ours, type ScheduleContext } from './context';
import { identifySchedule } from './links';
import type { TriggerResult } from './schedule-view';
import { policyOf } from './temporal-schedule';

/** How long Temporal is watched until it has begun the run, and how often. */
const patience = { tries: 50, eachMs: 200 };

/**
 * Asks for a run now, whatever the schedule says; its scheduled time is now. With the schedule's own policy for overlaps
 * when none is told.
 * @throws ClientError `ScheduleBusy` when a run goes on and the policy is to skip: Temporal would say nothing.
 */
export async function triggerSchedule(
  context: ScheduleContext,
  id: string,
  overlap?: Overlap,
): Promise<TriggerResult> {
  const { place } = context;
  const { handle, described: before } = await ours(context, 'schedule trigger', id);
  const policy = overlap === undefined ? before.policies.overlap : policyOf(overlap);
  const [running] = before.info.runningActions;
  if (running && policy === 'SKIP') {
    throw new ClientError(
      'ScheduleBusy',
      `schedule trigger failed [schedule=${id}, run=${running.workflow.workflowId}]: a run goes on, and the schedule skips one that is due then`,
    );
  }
  // The id of a run has the second in it: two in one second would be two executions of one run.
  const last = before.info.recentActions.at(-1)?.takenAt.getTime() ?? 0;
  if (Math.abs(context.now() - last) < 1_000) await sleep(1_000);
  await limited(context, () => handle.trigger(policy));
  for (let left = patience.tries; left > 0; left -= 1) {
    const after = await limited(context, () => handle.describe());
    const run = newRun(before, after);
    const waiting = Number(after.raw.info?.bufferSize ?? 0) > Number(before.raw.info?.bufferSize ?? 0);
    if (run || (running && waiting)) {
      return {
        apiVersion,
        ...identifySchedule(place, id),
        ...(run && { run: runOf(place, run) }),
        waiting: !run,
      };
    }
    await sleep(patience.eachMs);
  }
  return { apiVersion, ...identifySchedule(place, id), waiting: true };
}

type Action = ScheduleDescription['info']['recentActions'][number];

const runOf = (place: ScheduleContext['place'], { action: { workflow } }: Action) => {
  const { workflowId, runId, links } = identify(place, workflow.workflowId, workflow.firstExecutionRunId);
  return { workflowId, runId, links };
};

function newRun(before: ScheduleDescription, after: ScheduleDescription): Action | undefined {
  const known = new Set(before.info.recentActions.map(({ action }) => action.workflow.firstExecutionRunId));
  return after.info.recentActions.findLast(({ action }) => !known.has(action.workflow.firstExecutionRunId));
}
