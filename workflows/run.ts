import {
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { z } from 'zod';
import { type CardPlace, runCard } from '../domain/run-card';
import { runEnding } from '../domain/run-ending';
import type { OperationName, operations } from '../domain/operations';
import {
  type AwsHandle,
  keepVerdicts,
  type Outcome,
  newRun,
  note,
  type Progress,
  type RunState,
  type StepRecord,
  stepOf,
} from '../domain/run-state';
import type { Finding } from '../domain/plan/finding';
import type { Carried } from '../domain/retry/carried';
import type { SourceChoice } from '../domain/sources';
import type { Verdict } from '../domain/verdict';
import { runFailureOf } from './failure';
import { runStateQuery, stepResultsQuery } from './messages';
import { countRunEnded, measureStep } from './metrics';

export type Parsed<O extends OperationName> = z.output<(typeof operations)[O]['schema']>;

export interface RunPlan {
  /** One line: what this run does, with names. */
  title: string;
  steps: { name: string; title: string }[];
}

const outcomeAttribute = defineSearchAttributeKey('UndropOutcome', 'KEYWORD');

/** The time as the Event History has it: the same on every replay. */
const now = () => new Date().toISOString();

/** The event that ends the workflow task at hand: what a reset to "here" names. The same on every replay. */
const thisTask = () => workflowInfo().historyLength + 1;

/** One execution of an operation: keeps the record that people see, and redraws the card in the Temporal UI. */
export class Run {
  readonly state: RunState;
  /** Told in the details of the failure, if the run ends with one, beside remedy and state. */
  readonly told: Record<string, unknown> = {};
  private readonly results: Record<string, unknown> = {};

  constructor(
    operation: OperationName,
    plan: RunPlan,
    private readonly place: CardPlace,
    private readonly carried?: Carried,
  ) {
    this.state = newRun(operation, plan.title, now(), plan.steps);
    setHandler(runStateQuery, () => this.state, {
      description: 'Steps, timeline, AWS handles, outcome and remedy of this run',
    });
    setHandler(stepResultsQuery, () => this.results, {
      description: 'What each finished step of this run returned',
    });
    this.redraw();
  }

  /** Whether the step was done by the run that this one goes on from. */
  carries(name: string): boolean {
    return this.carried !== undefined && Object.hasOwn(this.carried.results, name);
  }

  /** Runs one announced step and records how it went; one that is carried gives its result of before. */
  async step<T>(name: string, body: (step: Step) => Promise<T>): Promise<T> {
    const step = this.stepNamed(name);
    if (this.carried && this.carries(name)) return this.keep(step, this.carried) as T;
    step.begin();
    try {
      const result = await body(step);
      step.end('done');
      this.results[name] = result;
      return result;
    } catch (error) {
      step.end(
        isCancellation(error) ? 'cancelled' : 'failed',
        isCancellation(error) ? undefined : runFailureOf(error).message,
      );
      throw error;
    }
  }

  private keep(step: Step, { of, results, aws }: Carried): unknown {
    step.begin();
    for (const handle of aws) if (handle.step === step.name) this.made(handle);
    const result = results[step.name];
    const { choice, verdicts } = (result ?? {}) as { choice?: SourceChoice; verdicts?: Verdict[] };
    if (choice) step.chose(choice);
    if (verdicts) step.found(verdicts);
    step.end('done', `kept from ${of.runId}`);
    this.results[step.name] = result;
    return result;
  }

  /** An announced step, for whoever records by himself how it went. */
  stepNamed(name: string): Step {
    return new Step(this, stepOf(this.state, name));
  }

  /** Marks a step that is not needed, with the reason. */
  skip(name: string, why: string): void {
    const record = stepOf(this.state, name);
    record.state = 'skipped';
    record.note = why;
    this.say(`skipped: ${why}`, name);
  }

  say(text: string, step?: string): void {
    note(this.state, now(), text, step);
    this.redraw();
  }

  /** Records something on AWS that this run made or adopted, as soon as its id is known. */
  made(handle: AwsHandle): void {
    if (this.state.aws.some((known) => known.kind === handle.kind && known.id === handle.id)) return;
    this.state.aws.push(handle);
    this.say(`${handle.kind} ${handle.id}`, handle.step);
  }

  end(outcome: Outcome): void {
    this.state.outcome = outcome;
    this.state.endedAt = now();
    this.say(`run ${outcome}`);
    upsertSearchAttributes([{ key: outcomeAttribute, value: outcome }]);
    // Readable without a worker.
    upsertMemo({ howItEnded: runEnding(this.state, this.place.workflowId), runState: this.state });
    const { operation, failure, startedAt } = this.state;
    countRunEnded(operation, { outcome, failure: failure?.type, startedAtMs: Date.parse(startedAt) });
  }

  redraw(): void {
    setCurrentDetails(runCard(this.state, this.place));
  }
}

/** One step of a run while it runs. */
export class Step {
  constructor(
    readonly run: Run,
    readonly record: StepRecord,
  ) {}

  get name(): string {
    return this.record.name;
  }

  begin(): void {
    this.record.state = 'running';
    this.record.startedAt = now();
    this.record.resetEventId = thisTask();
    this.run.say('started', this.name);
  }

  end(state: 'done' | 'failed' | 'cancelled', why?: string): void {
    this.record.state = state;
    this.record.endedAt = now();
    this.record.endEventId = thisTask();
    this.waitsNoMore();
    delete this.record.nextLookAt;
    if (why !== undefined) this.record.note = why;
    this.run.say(why === undefined ? state : `${state}: ${why}`, this.name);
    measureStep(this);
  }

  /** A look at AWS: progress for the card, no timeline entry. */
  progress(progress: Progress): void {
    this.record.progress = progress;
    this.record.lookedAt = now();
    this.record.state = 'running';
    this.waitsNoMore();
    this.run.redraw();
  }

  /** Says what the step waits for; in the timeline only when that is new. */
  waiting(why: string): void {
    const isNew = this.record.note !== why;
    if (isNew) this.record.waitingSince = now();
    this.record.state = 'waiting';
    this.record.note = why;
    if (isNew) this.run.say(`waiting: ${why}`, this.name);
  }

  resume(): void {
    this.record.state = 'running';
    this.waitsNoMore();
    delete this.record.nextLookAt;
    this.run.redraw();
  }

  /** When AWS is asked again, for people who watch. */
  nextLook(inMs: number): void {
    this.record.nextLookAt = new Date(Date.now() + inMs).toISOString();
    this.run.redraw();
  }

  private waitsNoMore(): void {
    delete this.record.note;
    delete this.record.waitingSince;
  }

  say(text: string): void {
    this.run.say(text, this.name);
  }

  /** What was found out so far about the expectations: all of it for the failure's details, the essence for the record. */
  found(verdicts: readonly Verdict[]): void {
    keepVerdicts(this.run.state, verdicts);
    this.run.told.verdicts = verdicts;
    this.run.redraw();
  }

  made(kind: AwsHandle['kind'], id: string): void {
    if (kind === 'table restore request') this.record.submittedEventId = thisTask();
    this.run.made({ kind, id, step: this.name });
  }

  /** Records what the preflight found. */
  saw(findings: Finding[]): void {
    this.run.state.findings = findings;
    this.run.told.findings = findings;
  }

  /** Records how a source was chosen by time. */
  chose(choice: SourceChoice): void {
    this.run.state.choice = choice;
  }

  /** AWS goes on working on it and nobody waits any more; the text is given back. */
  orphan(kind: AwsHandle['kind'], id: string, text: string): string {
    const handle = this.run.state.aws.find((known) => known.kind === kind && known.id === id);
    if (handle) handle.orphaned = true;
    this.say(text);
    return text;
  }
}
