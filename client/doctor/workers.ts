import type { Client } from '@temporalio/client';
import type { ClientConfig } from '../../config/client-config';
import { formatDuration } from '../../domain/duration';
import type { AwsAccess } from '../../domain/look-ups/aws-access';
import { version } from '../../domain/version';
import { clientFailures } from '../client-failures';
import { ClientError } from '../errors';
import { lookUp } from '../look-up';
import { pollersOf, type Poller } from '../pollers';
import { type Check, ok, unchecked, warning, wrong, wrongBy } from './check';
import { clockCheck } from './clocks';
import { named } from './temporal';

const group = 'Workers';

/** A poll lasts up to a minute; a worker that was not heard of for longer is gone or has lost its connection. */
const quietMs = 70_000;

/** Whether workers poll the task queue, and who they are. `present` is false when there are none. */
export async function checkPollers(
  client: Client,
  config: ClientConfig,
): Promise<{ checks: Check[]; present: boolean }> {
  const { taskQueue } = config;
  const { remedy, exit } = clientFailures.NoWorker;
  try {
    const workflow = await pollersOf(client, taskQueue, 'workflow');
    const activity = await pollersOf(client, taskQueue, 'activity');
    if (workflow.length === 0) {
      const detail = `no worker polls the task queue ${taskQueue}`;
      return { checks: [wrong({ group, name: 'task queue', detail }, remedy, exit)], present: false };
    }
    const checks = workflow.map((poller) => describePoller(poller, taskQueue));
    if (activity.length === 0) {
      const detail = `no worker polls ${taskQueue} for activities`;
      checks.push(wrong({ group, name: 'activities', detail }, remedy, exit));
    }
    return { checks, present: true };
  } catch (error) {
    return { checks: [wrongBy(group, 'task queue', named(error, config))], present: false };
  }
}

function describePoller({ identity, lastAccessTime, deploymentOptions }: Poller, taskQueue: string): Check {
  const silentMs = Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000;
  const { deploymentName, buildId } = deploymentOptions ?? {};
  const build = [deploymentName, buildId].filter(Boolean).join(' ');
  const who = `${identity || 'a worker'} on ${taskQueue}${build === '' ? '' : `, build ${build}`}`;
  const told = {
    group,
    name: 'task queue',
    detail: `${who}, heard of ${formatDuration(silentMs)} ago`,
  } as const;
  if (silentMs <= quietMs) return { ...told, state: 'ok' };
  return warning(
    told,
    'If it was stopped, all is well: Temporal forgets it after five minutes. Else look at its log.',
  );
}

/** Lets a worker tell about itself and about AWS. `access` is absent when none answers. */
export async function askWorker(
  client: Client,
  config: ClientConfig,
  bucket: string | undefined,
): Promise<{ checks: Check[]; access?: AwsAccess }> {
  const askedMs = Date.now();
  try {
    const input = bucket === undefined ? {} : { bucket };
    const access = await lookUp(client, config.taskQueue, 'awsAccess', input);
    const tookMs = Date.now() - askedMs;
    const aheadMs = askedMs - Date.parse(access.temporalTime);
    return {
      access,
      checks: [
        ok(group, 'answer', `a worker answered in ${(tookMs / 1000).toFixed(1)} s`),
        versionCheck(access.version),
        // The look-up began after it was asked for, and before it was answered.
        clockCheck('Temporal', 'clock', {
          who: 'the clock of this terminal',
          than: 'that of the Temporal server',
          aheadMs,
          coarseMs: Math.max(2_000, tookMs),
        }),
      ],
    };
  } catch (error) {
    const told = named(error, config);
    const older = told.type === 'InvalidInput' && /no look-up of this kind/.test(told.message);
    const failed = older
      ? new ClientError('NoWorker', 'the worker is older than this client: it cannot be asked this', {
          remedy: `Bring the worker to ${version}, as this client is.`,
        })
      : told;
    return {
      checks: [
        wrongBy(group, 'answer', failed),
        unchecked(group, 'version', 'no worker answered'),
        unchecked('Temporal', 'clock', 'no worker answered'),
      ],
    };
  }
}

/** Whether worker and client are of one version. */
export function versionCheck(ofWorker: string): Check {
  if (ofWorker === version) return ok(group, 'version', `worker and this client are ${version}`);
  return warning(
    { group, name: 'version', detail: `the worker is ${ofWorker}, this client ${version}` },
    'Update the older one: what one of them knows the other may not.',
  );
}
