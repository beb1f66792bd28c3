import type { Finding } from './plan/finding';
import type { SourceChoice } from './sources';

import type { Verdict } from './verdict';

/**
 * A run as people see it: steps, timeline, what exists on AWS because of it, outcome and remedy. Plain JSON; the
 * workflow keeps it, the query `runState` returns it, the card in the Temporal UI is drawn from it.
 */
export type StepState = 'pending' | 'running' | 'waiting' | 'done' | 'skipped' | 'failed' | 'cancelled';

export interface Progress {
  doneMegaBytes?: number;
  totalMegaBytes?: number;
  /** AWS's own estimate, or ours from the rate seen. */
  etaSeconds?: number;
  /** AWS's word for the state at the last look. */
  awsStatus?: string;
  looks: number;
}

export interface StepRecord {
  name: string;
  /** One line: what this step does, with names. */
  title: string;
  state: StepState;
  startedAt?: string;
  endedAt?: string;
  progress?: Progress;
  /** When what it waits for on AWS was last looked at, and when it will be again. */
  lookedAt?: string;
  nextLookAt?: string;
  /** Since when it waits for what the note says. */
  waitingSince?: string;
  /** What it waits for, or how it ended, in one plain sentence. */
  note?: string;
  /** Event at which a reset runs everything from this step on: the end of the workflow task in which it began. */
  resetEventId?: number;
  /** Of a table restore, the same of the task in which AWS's request was known: a reset to it waits on for that. */
  submittedEventId?: number;
  /** The same of the task in which it ended: a reset to it keeps the step, and runs everything after it. */
  endEventId?: number;
}

/** Something on AWS that this run made or adopted. */
export interface AwsHandle {
  kind: 'snapshot' | 'table restore request' | 'restored table' | 'statement' | 'export';
  id: string;
  step: string;
  /** True while AWS still works on it and nobody waits any more. */
  orphaned?: boolean;
}

export interface TimelineEntry {
  at: string;
  step?: string;
  text: string;
}

export type Outcome = 'running' | 'done' | 'failed' | 'cancelled';

export interface RunFailure {
  /** A row of the failure table. */
  type: string;
  message: string;
  remedy: string;
}

export interface RunState {
  operation: string;
  title: string;
  outcome: Outcome;
  startedAt: string;
  endedAt?: string;
  steps: StepRecord[];
  timeline: TimelineEntry[];
  aws: AwsHandle[];
  /** What the preflight found, before anything was begun. */
  findings?: Finding[];
  /** How a source was chosen by time: the choice, its age, every rejected candidate. */
  choice?: SourceChoice;
  /** What was found out about the expectations, the failed ones first; of very many not all that passed. */
  verdicts?: Verdict[];
  failure?: RunFailure;
}

/** Timelines are for reading: beyond this many entries the middle is left out (the Event History has all of it). */
const timelineLimit = 60;

/** The record is in the run's memo too: of very many verdicts it keeps what matters. The result has all of them. */
const verdictLimit = 100;

export function keepVerdicts(run: RunState, verdicts: readonly Verdict[]): void {
  const failed = verdicts.filter(({ passed }) => !passed);
  const passed = verdicts.filter((verdict) => verdict.passed);
  run.verdicts = [...failed, ...passed].slice(0, verdictLimit);
}

export function newRun(
  operation: string,
  title: string,
  at: string,
  steps: { name: string; title: string }[],
): RunState {
  return {
    operation,
    title,
    outcome: 'running',
    startedAt: at,
    steps: steps.map((step) => ({ ...step, state: 'pending' })),
    timeline: [{ at, text: 'run started' }],
    aws: [],
  };
}

/** The step of that name; a step that was not announced is a mistake in the workflow. */
export function stepOf(run: RunState, name: string): StepRecord {
  const step = run.steps.find((candidate) => candidate.name === name);
  if (!step)
    throw new RangeError(`no such step [step=${name}, steps=${run.steps.map((s) => s.name).join(' ')}]`);
  return step;
}

export function note(run: RunState, at: string, text: string, step?: string): void {
  run.timeline.push(step === undefined ? { at, text } : { at, step, text });
  if (run.timeline.length > timelineLimit) run.timeline.splice(Math.floor(timelineLimit / 2), 1);
}
