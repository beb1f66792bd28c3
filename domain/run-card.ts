import { formatDuration } from './duration';
import { sourceIdentifier } from './restore-source';
import { thousands } from './operations/verify-table';
import type { Progress, RunState, StepRecord } from './run-state';
import type { SourceChoice } from './sources';

const marks: Record<StepRecord['state'], string> = {
  pending: '○ pending',
  running: '▶ running',
  waiting: '⏳ waiting',
  done: '✔ done',
  skipped: '– skipped',
  failed: '✘ failed',
  cancelled: '■ cancelled',
};

/**
 * The run as a Markdown card for the Temporal UI (current details). Texts that came from outside are fenced in code or
 * stripped of Markdown, and there are never secrets in it: the UI puts the card into a GET address.
 */
export function runCard(run: RunState): string {
  const lines = [`### ${plain(run.title)}`, '', '| Step | State |', '| --- | --- |'];
  for (const step of run.steps)
    lines.push(`| ${plain(step.title)} | ${marks[step.state]}${progressText(step)} |`);
  const noted = run.steps.filter(
    ({ name, note, state }) =>
      note !== undefined &&
      (state === 'waiting' || state === 'skipped' || state === 'done' || name === 'notify'),
  );
  for (const step of noted) lines.push('', `**${plain(step.name)}**: ${plain(step.note!)}`);
  if (run.choice) lines.push('', ...choiceLines(run.choice));
  if (run.aws.length > 0) {
    lines.push('', '**On AWS**', '');
    for (const handle of run.aws)
      lines.push(
        `- ${handle.kind} ${code(handle.id)}${handle.orphaned ? ' (AWS goes on with it; nobody waits any more)' : ''}`,
      );
  }
  if (run.failure)
    lines.push(
      '',
      `**Failed (${run.failure.type})**: ${plain(run.failure.message)}`,
      '',
      `**What to do**: ${plain(run.failure.remedy)}`,
    );
  return lines.join('\n');
}

/** Rejected candidates on the card; all of them are in the run's record. */
const shownCandidates = 5;

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

function progressText(step: StepRecord): string {
  if (step.state === 'done' && step.startedAt && step.endedAt) {
    return ` in ${formatDuration(Date.parse(step.endedAt) - Date.parse(step.startedAt))}`;
  }
  return step.progress && step.state === 'running' ? `, ${describeProgress(step.progress)}` : '';
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

/** Text that Markdown takes for text: on one line, and nothing in it opens code, emphasis, links, cells or HTML. */
const plain = (text: string) =>
  text.replace(/[`*_~<>&|[\]\\#]/g, (character) => `\\${character}`).replace(/\s+/g, ' ');

/** A code span that ends where it should: its fence is longer than any run of backticks inside. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${text.replace(/\s+/g, ' ')}${space}${fence}`;
}
