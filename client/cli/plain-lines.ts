import type { StepRecord } from '../../domain/run-state';
import type { RunView } from '../run-view';
import { progressText } from './render-step';

/**
 * What is new between two views, as lines for a log: a step that changed its state or its note, progress by tenths,
 * a notice, what is on AWS where no step can tell it. No line is ever drawn over, so nothing is said twice.
 * @param now milliseconds since 1970, for the time at the front.
 */
export function newLines(before: RunView | undefined, view: RunView, now: number): string[] {
  const time = new Date(now).toISOString().slice(11, 19);
  const lines: string[] = [];
  if (!before) lines.push(view.title);
  for (const step of view.state?.steps ?? []) {
    const old = before?.state?.steps.find(({ name }) => name === step.name);
    const text = changeOf(old, step, now);
    if (text) lines.push(`${step.name}: ${text}`);
  }
  // With a state the steps tell of it; without, these are all that is known.
  for (const { kind, id } of view.aws ?? []) {
    if (!before?.aws?.some((known) => known.id === id)) lines.push(`on AWS: ${kind} ${id}`);
  }
  if (view.notice && view.notice !== before?.notice) lines.push(view.notice);
  if (!view.notice && before?.notice) lines.push('heard from again');
  if (view.outcome !== 'running' && before?.outcome !== view.outcome) {
    // Most failures were told with their step; one outside of any is told here.
    const told = view.state?.steps.some(({ state }) => state === 'failed');
    const why = view.outcome === 'failed' && !told ? view.failure?.message : undefined;
    lines.push(why === undefined ? `run ${view.outcome}` : `run failed: ${why}`);
  }
  return lines.map((line) => `${time}  ${line}`);
}

function changeOf(old: StepRecord | undefined, step: StepRecord, now: number): string | undefined {
  if (step.state !== (old?.state ?? 'pending')) {
    const detail = step.note ?? (step.state === 'running' ? step.title : undefined);
    return detail ? `${step.state}: ${detail}` : step.state;
  }
  if (step.note && step.note !== old?.note) return `${step.state}: ${step.note}`;
  if (step.state === 'running' && step.progress && tenthOf(step) !== (old && tenthOf(old)))
    return progressText(step, now);
  return undefined;
}

/** Progress as far as it is worth a line: AWS's state and the tenth that is done. */
function tenthOf({ progress }: StepRecord): string | undefined {
  if (!progress) return undefined;
  const { doneMegaBytes: done, totalMegaBytes: total, awsStatus } = progress;
  return `${awsStatus} ${done !== undefined && total ? Math.floor((done / total) * 10) : ''}`;
}
