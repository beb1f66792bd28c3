import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Observation } from '../domain/aws/observation';
import { formatDuration } from '../domain/duration';
import type { FailureType } from '../domain/failures';
import type { WaitCause } from '../domain/metrics';
import { type Look, nextDelay, type PollMemory } from '../domain/poll-schedule';
import { describeProgress } from '../domain/run-card';
import { fail, failureTypeOf, passesByItself, runFailureOf } from './failure';
import { countLook, measureWait } from './metrics';
import type { Step } from './run';

export interface Wait<T> {
  step: Step;
  /** What is waited for, with its name: `table restore r-123`. */
  what: string;
  handles: Record<string, string>;
  deadlineMs: number;
  look: () => Promise<T>;
  observe: (looked: T) => Observation;
  /** Answers that mean "not to be seen yet" for so long after the submit: AWS's lists lag. */
  notYet: { type: FailureType; forMs: number };
  /** The first look, where the answer to the submit was one. */
  first?: T;
  /** Called when the run is cancelled or gives up waiting, before the wait ends; says what becomes of it on AWS. */
  abandon: (why: 'cancelled' | 'deadline') => Promise<string> | string;
}

/**
 * The one durable wait loop: look → observation → next delay → sleep. Every look and every timer is in the Event
 * History; a worker that dies costs nothing. An outage of AWS while waiting is waited out, up to the deadline.
 * @throws the failure the observation names, DeadlinePassed, or the cancellation.
 */
export async function waitFor<T>(wait: Wait<T>): Promise<T> {
  const { step, what } = wait;
  const startedAt = Date.now();
  let memory: PollMemory = {};
  let looks = 0;
  let first = wait.first;
  let begun: Look | undefined;
  try {
    for (;;) {
      let seen: Look = { atMs: Date.now() - startedAt };
      const looked = first !== undefined ? { value: first } : await lookOnce(wait, seen.atMs);
      first = undefined;
      if ('value' in looked) {
        looks += 1;
        const observation = wait.observe(looked.value);
        countLook(step, observation.kind === 'pending' ? 'in-progress' : observation.kind);
        if (observation.kind === 'succeeded') return looked.value;
        if (observation.kind === 'failed')
          throw fail(observation.failure, what, wait.handles, observation.message);
        seen = { ...seen, ...observation.progress };
        begun ??= seen;
        step.progress({ ...observation.progress, ...estimate(begun, seen), looks });
      }
      const elapsedMs = Date.now() - startedAt;
      if (elapsedMs >= wait.deadlineMs) {
        const now = await wait.abandon('deadline');
        throw fail(
          'DeadlinePassed',
          what,
          wait.handles,
          `still not done after ${formatDuration(elapsedMs)}; ${now}`,
        );
      }
      const next = nextDelay(memory, seen);
      memory = next.memory;
      const delayMs = Math.min(next.delayMs, wait.deadlineMs - elapsedMs);
      step.nextLook(delayMs);
      const seenNow = 'value' in looked ? describeProgress(step.record.progress!) : 'no answer from AWS';
      await sleep(delayMs, { summary: `${seenNow}; next look in ${formatDuration(delayMs)}` });
      measureWait(step, 'value' in looked ? 'aws-works' : looked.cause, delayMs);
    }
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(async () => wait.abandon('cancelled'));
    throw error;
  }
}

/** Seconds left: AWS's estimate, else ours from the rate seen since the first look. */
function estimate(begun: Look, seen: Look): { etaSeconds?: number } {
  if (seen.etaSeconds !== undefined) return { etaSeconds: seen.etaSeconds };
  const { doneMegaBytes: done, totalMegaBytes: total } = seen;
  const gained = (done ?? 0) - (begun.doneMegaBytes ?? 0);
  if (!done || !total || gained <= 0) return {};
  return {
    etaSeconds: Math.max(0, Math.round((((total - done) / gained) * (seen.atMs - begun.atMs)) / 1000)),
  };
}

/** One look, or why there was none to be had just now. Refusals that do not pass by themselves are thrown. */
async function lookOnce<T>(
  { step, look, what, notYet }: Wait<T>,
  elapsedMs: number,
): Promise<{ value: T } | { cause: WaitCause }> {
  try {
    return { value: await look() };
  } catch (error) {
    const type = failureTypeOf(error);
    if (type === notYet.type && elapsedMs < notYet.forMs) {
      step.waiting(`AWS took the ${what} but does not show it yet`);
      countLook(step, 'not-listed');
      return { cause: 'aws-list-lags' };
    }
    if (!passesByItself(type)) throw error;
    step.waiting(
      `AWS cannot be asked about the ${what} just now (${runFailureOf(error).type}); still trying`,
    );
    countLook(step, 'no-answer');
    return { cause: 'aws-unreachable' };
  }
}

/**
 * Submits, and waits with growing durable timers while AWS is not ready to take it (busy cluster, quotas, throttles).
 * @throws the refusal itself when it does not pass by itself, or when the deadline is over; the cancellation, before a send.
 */
export async function submitWhenReady<T>(options: {
  step: Step;
  what: string;
  handles: Record<string, string>;
  deadlineMs: number;
  /** Failures worth waiting for here. */
  waitable: (error: unknown) => boolean;
  send: () => Promise<T>;
}): Promise<T> {
  const startedAt = Date.now();
  let memory: PollMemory = {};
  const scope = CancellationScope.current();
  for (;;) {
    // A cancelled run brings home what is under way, and begins nothing more.
    if (scope.consideredCancelled) await scope.cancelRequested;
    try {
      const sent = await CancellationScope.nonCancellable(options.send);
      options.step.resume();
      return sent;
    } catch (error) {
      const elapsedMs = Date.now() - startedAt;
      if (!options.waitable(error) || elapsedMs >= options.deadlineMs) throw error;
      options.step.waiting(runFailureOf(error).remedy);
      const next = nextDelay(memory, { atMs: elapsedMs });
      memory = next.memory;
      const delayMs = Math.min(Math.max(next.delayMs, 5_000), options.deadlineMs - elapsedMs);
      options.step.nextLook(delayMs);
      await sleep(delayMs, {
        summary: `${options.what}: ${failureTypeOf(error)}, next try in ${formatDuration(delayMs)}`,
      });
      measureWait(options.step, 'aws-not-ready', delayMs);
    }
  }
}
