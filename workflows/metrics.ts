import { metricMeter } from '@temporalio/workflow';
import { type LookSeen, type Metric, metrics, type WaitCause } from '../domain/metrics';
import type { Outcome } from '../domain/run-state';
import type { Step } from './run';

// The SDK records nothing while it replays, so a run that moves to another worker is not counted twice.

type Labels<M extends Metric> = Record<M['labels'][number], string>;

function count<M extends Metric>({ name, meaning }: M, labels: Labels<M>): void {
  metricMeter.createCounter(name, undefined, meaning).add(1, labels);
}

function measure<M extends Metric>({ name, meaning }: M, milliseconds: number, labels: Labels<M>): void {
  metricMeter.createHistogram(name, 'float', undefined, meaning).record(milliseconds / 1000, labels);
}

export function countRunStarted(operation: string): void {
  count(metrics.runsStarted, { operation });
}

/** @param failure row of the failure table, for a run that failed */
export function countRunEnded(
  operation: string,
  ended: { outcome: Outcome; failure?: string; startedAtMs: number },
): void {
  const { outcome, failure = 'none', startedAtMs } = ended;
  count(metrics.runsEnded, { operation, outcome, failure });
  measure(metrics.runDuration, Date.now() - startedAtMs, { operation, outcome });
}

/** A step that has ended. */
export function measureStep({ run, record: { name: step, state, startedAt } }: Step): void {
  if (startedAt === undefined) return;
  const { operation } = run.state;
  measure(metrics.stepDuration, Date.now() - Date.parse(startedAt), { operation, step, state });
}

export function measureWait({ run, name: step }: Step, cause: WaitCause, milliseconds: number): void {
  measure(metrics.wait, milliseconds, { operation: run.state.operation, step, cause });
}

export function countLook({ run, name: step }: Step, seen: LookSeen): void {
  count(metrics.looks, { operation: run.state.operation, step, seen });
}
