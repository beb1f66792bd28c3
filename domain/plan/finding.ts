import { type FailureType, failures } from '../failures';

/** `blocking`: the run would fail, so it is not begun. `warning`: it goes on, and somebody should know. */
export type Level = 'ok' | 'warning' | 'blocking';

/** One thing that was looked at before acting, and what it came to. */
export interface Finding {
  /** What was looked at: `target name`, `bucket`. */
  subject: string;
  level: Level;
  /** One plain sentence with names and figures. */
  text: string;
  /** What to do about it; of warnings and of what blocks. */
  remedy?: string;
  /** The row of the failure table that a run would end with; of what blocks, where one fits. */
  failure?: FailureType;
}

/** What a look at AWS came to: the facts, or why there are none. */
export type Looked<T> = { seen: T } | { failure: FailureType; why: string };

export const ok = (subject: string, text: string): Finding => ({ subject, level: 'ok', text });

export const warning = (subject: string, text: string, remedy: string): Finding => ({
  subject,
  level: 'warning',
  text,
  remedy,
});

/** With a row of the failure table, whose remedy it has unless told otherwise. */
export function blocking(subject: string, text: string, failure: FailureType, remedy?: string): Finding {
  return { subject, level: 'blocking', text, remedy: remedy ?? failures[failure].remedy, failure };
}

/** Nothing that is missing for a look alone may stop a run: what it could not see, it says. */
export function unseen(subject: string, { failure, why }: { failure: FailureType; why: string }): Finding {
  const remedy =
    failure === 'AccessDenied'
      ? 'Allow the worker role this read, so that it can be known before acting; the run goes on without.'
      : failures[failure].remedy;
  return warning(subject, `could not be looked at: ${why}`, remedy);
}

/** A judge for what was seen; what was not is a warning, unless the failure itself is an answer. */
export function judged<T>(
  subject: string,
  looked: Looked<T>,
  judge: (seen: T) => Finding | Finding[],
  answers: Partial<Record<FailureType, (why: string) => Finding[]>> = {},
): Finding[] {
  if ('seen' in looked) return [judge(looked.seen)].flat();
  const answer = answers[looked.failure];
  return answer ? answer(looked.why) : [unseen(subject, looked)];
}

export const blockingOf = (findings: readonly Finding[]) =>
  findings.filter(({ level }) => level === 'blocking');

/** `7 ok, 1 warning, 1 blocking`. */
export function countFindings(findings: readonly Finding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const [warnings, blocks] = [count('warning'), count('blocking')];
  return [
    `${count('ok')} ok`,
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
    ...(blocks > 0 ? [`${blocks} blocking`] : []),
  ].join(', ');
}

/**
 * The failure that what blocks comes to: a single finding's own row of the failure table, so that its exit code and
 * remedy stay what they are; else PreflightRefused with all of them. Undefined when nothing blocks.
 */
export function refusalOf(findings: readonly Finding[]): { type: FailureType; why: string } | undefined {
  const blocks = blockingOf(findings);
  const [first] = blocks;
  if (first === undefined) return undefined;
  if (blocks.length === 1 && first.failure !== undefined) return { type: first.failure, why: first.text };
  const all = blocks.map(({ subject, text, remedy }) => `${subject}: ${text}${remedy ? ` (${remedy})` : ''}`);
  return { type: 'PreflightRefused', why: all.join('; ') };
}
