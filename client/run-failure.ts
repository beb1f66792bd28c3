import { ApplicationFailure, CancelledFailure, TerminatedFailure, TimeoutFailure } from '@temporalio/client';
import { failures, isFailureType } from '../domain/failures';
import type { RunState } from '../domain/run-state';
import type { RunViewFailure } from './run-view';

/** What the failure of a workflow says about its run: the row of the table behind it, and the run's last state. */
export function runFailureOf(error: Error | undefined): { failure: RunViewFailure; state?: RunState } {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ApplicationFailure && isFailureType(cause.type)) {
      const { exit, http, remedy } = failures[cause.type];
      const told = detailsOf(cause);
      const failure = {
        type: cause.type,
        message: cause.message,
        remedy: told?.remedy ?? remedy,
        exit,
        http,
      };
      return { failure, ...(told?.state && { state: told.state }) };
    }
    if (cause instanceof CancelledFailure) {
      const { exit, http, remedy } = failures.Cancelled;
      const state = detailsOf(cause)?.state;
      return {
        failure: { type: 'Cancelled', message: 'the run was cancelled', remedy, exit, http },
        ...(state && { state }),
      };
    }
  }
  return { failure: unlisted(error) };
}

/** Ends that no row of the table is about: somebody ended the run on Temporal, or the workflow itself is at fault. */
function unlisted(error: Error | undefined): RunViewFailure {
  const message = error?.message ?? 'the run failed without saying why';
  if (error instanceof TerminatedFailure) {
    return {
      type: 'Terminated',
      message: `the run was terminated on Temporal: ${message}`,
      remedy: 'Go on with it (undrop runs retry): it takes over what AWS has done or is still doing for it.',
      exit: 1,
      http: 409,
    };
  }
  if (error instanceof TimeoutFailure) {
    const remedy =
      'Go on with it (undrop runs retry): it takes over what AWS has done or is still doing for it.';
    return { type: 'TimedOut', message, remedy, exit: 1, http: 504 };
  }
  const type = error instanceof ApplicationFailure ? (error.type ?? 'Unexpected') : 'Unexpected';
  return { type, message, remedy: 'See the Event History of the run for the cause.', exit: 1, http: 502 };
}

/** details[0] of a run's failure: `{ remedy, state? }`; anything else that is found there is not ours. */
function detailsOf(failure: {
  details?: unknown[] | null;
}): { remedy?: string; state?: RunState } | undefined {
  const [first] = failure.details ?? [];
  if (typeof first !== 'object' || first === null) return undefined;
  const { remedy, state } = first as { remedy?: unknown; state?: unknown };
  const isState = typeof state === 'object' && state !== null && Array.isArray((state as RunState).steps);
  return {
    ...(typeof remedy === 'string' && { remedy }),
    ...(isState && { state: state as RunState }),
  };
}
