import type { FailureRow } from '../domain/failures';

/** As a row of the failure table of domain/, for what goes wrong before a run exists, or beside it. */
export interface ClientFailureRow extends Pick<FailureRow, 'http' | 'exit' | 'remedy'> {
  /** What has happened, for docs/failures.md; the message of an error says it with names. */
  means: string;
}

/**
 * What can go wrong between a person and Temporal. Type strings are permanent, as those of the failure table, and none is
 * in both. The second chapter of docs/failures.md is generated from this table and tested against it.
 */
export const clientFailures = {
  RunNotFound: {
    means: 'The Temporal namespace has no run of this id, or does not have it any more.',
    http: 404,
    exit: 5,
    remedy:
      'List the runs (undrop runs list); ended runs are kept as long as the retention of the Temporal namespace.',
  },
  NamespaceNotFound: {
    means: 'The Temporal server has no namespace of this name.',
    http: 404,
    exit: 5,
    remedy:
      'Correct TEMPORAL_NAMESPACE (--namespace), or make it: temporal operator namespace create --namespace NAME.',
  },
  TemporalUnreachable: {
    means:
      'Temporal did not answer, or not in time. The checks that come with it say how far a connection gets.',
    http: 503,
    exit: 1,
    remedy:
      'Start Temporal or correct TEMPORAL_ADDRESS (--address) and the TLS settings; runs that exist are not affected.',
  },
  NotAllowed: {
    means: 'Temporal does not know this identity, or does not allow it what was asked for.',
    http: 403,
    exit: 4,
    remedy:
      'Look at TEMPORAL_API_KEY or the client certificate, and at the rights of that identity in the Temporal namespace.',
  },
  SearchAttributesMissing: {
    means: 'The Temporal namespace lacks search attributes, by which runs are found and listed.',
    http: 503,
    exit: 6,
    remedy:
      'Run "undrop setup" once: it registers the search attributes in the Temporal namespace; nothing was started.',
  },
  SearchAttributeConflict: {
    means: 'The Temporal namespace has a search attribute of that name, with another type than Keyword.',
    http: 409,
    exit: 6,
    remedy:
      'Remove the search attribute of that name if nobody else uses it, or give Undrop a Temporal namespace of its own.',
  },
  WorkflowIdTaken: {
    means: 'A run of this id exists, of another operation or with another input. It was left alone.',
    http: 409,
    exit: 6,
    remedy:
      'Choose another workflow id, or leave it out: the default id is made from the input. Nothing was started.',
  },
  NoWorker: {
    means: 'No worker answered on the task queue, or none that is new enough to know the question.',
    http: 503,
    exit: 1,
    remedy:
      'Start a worker on that task queue (npm run worker), or correct UNDROP_TASK_QUEUE and TEMPORAL_NAMESPACE here or there. AWS was asked nothing.',
  },
  LookUpTimedOut: {
    means: 'A worker took the question, and there was no answer within two minutes.',
    http: 504,
    exit: 1,
    remedy:
      'AWS or the worker is slow: ask again, or for less at once. The Event History of the look-up tells how far it came.',
  },
  ExportUnreadable: {
    means: 'The export has not come to a good end, or is in a format whose items are not read here.',
    http: 409,
    exit: 6,
    remedy:
      'Read an export that is COMPLETED and in DYNAMODB_JSON (undrop exports list shows them); ION is for readers of its own.',
  },
  ScheduleNotFound: {
    means: 'There is no schedule of this id, or Undrop did not make it.',
    http: 404,
    exit: 5,
    remedy: 'List the schedules (undrop schedules list), and correct the id. Nothing was changed.',
  },
  ScheduleExists: {
    means: 'A schedule of this id exists, with another definition, or not made by Undrop. It was left alone.',
    http: 409,
    exit: 6,
    remedy:
      'Change the schedule that exists (undrop schedules update, or apply -f with the whole definition), or choose another id. Nothing was changed.',
  },
  ScheduleBusy: {
    means: 'A run of the schedule goes on, and the schedule skips one that is due then.',
    http: 409,
    exit: 6,
    remedy:
      'Wait for the run that goes on (undrop runs watch) or cancel it; or let this one wait for it (--overlap buffer-one), or run beside it (--overlap allow-all). Nothing was started.',
  },
  RunEnded: {
    means: 'A run was to be cancelled that had ended before.',
    http: 409,
    exit: 6,
    remedy: 'The run has ended; there is nothing to cancel.',
  },
  RunStillRuns: {
    means: 'A run was to be retried that goes on.',
    http: 409,
    exit: 6,
    remedy: 'Wait for its end (undrop runs watch), or cancel it first (undrop runs cancel).',
  },
  RunSuperseded: {
    means: 'An execution was to be retried after which the run had another one.',
    http: 409,
    exit: 6,
    remedy: 'Look at the latest execution of the run (undrop runs show), and retry that one.',
  },
  NothingToRetry: {
    means: 'A run was to be retried that is done, or something that is no run of Undrop.',
    http: 409,
    exit: 6,
    remedy:
      'The run is done. To do a step of it over, name it (--from); to do all of it again, start it with --again.',
  },
  RetryRefused: {
    means: 'A retry as it was asked for could only fail again, or would do harm.',
    http: 409,
    exit: 6,
    remedy: 'Going on from the history cannot help as things are; the message says why. Nothing was changed.',
  },
  TemporalError: {
    means: 'The Temporal server answered with an error that Undrop does not know better.',
    http: 502,
    exit: 1,
    remedy: 'See the message of the Temporal server.',
  },
} as const satisfies Record<string, ClientFailureRow>;

export type ClientFailureType = keyof typeof clientFailures;
