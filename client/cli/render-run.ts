import { formatDuration } from '../../domain/duration';
import { failures, isFailureType } from '../../domain/failures';
import { shellQuoted } from '../links';
import type { RecordedHandle } from '../handles-from-history';
import type { RunView } from '../run-view';
import { painter, type Painter } from './painter';
import { rowLines } from './result-rows';
import { verdictLines } from './verdict-lines';
import { choiceLines } from './render-choice';
import { findingLines } from './render-plan';
import { stepLines } from './render-step';
import { cut, type RenderOptions, wrapped } from './fit';

export type { RenderOptions };

/** A view is made about once a second; an older one is said to be old. */
const silenceMs = 5_000;

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
  lines.push(...noticeLines(view, options, paint));
  if (!view.state) lines.push(...handleLines(view, options, paint));
  return lines;
}

/** Why what is shown may be old. */
function noticeLines({ notice }: RunView, options: RenderOptions, paint: Painter): string[] {
  const { heardAt, now } = options;
  const silentMs = heardAt === undefined ? 0 : now - heardAt;
  const since = silentMs < silenceMs ? '' : ` (last heard of ${formatDuration(silentMs)} ago)`;
  const text = notice ?? (since === '' ? undefined : 'Temporal does not answer, still trying');
  return text === undefined ? [] : wrapped(text + since, '  ', options, paint.yellow);
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
  if (view.state) lines.push(...handleLines(view, {}, paint));
  if (view.result !== undefined)
    lines.push('', paint.bold('Result'), ...factLines(withoutSections(view.result)));
  lines.push(...rowLines(view.result, paint));
  lines.push(
    '',
    ...(view.scheduledAt === undefined
      ? []
      : [`${paint.dim('Schedule')}  ${view.schedule ?? '-'}, for ${view.scheduledAt}`]),
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
    ...(failure.type === 'InvalidInput' ? [] : [`${paint.bold('Then')}        ${retryCommand(view)}`]),
  ];
}

/** How to go on once that is done; whoever has to change the input is told how. */
function retryCommand({ workflowId, failure }: RunView): string {
  const retry = `undrop runs retry ${shellQuoted(workflowId)}`;
  const type = failure?.type;
  return isFailureType(type) && failures[type].audience === 'caller'
    ? `${retry}   (with a changed input: --with path=value)`
    : retry;
}

/** Beside the steps only at the end; without them they are what there is to tell, also while it runs. */
function handleLines(view: RunView, fit: Pick<RenderOptions, 'columns'>, paint: Painter): string[] {
  const handles: (RecordedHandle & { orphaned?: boolean })[] = view.state?.aws ?? view.aws ?? [];
  if (handles.length === 0) return [];
  const width = Math.max(...handles.map(({ kind }) => kind.length));
  const orphaned = paint.yellow('  AWS goes on with it; nobody waits any more');
  if (fit.columns !== undefined) {
    // Drawn in place: no line may be longer than the terminal, and no id be cut.
    const lines = handles.flatMap(({ kind, id }) =>
      wrapped(`${kind} ${id}`, '  ', { now: 0, ...fit }, String),
    );
    return ['', paint.bold('On AWS'), ...lines];
  }
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
