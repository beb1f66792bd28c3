import { ApplicationFailure } from '@temporalio/activity';
import { type AwsErrorFacts, type AwsService, classifyAwsError, provesNotDone } from '../domain/aws-errors';
import { failureMessage, failures, type FailureType } from '../domain/failures';

/** The call an error came from, and the handles a person needs to find it on AWS. */
export interface AwsCall {
  service: AwsService;
  operation: string;
  /** What was to be done, in words: `copy of the snapshot`. */
  what: string;
  handles: Record<string, string | undefined>;
}

interface SdkError {
  name?: unknown;
  Code?: unknown;
  code?: unknown;
  message?: unknown;
  $fault?: unknown;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number };
}

/**
 * What is known of anything that was thrown by an AWS client. Errors without `$fault` are not answers of AWS: time-outs,
 * cut bodies and HTML pages with status 200 come as plain `Error` (reliability.md §0.2).
 */
export function awsErrorFacts(call: Pick<AwsCall, 'service' | 'operation'>, error: unknown): AwsErrorFacts {
  const thrown = (
    typeof error === 'object' && error !== null ? error : { message: String(error) }
  ) as SdkError;
  const name = typeof thrown.name === 'string' ? thrown.name : 'Error';
  const httpStatus = thrown.$metadata?.httpStatusCode ?? thrown.$response?.statusCode;
  const transport =
    typeof thrown.code === 'string' && /^[A-Z_]+$/.test(thrown.code) ? thrown.code : undefined;
  const answered = thrown.$fault !== undefined;
  return {
    ...call,
    code: typeof thrown.Code === 'string' ? thrown.Code : name,
    message: typeof thrown.message === 'string' ? thrown.message : '',
    answered,
    ...(httpStatus !== undefined && { httpStatus }),
    ...(transport !== undefined && !answered && { transport }),
  };
}

/**
 * The one place where an AWS error becomes an ApplicationFailure of the failure table. The cause is kept; only the
 * action `retry` is retried by Temporal, everything else goes back to the workflow, which decides.
 */
export function toFailure(call: AwsCall, error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  const facts = awsErrorFacts(call, error);
  return failureOf(classifyAwsError(facts), call, wording(facts), error);
}

/** A failure of a given type, for what an activity finds out by itself. */
export function failureOf(
  type: FailureType,
  call: Pick<AwsCall, 'what' | 'handles'>,
  why: string,
  cause?: unknown,
): ApplicationFailure {
  const { action, remedy } = failures[type];
  return ApplicationFailure.create({
    type,
    message: failureMessage(call.what, call.handles, why),
    nonRetryable: action !== 'retry',
    details: [{ remedy }],
    ...(cause instanceof Error && { cause: new Error(cause.message) }),
  });
}

/** Whether the error proves that a write did not happen; see domain/aws-errors. */
export function provesWriteNotDone(call: Pick<AwsCall, 'service' | 'operation'>, error: unknown): boolean {
  return provesNotDone(awsErrorFacts(call, error));
}

function wording(facts: AwsErrorFacts): string {
  const code = facts.transport ?? facts.code;
  const text = facts.message || 'no message';
  return code === 'Error' ? text : `${code}: ${text}`;
}
