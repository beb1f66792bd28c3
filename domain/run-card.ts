import { formatDuration } from './duration';
import { code, plain } from './markdown';
import type { Finding } from './plan/finding';
import { progressBar } from './progress-bar';
import { sourceIdentifier } from './restore-source';
import { thousands } from './operations/verify-table';
import type { Outcome, Progress, RunState, StepRecord } from './run-state';
import { awsCommand, consolePage, type Redshift, redshiftOf } from './see-on-aws';
import { shellQuoted } from './run-identity';
import type { SourceChoice } from './sources';
import { describeVerdict, type Verdict } from './verdict';

/** One sign a state, all of them in the fonts that every machine has: no emoji. */
const marks: Record<StepRecord['state'] | Outcome, string> = {
  pending: '○',
  running: '▶',
  waiting: '◷',
  done: '✔',
  skipped: '–',
  failed: '✘',
  cancelled: '■',
};

/** Where the run is, for the commands on its card. */
export interface CardPlace {
  workflowId: string;
  redshift: Redshift;
}

/** @param input a valid input of the operation */
export const cardPlace = (workflowId: string, operation: string, input: object): CardPlace => ({
  workflowId,
  redshift: redshiftOf(operation, input),
});

/**
 * The run as a Markdown card for the Temporal UI (current details): what a person who was woken up needs, in that
 * order. Times are those of the last look, for the card stands still between two. Texts that came from outside are fenced in
 * code or stripped of Markdown, and there are never secrets in it: the UI puts the card into a GET address.
 */
export function runCard(run: RunState, place?: CardPlace): string {
  const paragraphs = [
    `### ${plain(run.title)}`,
    outcomeLine(run),
    ...failureParagraphs(run, place),
    ...run.steps.flatMap((step) => nowParagraph(step, run)),
    `**Steps**\n\n${run.steps.map((step) => stepLine(step, run)).join('\n')}`,
    ...findingParagraphs(run.findings ?? []),
    ...(run.choice ? [choiceLines(run.choice).join('\n')] : []),
    ...verdictParagraphs(run.verdicts ?? []),
    ...awsParagraphs(run),
    ...(place ? [commandLines(run, place).join('\n')] : []),
  ];
  return paragraphs.join('\n\n');
}

function outcomeLine(run: RunState): string {
  const { outcome, startedAt, endedAt } = run;
  const day = startedAt.slice(0, 'yyyy-mm-dd'.length);
  if (outcome === 'running' || endedAt === undefined)
    return `${marks[outcome]} **${outcome}** since ${day} ${clock(startedAt, run)}`;
  const took = formatDuration(Date.parse(endedAt) - Date.parse(startedAt));
  return `${marks[outcome]} **${outcome}** after ${took}: ${day} ${clock(startedAt, run)} to ${clock(endedAt, run)}`;
}

/** What failed, what to do, and how to go on from there. */
function failureParagraphs({ failure, steps }: RunState, place: CardPlace | undefined): string[] {
  if (!failure) return [];
  const paragraphs = [
    `**Failed (${failure.type})**: ${plain(failure.message)}`,
    `**What to do**: ${plain(failure.remedy)}`,
  ];
  if (place) {
    const event = steps.find(({ state }) => state === 'failed')?.resetEventId;
    const here = event === undefined ? '' : `; or on this page: **Reset**, to event ${event}`;
    paragraphs.push(
      `**Once it is mended**: ${code(`undrop runs retry ${shellQuoted(place.workflowId)}`)} runs the failed step again, and none that is done${here}`,
    );
  }
  return paragraphs;
}

/** The step at hand: how far it is, what it waits for, since when, and when it looks again. */
function nowParagraph(step: StepRecord, run: RunState): string[] {
  if (step.state !== 'running' && step.state !== 'waiting') return [];
  const lines = [`**Now: ${plain(step.title)}**`];
  if (step.state === 'waiting' && step.note !== undefined) {
    const since = step.waitingSince === undefined ? '' : ` since ${clock(step.waitingSince, run)}`;
    lines.push(`${marks.waiting} waiting${since}: ${plain(step.note)}`);
  } else if (step.progress) lines.push(progressLine(step, step.progress, run));
  const looks = [
    ...(step.lookedAt === undefined ? [] : [`looked at ${clock(step.lookedAt, run)}`]),
    ...(step.nextLookAt === undefined ? [] : [`next look at ${clock(step.nextLookAt, run)}`]),
  ];
  if (looks.length > 0) lines.push(looks.join(', '));
  return [lines.join('\n')];
}

function progressLine({ lookedAt }: StepRecord, progress: Progress, run: RunState): string {
  const { doneMegaBytes: done, totalMegaBytes: total, etaSeconds } = progress;
  const bar =
    done !== undefined && total
      ? `${code(progressBar(done / total))} ${Math.floor(Math.min(1, done / total) * 100)} %: `
      : '';
  const end =
    etaSeconds && lookedAt
      ? `, at ${clock(new Date(Date.parse(lookedAt) + etaSeconds * 1000).toISOString(), run)}`
      : '';
  return `${bar}${plain(describeProgress(progress))}${end}`;
}

function stepLine(step: StepRecord, run: RunState): string {
  return `- ${marks[step.state]} ${plain(step.title)}: ${step.state}${aside(step, run)}`;
}

/** How long it took, since when it goes on, or why it was left out. */
function aside({ name, state, startedAt, endedAt, note }: StepRecord, run: RunState): string {
  const took = startedAt && endedAt ? formatDuration(Date.parse(endedAt) - Date.parse(startedAt)) : undefined;
  switch (state) {
    case 'done':
      return `${took === undefined ? '' : ` in ${took}`}${note === undefined ? '' : `, ${plain(note)}`}`;
    case 'failed':
    case 'cancelled':
      // What failed the run is told above; whom it could not tell, nowhere else.
      return `${took === undefined ? '' : ` after ${took}`}${name === 'notify' && note !== undefined ? `, ${plain(note)}` : ''}`;
    case 'skipped':
      return note === undefined ? '' : `, ${plain(note)}`;
    case 'running':
    case 'waiting':
      return startedAt === undefined ? '' : ` since ${clock(startedAt, run)}`;
    case 'pending':
      return '';
  }
}

/** What the look before acting found, without what is in order. */
function findingParagraphs(findings: readonly Finding[]): string[] {
  const told = findings.filter(({ level }) => level !== 'ok');
  if (told.length === 0) return [];
  const lines = told.map(({ level, subject, text }) => `- ${level}: ${plain(subject)}: ${plain(text)}`);
  return [`**Found before acting**\n\n${lines.join('\n')}`];
}

/** Rejected candidates and verdicts on the card; all of them are in the run's record. */
const shownCandidates = 5;
const shownVerdicts = 8;

/** How a source was chosen by time, the nearest candidates first. */
function choiceLines({ asOf, chosen, ageSeconds = 0, rejected }: SourceChoice): string[] {
  const age = formatDuration(ageSeconds * 1000);
  const lines = [
    chosen
      ? `**Source**: ${chosen.kind} ${code(sourceIdentifier(chosen.source))} of ${code(chosen.of)}, ${age} before ${asOf}`
      : `**Source**: none at or before ${asOf}`,
    '',
  ];
  for (const { kind, source, createdAt, reason } of rejected.slice(0, shownCandidates))
    lines.push(`- not ${kind} ${code(sourceIdentifier(source))} of ${createdAt}: ${plain(reason)}`);
  const more = rejected.length - shownCandidates;
  if (more > 0) lines.push(`- and ${more} more`);
  return lines;
}

/** The failed ones come first, as they are kept. */
function verdictParagraphs(verdicts: readonly Verdict[]): string[] {
  if (verdicts.length === 0) return [];
  const lines = verdicts
    .slice(0, shownVerdicts)
    .map((verdict) =>
      verdict.passed
        ? `- ${marks.done} ${plain(verdict.subject)}: ${plain(verdict.actual)}`
        : `- ${marks.failed} ${plain(describeVerdict(verdict))}`,
    );
  const more = verdicts.length - shownVerdicts;
  if (more > 0) lines.push(`- and ${more} more`);
  return [`**Proof**\n\n${lines.join('\n')}`];
}

function awsParagraphs({ aws }: RunState): string[] {
  if (aws.length === 0) return [];
  const lines = aws.map((handle) => {
    const orphaned = handle.orphaned ? ' (AWS goes on with it; nobody waits any more)' : '';
    const page = consolePage(handle);
    return `- ${handle.kind} ${code(handle.id)}${orphaned}${page ? ` · [AWS console](${page})` : ''}`;
  });
  return [`**On AWS**\n\n${lines.join('\n')}`];
}

/** What to type for more: of the run, and of what AWS says of each thing. */
function commandLines({ outcome, aws }: RunState, { workflowId, redshift }: CardPlace): string[] {
  const verbs = outcome === 'running' ? ['show', 'watch', 'cancel'] : ['show'];
  const ours = verbs.map((verb) => `undrop runs ${verb} ${shellQuoted(workflowId)}`);
  const ofAws = aws.map((handle) => awsCommand(handle, redshift)).filter((each) => each !== undefined);
  return ['**In a terminal**', '', ...[...ours, ...ofAws].map((command) => `- ${code(command)}`)];
}

/** `IN_PROGRESS, 1,200 of 2,880 MB, about 4 s left`. */
export function describeProgress(progress: Progress): string {
  const parts = [progress.awsStatus ?? 'under way'];
  const { doneMegaBytes: done, totalMegaBytes: total } = progress;
  if (done !== undefined && total)
    parts.push(`${thousands(Math.round(done))} of ${thousands(Math.round(total))} MB`);
  if (progress.etaSeconds) parts.push(`about ${formatDuration(progress.etaSeconds * 1000)} left`);
  return parts.join(', ');
}

/** `03:04:05 UTC`, with its date when that is not the one on which the run began. */
function clock(iso: string, { startedAt }: RunState): string {
  const [day = '', time = ''] = iso.split('T');
  return `${startedAt.startsWith(day) ? '' : `${day} `}${time.replace(/(\.\d+)?Z$/, ' UTC')}`;
}
