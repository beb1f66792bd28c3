import { formatDuration } from '../../domain/duration';
import { countFindings, type Finding, type Level } from '../../domain/plan/finding';
import type { Plan, PlannedStep } from '../../domain/plan/plan';
import type { Painter } from './painter';

const marks: Record<Level, string> = { ok: '✔', warning: '▲', blocking: '✘' };

/** A plan for reading: what was found, each with its remedy, then the steps with their estimates. */
export function planLines({ title, findings, steps, estimateSeconds }: Plan, paint: Painter): string[] {
  return [
    paint.bold(title),
    '',
    ...(findings.length === 0 ? ['Nothing to look at before.'] : findingLines(findings, paint)),
    '',
    paint.bold('Steps'),
    ...stepLines(steps, paint),
    ...(estimateSeconds === undefined
      ? []
      : [
          '',
          `About ${formatDuration(estimateSeconds * 1000)} in all, if AWS takes it at once; an estimate, see docs/plan.md.`,
        ]),
  ];
}

/** Findings with their marks; what to do about those that are not ok is below each. */
export function findingLines(findings: readonly Finding[], paint: Painter): string[] {
  const colour = { ok: paint.green, warning: paint.yellow, blocking: paint.red };
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  return [
    `${paint.bold('Findings')}  ${countFindings(findings)}`,
    ...findings.flatMap(({ subject, level, text, remedy }) => [
      `  ${colour[level](marks[level])} ${subject.padEnd(width)}  ${text}`,
      ...(remedy === undefined ? [] : [`    ${' '.repeat(width)}  ${paint.dim(`→ ${remedy}`)}`]),
    ]),
  ];
}

function stepLines(steps: readonly PlannedStep[], paint: Painter): string[] {
  const name = Math.max(...steps.map((step) => step.name.length));
  const title = Math.max(...steps.map((step) => step.title.length));
  return steps.map((step) => {
    const line = `  ${step.name.padEnd(name)}  ${step.title.padEnd(title)}`;
    if (step.notNeeded !== undefined) return paint.dim(`${line}  not needed: ${step.notNeeded}`);
    if (step.estimateSeconds === undefined) return line.trimEnd();
    return `${line}  about ${formatDuration(step.estimateSeconds * 1000)}  ${paint.dim(step.basis ?? '')}`.trimEnd();
  });
}
