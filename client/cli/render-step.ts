import { formatDuration } from '../../domain/duration';
import { progressBar } from '../../domain/progress-bar';
import type { StepRecord, StepState } from '../../domain/run-state';
import type { RunView } from '../run-view';
import { cut, joined, type RenderOptions, wrapped } from './fit';
import type { Painter } from './painter';

export { progressBar };

const stepMarks: Record<StepState, string> = {
  pending: '○',
  running: '▶',
  waiting: '…',
  done: '✔',
  skipped: '–',
  failed: '✘',
  cancelled: '■',
};

/** A step in a line, and below it how far it is, or what it waits for. */
export function stepLines(step: StepRecord, view: RunView, options: RenderOptions, paint: Painter): string[] {
  const width = Math.max(...(view.state?.steps ?? []).map(({ name }) => name.length));
  const tail = step.startedAt === undefined ? '' : `  ${tookOf(step, options.now)}`;
  const mark = stepMarks[step.state];
  const text = cut(
    `${step.name.padEnd(width)}  ${step.title}`,
    options,
    quiet(step) ? paint.dim : plain,
    tail.length + 4,
  );
  const lines = [`  ${colourOf(step.state, paint)(mark)} ${text}${paint.dim(tail)}`];
  // Where there is little room, it is for the words.
  const indent = ' '.repeat((options.columns ?? 80) < 60 ? 6 : width + 6);
  if (step.state === 'running' && step.progress) {
    const parts = [...progressParts(step, options), ...nextLook(step, options.now)];
    lines.push(indent + joined(parts, indent.length, options));
    // A failed step's note is the failure, which is told in full elsewhere.
  } else if (step.note && (step.state !== 'failed' || step.name === 'notify')) {
    const text = step.note + waitText(step, options.now);
    lines.push(...wrapped(text, indent, options, step.state === 'waiting' ? paint.yellow : plain));
  }
  return lines;
}

/** `███████░░░░░░░  512 of 1,024 MB  about 40 s left  IN_PROGRESS`. */
export const progressText = (step: StepRecord, now: number): string =>
  progressParts(step, { now }).join('  ');

/** What is known of a step's progress, the most telling first. Nothing is made up between two looks but the time. */
function progressParts(step: StepRecord, { now, columns = 80 }: RenderOptions): string[] {
  if (!step.progress) return [];
  const { doneMegaBytes: done, totalMegaBytes: total, etaSeconds, awsStatus, looks } = step.progress;
  const cells = columns < 60 ? 10 : 20;
  const lookedAt = step.lookedAt === undefined ? now : Date.parse(step.lookedAt);
  const leftMs = etaSeconds ? etaSeconds * 1000 - (now - lookedAt) : undefined;
  const parts: string[] = [];
  if (done !== undefined && total) {
    parts.push(progressBar(done / total, cells), `${grouped(done)} of ${grouped(total)} MB`);
  } else if (leftMs !== undefined && step.startedAt !== undefined) {
    // Without figures there is AWS's estimate: its bar is by time, says so, and is full only when AWS says done.
    const elapsedMs = Math.max(0, now - Date.parse(step.startedAt));
    const share = elapsedMs / (elapsedMs + Math.max(0, leftMs) || 1);
    parts.push(progressBar(Math.min(0.95, share), cells), 'by time');
  }
  if (leftMs !== undefined)
    parts.push(leftMs > 0 ? `about ${formatDuration(leftMs)} left` : 'any moment now');
  parts.push(awsStatus ?? 'under way');
  if (parts.length === 1) parts.push(`${looks} ${looks === 1 ? 'look' : 'looks'}`);
  return parts;
}

function nextLook({ nextLookAt }: StepRecord, now: number): string[] {
  if (nextLookAt === undefined) return [];
  const inMs = Date.parse(nextLookAt) - now;
  return [inMs >= 500 ? `next look in ${formatDuration(inMs)}` : 'looking'];
}

/** ` (for 3 min, next try in 25 s)`. */
function waitText({ state, waitingSince, nextLookAt }: StepRecord, now: number): string {
  if (state !== 'waiting') return '';
  const inMs = nextLookAt === undefined ? 0 : Date.parse(nextLookAt) - now;
  const parts = [
    ...(waitingSince === undefined ? [] : [`for ${formatDuration(now - Date.parse(waitingSince))}`]),
    ...(inMs > 0 ? [`next try in ${formatDuration(inMs)}`] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

const tookOf = (step: StepRecord, now: number) =>
  formatDuration((step.endedAt === undefined ? now : Date.parse(step.endedAt)) - Date.parse(step.startedAt!));

const quiet = (step: StepRecord) => step.state === 'pending' || step.state === 'skipped';

const plain = (text: string) => text;

function colourOf(state: StepState, paint: Painter): (text: string) => string {
  if (state === 'done') return paint.green;
  if (state === 'failed' || state === 'cancelled') return paint.red;
  if (state === 'waiting') return paint.yellow;
  return state === 'running' ? paint.cyan : paint.dim;
}

const grouped = (value: number) => String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
