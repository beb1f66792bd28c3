import { formatDuration } from '../../domain/duration';
import type { Progress, StepRecord, StepState } from '../../domain/run-state';
import type { RunView } from '../run-view';
import { painter, type Painter } from './painter';
import { rowLines } from './result-rows';
import { verdictLines } from './verdict-lines';
import { choiceLines } from './render-choice';
import { findingLines } from './render-plan';

/** How a run is drawn. Everything is an argument: the same view gives the same lines. */
export interface RenderOptions {
  /** Milliseconds since 1970: what elapsed times are counted to. */
  now: number;
  /** Lines are cut to so many characters; not at all when absent. */
  columns?: number;
  colours?: boolean;
}

export const stepMarks: Record<StepState, string> = {
  pending: '○',
  running: '▶',
  waiting: '…',
  done: '✔',
  skipped: '–',
  failed: '✘',
  cancelled: '■',
};

/** The run while it runs: title, a line or two a step, a notice. For redrawing in place. */
export function renderProgress(view: RunView, options: RenderOptions): string[] {
  const paint = painter(options.colours ?? false);
  const lines = [
    headline(view, options, paint),
    ...(view.state?.steps ?? []).flatMap((step) => stepLines(step, view, options, paint)),
  ];
  for (const { activity, attempt, lastFailure } of view.pendingActivities ?? []) {
    if (lastFailure)
      lines.push(cut(`  ${activity}, attempt ${attempt}: ${lastFailure}`, options, paint.yellow));
  }
  if (view.notice) lines.push(...wrapped(view.notice, '  ', options, paint.yellow));
  return lines;
}

/** Everything about the run, for `runs show` and the end of a wait. */
export function renderRun(view: RunView, options: RenderOptions): string[] {
  const paint = painter(options.colours ?? false);
  const lines = renderProgress(view, options);
  if (view.failure) lines.push(...failureLines(view, paint));
  const findings = view.state?.findings?.filter(({ level }) => level !== 'ok') ?? [];
  if (findings.length > 0) lines.push('', ...findingLines(findings, paint));
  if (view.state?.choice) lines.push('', ...choiceLines(view.state.choice, paint));
  if (view.state?.verdicts) lines.push('', ...verdictLines(view.state.verdicts, paint));
  lines.push(...handleLines(view, paint));
  if (view.result !== undefined)
    lines.push('', paint.bold('Result'), ...factLines(withoutSections(view.result)));
  lines.push(...rowLines(view.result, paint));
  lines.push(
    '',
    `${paint.dim('Run')}       ${view.workflowId}`,
    `${paint.dim('UI')}        ${view.links.ui}`,
  );
  lines.push(`${paint.dim('Temporal')}  ${view.temporalCommand}`);
  return lines;
}

/** The result without the choice, the verdicts and the rows of a query, which have sections of their own. */
function withoutSections(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return result;
  const own = ['choice', 'verdicts', ...('rows' in result ? ['columns', 'rows', 'statements'] : [])];
  const facts = Object.entries(result).filter(([name]) => !own.includes(name));
  return Object.fromEntries(facts.map(([name, value]) => [name, withoutSections(value)]));
}

/** What failed, why, and what to do. */
export function failureLines(view: RunView, paint: Painter): string[] {
  const { failure } = view;
  if (!failure) return [];
  return [
    '',
    `${paint.red(paint.bold(failure.type))}  ${failure.message}`,
    `${paint.bold('What to do')}  ${failure.remedy}`,
  ];
}

function handleLines(view: RunView, paint: Painter): string[] {
  const handles = view.state?.aws ?? [];
  if (handles.length === 0) return [];
  const width = Math.max(...handles.map(({ kind }) => kind.length));
  const orphaned = paint.yellow('  AWS goes on with it; nobody waits any more');
  const line = (handle: (typeof handles)[number]) =>
    `  ${handle.kind.padEnd(width)}  ${handle.id}${handle.orphaned ? orphaned : ''}`;
  return ['', paint.bold('On AWS'), ...handles.map(line)];
}

function headline(view: RunView, options: RenderOptions, paint: Painter): string {
  const end = view.endedAt === undefined ? options.now : Date.parse(view.endedAt);
  const took = formatDuration(end - Date.parse(view.startedAt));
  const outcome =
    view.outcome === 'running'
      ? 'running, '
      : `${view.status === 'terminated' ? 'terminated' : view.outcome} after `;
  const tail = `  ${outcome}${took}`;
  const colour = view.outcome === 'done' ? paint.green : view.outcome === 'running' ? paint.cyan : paint.red;
  return `${cut(view.title, options, paint.bold, tail.length)}${colour(tail)}`;
}

function stepLines(step: StepRecord, view: RunView, options: RenderOptions, paint: Painter): string[] {
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
  const indent = ' '.repeat(width + 6);
  if (step.state === 'running' && step.progress)
    lines.push(cut(indent + progressText(step.progress), options, plain));
  // A failed step's note is the failure, which is told in full elsewhere.
  else if (step.note && step.state !== 'failed') {
    lines.push(...wrapped(step.note, indent, options, step.state === 'waiting' ? paint.yellow : plain));
  }
  return lines;
}

/** `███████░░░░░░░  512 of 1,024 MB  about 40 s left  IN_PROGRESS`. */
export function progressText({
  doneMegaBytes: done,
  totalMegaBytes: total,
  etaSeconds,
  awsStatus,
  looks,
}: Progress): string {
  const parts: string[] = [];
  if (done !== undefined && total)
    parts.push(progressBar(done / total), `${grouped(done)} of ${grouped(total)} MB`);
  if (etaSeconds) parts.push(`about ${formatDuration(etaSeconds * 1000)} left`);
  parts.push(awsStatus ?? 'under way');
  if (parts.length === 1) parts.push(`${looks} ${looks === 1 ? 'look' : 'looks'}`);
  return parts.join('  ');
}

/** A share of 0 to 1 as a bar; only what is finished is full. */
export function progressBar(share: number, width = 20): string {
  const full = Math.floor(Math.min(1, Math.max(0, share)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}

/** A result as lines `  copy.snapshotIdentifier  analytics-keep-1f2e`. */
export function factLines(result: unknown): string[] {
  const facts = flatten(result, '');
  const width = Math.max(0, ...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`.trimEnd());
}

/** Longer lists are for programs. */
const longList = 20;

function flatten(value: unknown, name: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  if (Array.isArray(value) && value.length > longList)
    return [[name, `${value.length} entries (-o json shows them)`]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(inner, name === '' ? key : `${name}.${key}`),
  );
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

/** Cuts before painting, so that colour codes are never cut; `reserved` is room for what follows on the line. */
function cut(
  text: string,
  { columns }: RenderOptions,
  paint: (text: string) => string,
  reserved = 0,
): string {
  const room = columns === undefined ? Infinity : Math.max(2, columns - reserved - 1);
  const characters = Array.from(text);
  return paint(characters.length <= room ? text : `${characters.slice(0, room - 1).join('')}…`);
}

/** A sentence over as many lines as it needs, for its end is often what matters; four at most. */
function wrapped(
  text: string,
  indent: string,
  { columns }: RenderOptions,
  paint: (text: string) => string,
): string[] {
  if (columns === undefined) return [indent + paint(text)];
  const room = Math.max(8, columns - indent.length - 1);
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    for (let rest = word; rest !== ''; rest = rest.slice(room)) {
      const part = rest.slice(0, room);
      if (lines.at(-1) === '') lines[lines.length - 1] = part;
      else if (lines.at(-1)!.length + 1 + part.length <= room) lines[lines.length - 1] += ` ${part}`;
      else lines.push(part);
    }
  }
  if (lines.length > 4) lines.splice(3, lines.length, `${lines[3]!.slice(0, room - 1)}…`);
  return lines.map((line) => indent + paint(line));
}

const grouped = (value: number) => String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
