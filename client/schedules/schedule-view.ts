import type { OperationName } from '../../domain/operations';
import type { Overlap, ScheduleDefinition } from '../../domain/schedules/definition';
import type { ScheduleChange } from '../../domain/schedules/diff';
import type { apiVersion, RunLinks, RunSummary } from '../run-view';

export interface ScheduleIdentity {
  id: string;
  /** The schedule's page in the Temporal UI. */
  links: RunLinks;
  /** The command of the temporal CLI that shows the same schedule. */
  temporalCommand: string;
}

/** One schedule, everything known about it. Plain JSON; times ISO. */
export interface ScheduleView extends ScheduleIdentity {
  apiVersion: typeof apiVersion;
  operation: OperationName;
  /** What its runs do; templates stand in it as they are. */
  title: string;
  /** When it comes, in words. */
  when: string;
  /** What create, apply and update take back. */
  definition: ScheduleDefinition;
  paused: boolean;
  /** The last word about its state: why it was paused or resumed, by whom. */
  note?: string;
  /** Runs until it stops, when it was limited. */
  remainingActions?: number;
  /** The next times, five at most, with jitter; also told when it is paused. */
  next: string[];
  /** Its newest runs, ten at most. */
  runs: RunSummary[];
  counts: ScheduleCounts;
  createdAt: string;
  updatedAt?: string;
  /** Set of schedules that apply made it with. */
  scope?: string;
  /** What is not as it should be, in plain words. */
  notice?: string;
}

/** Since the schedule was made. */
export interface ScheduleCounts {
  started: number;
  /** Not started: an outage was longer than the catch-up window. */
  missedCatchup: number;
  /** Not started: the run before still went on. */
  skippedOverlap: number;
  /** Not started: too many were waiting. */
  bufferDropped: number;
  /** Waiting for the run before to end. */
  waiting: number;
  running: number;
}

/** A schedule in a list. */
export interface ScheduleSummary extends ScheduleIdentity {
  operation: OperationName | (string & {});
  warehouse: string;
  table: string;
  when: string;
  paused: boolean;
  note?: string;
  next?: string;
  last?: RunSummary;
  scope?: string;
}

export interface ScheduleList {
  apiVersion: typeof apiVersion;
  schedules: ScheduleSummary[];
}

/** What came of making a schedule. */
export interface CreateResult {
  /** False when the same one was there before. */
  created: boolean;
  schedule: ScheduleView;
}

/** What came of changing one. */
export interface UpdateResult {
  changes: ScheduleChange[];
  schedule: ScheduleView;
}

/** What came of asking for a run now. */
export interface TriggerResult extends ScheduleIdentity {
  apiVersion: typeof apiVersion;
  /** Absent when it waits for the run before, or Temporal has not started it yet. */
  run?: { workflowId: string; runId: string; links: RunLinks };
  waiting: boolean;
}

export interface BackfillRequest {
  /** ISO; the first and the last time that may be meant. */
  from: string;
  to: string;
  /** `buffer-all` when absent: one after the other. */
  overlap?: Overlap;
  /** Only tell what would be started. */
  dryRun?: boolean;
}

/** One time of a backfill, and the run that belongs to it. */
export interface BackfilledTime {
  scheduledAt: string;
  workflowId: string;
  /** False: it was done, or goes on. */
  starts: boolean;
  /** How the run of this time stood before. */
  before?: RunSummary['status'];
}

export interface BackfillResult extends ScheduleIdentity {
  apiVersion: typeof apiVersion;
  overlap: Overlap;
  dryRun: boolean;
  times: BackfilledTime[];
}

/** What apply does, or would do, to one schedule. */
export interface AppliedChange {
  id: string;
  action: 'create' | 'change' | 'unchanged' | 'delete';
  changes: ScheduleChange[];
  /** For people, of one that is made or changed: when it comes, and the next times. */
  when?: string;
  next?: string[];
}

export interface ApplyResult {
  apiVersion: typeof apiVersion;
  scope?: string;
  dryRun: boolean;
  schedules: AppliedChange[];
}
