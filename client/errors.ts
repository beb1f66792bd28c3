import { failures, type FailureType, isFailureType } from '../domain/failures';
import { describeProblems, type Problem } from '../domain/validation';
import type { ConnectionCheck } from './connection-checks';

/** A row of the client's own failures: as the failure table of domain/, for what goes wrong before a run exists. */
interface ClientFailureRow {
  http: number;
  exit: number;
  remedy: string;
}

/** What can go wrong between a person and Temporal. Type strings are permanent, as those of the failure table. */
export const clientFailures = {
  InvalidInput: failures.InvalidInput,
  RunNotFound: {
    http: 404,
    exit: 5,
    remedy:
      'List the runs (undrop runs list); ended runs are kept as long as the retention of the Temporal namespace.',
  },
  NamespaceNotFound: {
    http: 404,
    exit: 5,
    remedy:
      'Correct TEMPORAL_NAMESPACE (--namespace), or make it: temporal operator namespace create --namespace NAME.',
  },
  TemporalUnreachable: {
    http: 503,
    exit: 1,
    remedy:
      'Start Temporal or correct TEMPORAL_ADDRESS (--address) and the TLS settings; runs that exist are not affected.',
  },
  NotAllowed: {
    http: 403,
    exit: 4,
    remedy:
      'Look at TEMPORAL_API_KEY or the client certificate, and at the rights of that identity in the Temporal namespace.',
  },
  SearchAttributesMissing: {
    http: 503,
    exit: 6,
    remedy:
      'Run "undrop setup" once: it registers the search attributes in the Temporal namespace; nothing was started.',
  },
  SearchAttributeConflict: {
    http: 409,
    exit: 6,
    remedy:
      'Remove the search attribute of that name if nobody else uses it, or give Undrop a Temporal namespace of its own.',
  },
  WorkflowIdTaken: {
    http: 409,
    exit: 6,
    remedy:
      'Choose another workflow id, or leave it out: the default id is made from the input. Nothing was started.',
  },
  NoWorker: {
    http: 503,
    exit: 1,
    remedy:
      'Start a worker on that task queue (npm run worker), or correct UNDROP_TASK_QUEUE and TEMPORAL_NAMESPACE here or there. AWS was asked nothing.',
  },
  LookUpTimedOut: {
    http: 504,
    exit: 1,
    remedy:
      'AWS or the worker is slow: ask again, or for less at once. The Event History of the look-up tells how far it came.',
  },
  ExportUnreadable: {
    http: 409,
    exit: 6,
    remedy:
      'Read an export that is COMPLETED and in DYNAMODB_JSON (undrop exports list shows them); ION is for readers of its own.',
  },
  ScheduleNotFound: {
    http: 404,
    exit: 5,
    remedy: 'List the schedules (undrop schedules list), and correct the id. Nothing was changed.',
  },
  ScheduleExists: {
    http: 409,
    exit: 6,
    remedy:
      'Change the schedule that exists (undrop schedules update, or apply -f with the whole definition), or choose another id. Nothing was changed.',
  },
  ScheduleBusy: {
    http: 409,
    exit: 6,
    remedy:
      'Wait for the run that goes on (undrop runs watch) or cancel it; or let this one wait for it (--overlap buffer-one), or run beside it (--overlap allow-all). Nothing was started.',
  },
  RunEnded: { http: 409, exit: 6, remedy: 'The run has ended; there is nothing to cancel.' },
  RunStillRuns: {
    http: 409,
    exit: 6,
    remedy: 'Wait for its end (undrop runs watch), or cancel it first (undrop runs cancel).',
  },
  RunSuperseded: {
    http: 409,
    exit: 6,
    remedy: 'Look at the latest execution of the run (undrop runs show), and retry that one.',
  },
  NothingToRetry: {
    http: 409,
    exit: 6,
    remedy:
      'The run is done. To do a step of it over, name it (--from); to do all of it again, start it with --again.',
  },
  RetryRefused: {
    http: 409,
    exit: 6,
    remedy: 'Going on from the history cannot help as things are; the message says why. Nothing was changed.',
  },
  TemporalError: { http: 502, exit: 1, remedy: 'See the message of the Temporal server.' },
} as const satisfies Record<string, ClientFailureRow>;

export type ClientFailureType = keyof typeof clientFailures;

/** An error that a person can act on: what failed and why in the message, what to do in `remedy`. */
export class ClientError extends Error {
  override readonly name: string = 'ClientError';
  readonly http: number;
  readonly exit: number;
  readonly remedy: string;

  constructor(
    /** A row of the client's own failures, or of the failure table for what AWS answered to a look-up. */
    readonly type: ClientFailureType | FailureType,
    message: string,
    options: { cause?: unknown; remedy?: string } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const { http, exit, remedy }: ClientFailureRow = isFailureType(type)
      ? failures[type]
      : clientFailures[type];
    this.http = http;
    this.exit = exit;
    this.remedy = options.remedy ?? remedy;
  }
}

/** The input does not fit its schema; nothing was started. */
export class InvalidInputError extends ClientError {
  override readonly name = 'InvalidInputError';

  constructor(
    operation: string,
    readonly problems: readonly Problem[],
  ) {
    super('InvalidInput', `input refused [operation=${operation}]: ${describeProblems(problems)}`);
  }
}

/** Temporal did not answer; `checks` say how far a connection gets. */
export class TemporalUnreachableError extends ClientError {
  override readonly name = 'TemporalUnreachableError';

  constructor(
    address: string,
    readonly checks: readonly ConnectionCheck[],
    cause?: unknown,
  ) {
    const broken = checks.find((check) => !check.ok);
    super(
      'TemporalUnreachable',
      `connection to Temporal failed [address=${address}]: ${broken ? `${broken.name}: ${broken.detail}` : reasonOf(cause)}`,
      { cause },
    );
  }
}

function reasonOf(cause: unknown): string {
  const details = (cause as { details?: string } | undefined)?.details;
  return details || (cause instanceof Error ? cause.message : 'no answer in time');
}
