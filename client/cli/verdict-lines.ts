import type { Verdict } from '../../domain/verdict';
import type { Painter } from './painter';

/** More verdicts that passed than this are only counted; one that failed is always shown. */
const mostPassed = 12;

/** What was found out about each expectation: the failed ones with both sides, one below the other. */
export function verdictLines(verdicts: readonly Verdict[], paint: Painter): string[] {
  const failed = verdicts.filter(({ passed }) => !passed);
  const passed = verdicts.filter((verdict) => verdict.passed);
  const shown = passed.slice(0, passed.length > mostPassed ? mostPassed - 1 : mostPassed);
  const width = Math.max(...[...failed, ...shown].map(({ subject }) => subject.length));
  const indent = ' '.repeat(width + 6);
  return [
    paint.bold('Verdicts'),
    ...failed.flatMap(({ subject, expected, actual }) => [
      `  ${paint.red('✘')} ${subject.padEnd(width)}  expected ${expected}`,
      `${indent}found    ${actual}`,
    ]),
    ...shown.map(({ subject, expected }) => `  ${paint.green('✔')} ${subject.padEnd(width)}  ${expected}`),
    ...(shown.length < passed.length ? [`  and ${passed.length - shown.length} more that passed`] : []),
  ];
}
