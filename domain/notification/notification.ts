import { apiVersion } from '../api-version';
import { type FailureType, failures, isFailureType } from '../failures';
import { hashOf } from '../hash';
import type { NotifiedOutcome, Receiver } from '../operations/notify';
import { identify, type Place, type RunIdentity } from '../run-identity';
import type { RunFailure, RunState } from '../run-state';

/** What the workflow knows of its run at the end. */
export interface EndedRun {
  workflowId: string;
  runId: string;
  operation: string;
  /** What the run was about, for filters. */
  warehouse: string;
  table: string;
  title: string;
  outcome: NotifiedOutcome;
  /** ISO times. */
  startedAt: string;
  endedAt: string;
  /** As the Temporal UI shows it (operations/shown-input.ts). */
  input: unknown;
  state: RunState;
  result?: unknown;
}

/** The run in a notification: the JSON of `undrop runs show`, as far as a worker can know it. */
export interface RunRecord extends RunIdentity {
  apiVersion: typeof apiVersion;
  operation: string;
  title: string;
  /** Temporal's state, which the run is about to have. */
  status: 'completed' | 'failed' | 'cancelled';
  outcome: NotifiedOutcome;
  startedAt: string;
  endedAt: string;
  input?: unknown;
  state?: RunState;
  result?: unknown;
  failure?: RunFailure & { exit: number; http: number };
}

/** What receivers are sent, in the form that https://www.standardwebhooks.com advises: type, timestamp, data. */
export interface Notification {
  apiVersion: typeof apiVersion;
  /** The same for every attempt to tell one receiver of one end of one run: whoever has seen it may drop the second. */
  id: string;
  type: `undrop.run.${NotifiedOutcome}`;
  /** When the run ended, ISO. */
  timestamp: string;
  /** What was left out of the run so that the message is not too large. */
  leftOut?: string[];
  data: { run: RunRecord };
}

/**
 * Id of a notification: every attempt and every worker sends the same one. Not from the run id: the history of a run that
 * is reset is replayed under a new one, and must come to the same ids.
 * @param end unique to this end of this run
 */
export function notificationId(end: string, receiver: Receiver): string {
  const name = 'webhook' in receiver ? `webhook:${receiver.webhook}` : receiver.topicArn;
  return `msg_${hashOf(end, name).slice(0, 32)}`;
}

/** What is sent of a run's end. The same arguments give the same text, whoever sends it and however often. */
export function notificationOf(id: string, ended: EndedRun, place: Place): Notification {
  const { workflowId, runId, operation, title, outcome, startedAt, endedAt, input, state, result } = ended;
  const failure = failureOf(outcome, state);
  return {
    apiVersion,
    id,
    type: `undrop.run.${outcome}`,
    timestamp: endedAt,
    data: {
      run: {
        apiVersion,
        ...identify(place, workflowId, runId),
        operation,
        title,
        status: outcome === 'done' ? 'completed' : outcome,
        outcome,
        startedAt,
        endedAt,
        input,
        state,
        ...(result !== undefined && { result }),
        ...(failure && { failure }),
      },
    },
  };
}

function failureOf(outcome: NotifiedOutcome, { failure }: RunState): RunRecord['failure'] {
  if (outcome === 'cancelled') return withCodes({ type: 'Cancelled', message: 'the run was cancelled' });
  return failure && withCodes(failure);
}

function withCodes({ type, message, remedy }: Omit<RunFailure, 'remedy'> & { remedy?: string }) {
  const row = failures[isFailureType(type) ? type : ('AwsError' satisfies FailureType)];
  return { type, message, remedy: remedy ?? row.remedy, exit: row.exit, http: row.http };
}
