import { apiVersion } from '../domain/api-version';
import type { OperationName } from '../domain/operations';
import type { RunReference } from '../domain/retry/carried';
import type { RunIdentity, RunLinks } from '../domain/run-identity';
import type { Outcome, RunState } from '../domain/run-state';
import type { RecordedHandle } from './handles-from-history';

export { apiVersion };

/** Temporal's state of the run, in its own words. */
export type RunStatus =
  | 'running'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'terminated'
  | 'timed out'
  | 'continued as new'
  | 'paused'
  | 'unknown';

export type { RunIdentity, RunLinks };

/** Why a run did not end well. */
export interface RunViewFailure {
  /** A row of the failure table, or the type that Temporal gave (`Terminated`, `TimedOut`). */
  type: string;
  message: string;
  remedy: string;
  /** Exit code of the CLI and HTTP status of the API for it. */
  exit: number;
  http: number;
}

/** An AWS call that Temporal is making or will make again. */
export interface PendingActivity {
  activity: string;
  attempt: number;
  lastFailure?: string;
}

/** One run, everything known about it. Plain JSON; times ISO. */
export interface RunView<R = unknown> extends RunIdentity {
  apiVersion: typeof apiVersion;
  operation: OperationName | (string & {});
  title: string;
  status: RunStatus;
  outcome: Outcome;
  startedAt: string;
  endedAt?: string;
  /** The schedule that started it, and the time for which it did. */
  schedule?: string;
  scheduledAt?: string;
  input?: unknown;
  /** Steps, timeline, AWS handles; absent when no worker could be asked and the run's record does not hold it. */
  state?: RunState;
  /** What was made on AWS, from the Event History, while there is no state to tell it; then beside `notice`. */
  aws?: RecordedHandle[];
  /** What the operation returned, once it is done. */
  result?: R;
  failure?: RunViewFailure;
  pendingActivities?: PendingActivity[];
  /** The run that this one goes on from, with a changed input. */
  retryOf?: RunReference;
  /** Why the view may be old or incomplete, in plain words. */
  notice?: string;
}

/** Notice of a view that could not be made anew. */
export const notReachable = 'Temporal is not reachable, still trying; the run itself is not affected';

/** A run in a list. */
export interface RunSummary extends RunIdentity {
  operation: OperationName | (string & {});
  warehouse: string;
  table: string;
  status: RunStatus;
  outcome: Outcome;
  startedAt: string;
  endedAt?: string;
  /** The time for which a schedule started it. */
  scheduledAt?: string;
}

export interface RunList {
  apiVersion: typeof apiVersion;
  runs: RunSummary[];
  /** Give it back to list() for the next page; absent on the last. */
  nextPageToken?: string;
}

/** What came of asking for a run. */
export interface StartResult extends RunIdentity {
  apiVersion: typeof apiVersion;
  operation: OperationName;
  title: string;
  /** False when there was a run of this id already, which is then the one named here. */
  started: boolean;
  reason?: 'already running' | 'already done';
}

const outcomes: Record<RunStatus, Outcome> = {
  running: 'running',
  paused: 'running',
  'continued as new': 'running',
  completed: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  terminated: 'failed',
  'timed out': 'failed',
  unknown: 'running',
};

/** Ours for Temporal's: what a person calls the end of a run. */
export function outcomeOf(status: RunStatus): Outcome {
  return outcomes[status];
}

/** `RUNNING`, `TIMED_OUT` … as the SDK names the states. */
export function statusOf(name: string): RunStatus {
  const status = name.toLowerCase().replace(/_/g, ' ');
  return status in outcomes ? (status as RunStatus) : 'unknown';
}
