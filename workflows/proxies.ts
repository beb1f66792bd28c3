import { ActivityCancellationType, proxyActivities, type ActivityOptions } from '@temporalio/workflow';
import type { Activities } from '../activities';

/** A worker that was killed is noticed after so long, whatever the start-to-close time (activities/call.ts beats every second). */
const heartbeatTimeout = '5 seconds';

/** Looking changes nothing: short, and tried again a few times; a longer outage is waited out by the wait loop. */
const lookOptions: ActivityOptions = {
  startToCloseTimeout: '15 seconds',
  heartbeatTimeout,
  retry: {
    initialInterval: '1 second',
    backoffCoefficient: 2,
    maximumInterval: '15 seconds',
    maximumAttempts: 6,
  },
};

/** As a look, with room for the server-side long poll of the Data API (at most 30 s). */
const longLookOptions: ActivityOptions = { ...lookOptions, startToCloseTimeout: '45 seconds' };

/**
 * Writes that AWS recognises again by a name or a token: every attempt is the same write. The reply of one under way
 * is always waited for, also when the run is cancelled: the handle must not be lost. All attempts together take about a
 * minute: then an AWS that cannot be reached is told, and one that limits us is waited for with timers.
 */
const submitOptions: ActivityOptions = {
  startToCloseTimeout: '40 seconds',
  heartbeatTimeout,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: {
    initialInterval: '1 second',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
    maximumAttempts: 7,
  },
};

/** The write that has no token: sent once, never retried by Temporal; what became of it is found out by looking. */
const sendOnceOptions: ActivityOptions = { ...submitOptions, retry: { maximumAttempts: 1 } };

/** Reads as many objects as the export has data files. */
const proveOptions: ActivityOptions = { ...lookOptions, startToCloseTimeout: '1 hour' };

/**
 * Telling a receiver that the run has ended. At first for a minute, for which the run stays open; then, in a workflow of
 * its own, for as long as the input says, at growing intervals (docs/adr/0011).
 */
const notifyOptions: ActivityOptions = {
  summary: 'tell that the run has ended',
  startToCloseTimeout: '40 seconds',
  scheduleToCloseTimeout: '1 minute',
  heartbeatTimeout,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 minutes' },
};

export const look = proxyActivities<Activities>(lookOptions);
export const longLook = proxyActivities<Activities>(longLookOptions);
export const submit = proxyActivities<Activities>(submitOptions);
export const sendOnce = proxyActivities<Activities>(sendOnceOptions);
export const prove = proxyActivities<Activities>(proveOptions);
export const notify = proxyActivities<Activities>(notifyOptions);

/** As notify, tried for so long. */
export const notifyFor = (patienceMs: number) =>
  proxyActivities<Activities>({ ...notifyOptions, scheduleToCloseTimeout: patienceMs });
