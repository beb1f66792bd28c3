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
 * cut bodies and HTML pages come as plain `Error` (docs/aws-notes.md, 24). Nor are errors for which the SDK found no code in
 * the body: a proxy's 403 page that happens to be well-formed XML is thrown as a service error named `Unknown`. S3's
 * answers to HEAD have no body and are such errors rightly.
 */
export function awsErrorFacts(call: Pick<AwsCall, 'service' | 'operation'>, error: unknown): AwsErrorFacts {
  const thrown = (
    typeof error === 'object' && error !== null ? error : { message: String(error) }
  ) as SdkError;
  const name = typeof thrown.name === 'string' ? thrown.name : 'Error';
  const httpStatus = thrown.$metadata?.httpStatusCode ?? thrown.$response?.statusCode;
  const transport =
    typeof thrown.code === 'string' && /^[A-Z_]+$/.test(thrown.code) ? thrown.code : undefined;
  const message = typeof thrown.message === 'string' ? thrown.message : '';
  const nameless = isNameless(name) || (name === 'NotFound' && isNameless(message));
  const answered = thrown.$fault !== undefined && (call.service === 's3' || !nameless);
  return {
    service: call.service,
    operation: call.operation,
    code: typeof thrown.Code === 'string' ? thrown.Code : name,
    message,
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

/** One line about anything that an AWS client threw: `ECONNRESET: socket hang up`. */
export function describeAwsError(call: Pick<AwsCall, 'service' | 'operation'>, error: unknown): string {
  return wording(awsErrorFacts(call, error));
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

/** What the SDK calls an error when the answer has no code in it. */
const isNameless = (text: string) => text === 'Unknown' || text === 'UnknownError';

function wording({ code, message, transport, answered, httpStatus }: AwsErrorFacts): string {
  // The SDK adds advice for programmers below the first line.
  const text = message.split('\n')[0]!.trim() || 'no message';
  if (transport === undefined && isNameless(code)) return `HTTP ${httpStatus}, without a reason of AWS`;
  if (transport === undefined && !answered && httpStatus !== undefined)
    return `HTTP ${httpStatus}, and the answer was not one of AWS: ${text}`;
  const name = transport ?? code;
  return name === 'Error' ? text : `${name}: ${text}`;
}
