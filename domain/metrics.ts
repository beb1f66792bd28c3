/**
 * Undrop's own metrics: one row each. docs/operating.md has the same table, and a test scrapes a real worker and compares.
 * Labels have few values: never an id, a table or a message.
 */

export interface Metric {
  name: string;
  type: 'counter' | 'histogram' | 'gauge';
  /** As the exporter's help text has it. */
  meaning: string;
  labels: readonly string[];
  /** Of a histogram: the upper bounds. Without it the exporter's own would end at 30 s. */
  buckets?: readonly number[];
}

/** From a second to two days: the deadlines of waits end there. */
const longSeconds = [
  1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400, 172_800,
];
/** From a tick of AWS's to the time-out of a long poll. */
const shortSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 25, 40];
/** A pause between two looks: two seconds to half an hour (domain/poll-schedule.ts). */
const pauseSeconds = [2, 5, 10, 20, 30, 60, 120, 300, 600, 1_800];

const metric = <const M extends Metric>(row: M): M => row;

export const metrics = {
  runsStarted: metric({
    name: 'undrop_runs_started_total',
    type: 'counter',
    meaning: 'Runs begun',
    labels: ['operation'],
  }),
  runsEnded: metric({
    name: 'undrop_runs_ended_total',
    type: 'counter',
    meaning: 'Runs ended, by outcome; failure is the type in the failure table, or none',
    labels: ['operation', 'outcome', 'failure'],
  }),
  runDuration: metric({
    name: 'undrop_run_duration_seconds',
    type: 'histogram',
    meaning: 'From the start of a run to its end',
    labels: ['operation', 'outcome'],
    buckets: longSeconds,
  }),
  stepDuration: metric({
    name: 'undrop_step_duration_seconds',
    type: 'histogram',
    meaning: 'From the start of a step to its end; state is done, failed or cancelled',
    labels: ['operation', 'step', 'state'],
    buckets: longSeconds,
  }),
  wait: metric({
    name: 'undrop_wait_seconds',
    type: 'histogram',
    meaning: 'Pauses of a waiting step, recorded after each; cause says what it waits for',
    labels: ['operation', 'step', 'cause'],
    buckets: pauseSeconds,
  }),
  looks: metric({
    name: 'undrop_looks_total',
    type: 'counter',
    meaning: 'Looks at something that AWS works on, by what was seen',
    labels: ['operation', 'step', 'seen'],
  }),
  awsRequests: metric({
    name: 'undrop_aws_requests_total',
    type: 'counter',
    meaning: 'Requests to AWS; outcome is ok, or the type in the failure table',
    labels: ['service', 'call', 'outcome'],
  }),
  awsRequestDuration: metric({
    name: 'undrop_aws_request_duration_seconds',
    type: 'histogram',
    meaning: 'From a request to AWS to its answer',
    labels: ['service', 'call'],
    buckets: shortSeconds,
  }),
  runs: metric({
    name: 'undrop_runs',
    type: 'gauge',
    meaning: 'Runs that Temporal knows, by their status there, ended ones as long as it keeps them',
    labels: ['operation', 'status'],
  }),
  runsOfBuild: metric({
    name: 'undrop_runs_of_build',
    type: 'gauge',
    meaning: 'Running runs that are pinned to this build of the Worker Deployment',
    labels: ['build'],
  }),
  workerInfo: metric({
    name: 'undrop_worker_info',
    type: 'gauge',
    meaning: 'Always 1: the version and build of this worker, and the deployment it belongs to, if any',
    labels: ['version', 'build', 'deployment'],
  }),
} as const satisfies Record<string, Metric>;

/** What a pause is for: AWS works on it; AWS cannot take the request yet; AWS cannot be asked; AWS's list lags. */
export type WaitCause = 'aws-works' | 'aws-not-ready' | 'aws-unreachable' | 'aws-list-lags';

/** What a look saw. */
export type LookSeen = 'in-progress' | 'succeeded' | 'failed' | 'not-listed' | 'no-answer';
