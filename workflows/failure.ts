import { ActivityFailure, ApplicationFailure, isCancellation, TimeoutFailure } from '@temporalio/workflow';
import { failureMessage, failures, isFailureType, type FailureType } from '../domain/failures';
import type { RunFailure } from '../domain/run-state';
import { describeProblems, type Problem } from '../domain/validation';

/** A failure of the table, thrown by workflow code itself. */
export function fail(
  type: FailureType,
  what: string,
  handles: Record<string, string | number | undefined>,
  why: string,
): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    nonRetryable: true,
    message: failureMessage(what, handles, why),
    details: [{ remedy: failures[type].remedy }],
  });
}

/** The input of a run is none: nothing was started. */
export function invalidInput(operation: string, problems: readonly Problem[]): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'InvalidInput',
    nonRetryable: true,
    message: `${operation} was not started: ${describeProblems(problems)}`,
    details: [{ remedy: failures.InvalidInput.remedy, problems }],
  });
}

/** What a run ends with: its failure, and in the details what was found out and the record. */
export function failureOfRun(
  { type, message, remedy }: RunFailure,
  told: Record<string, unknown>,
  cause: unknown,
): ApplicationFailure {
  const failure = ApplicationFailure.create({
    type,
    message,
    nonRetryable: true,
    details: [{ ...told, remedy }],
    ...(cause instanceof Error && { cause }),
  });
  // The Temporal UI shows the stack right below the message: where this line is helps nobody, and the cause has its own.
  failure.stack = `What to do: ${remedy}`;
  return failure;
}

/** The row of the failure table behind anything an activity or workflow code threw; undefined for cancellations. */
export function failureTypeOf(error: unknown): FailureType | undefined {
  if (isCancellation(error)) return undefined;
  const root = error instanceof ActivityFailure ? error.cause : error;
  if (root instanceof ApplicationFailure && isFailureType(root.type)) return root.type;
  // No answer of the activity within its time: the worker died or AWS hung.
  if (root instanceof TimeoutFailure) return 'OutcomeUnknown';
  return undefined;
}

/** What is recorded of a failure: its row, its words, the remedy. */
export function runFailureOf(error: unknown): RunFailure {
  const type = failureTypeOf(error) ?? 'AwsError';
  const root = error instanceof ActivityFailure ? error.cause : error;
  const message = root instanceof Error ? root.message : String(error);
  return { type, message, remedy: failures[type].remedy };
}

/** Whether the run may wait for it to pass: rows with action `retry` or `wait`. */
export function passesByItself(type: FailureType | undefined): boolean {
  return type !== undefined && (failures[type].action === 'retry' || failures[type].action === 'wait');
}

/**
 * Whether a submit that was surely not heard is worth waiting with: AWS is there but not ready. An endpoint that cannot
 * be reached at all is not (the attempts of the activity have tried it for a while), and a lost answer is another matter.
 */
export function worthQueueing(type: FailureType | undefined): boolean {
  return passesByItself(type) && type !== 'AwsUnreachable' && type !== 'OutcomeUnknown';
}
