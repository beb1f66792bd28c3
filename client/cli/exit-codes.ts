/** Exit codes of the CLI; those of runs come from the failure table (domain/failures.ts). */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  stillRunning: 3,
  notAllowed: 4,
  notFound: 5,
  refused: 6,
  mismatch: 7,
  interrupted: 130,
} as const;

export const exitCodeMeanings: readonly [code: number, meaning: string][] = [
  [exitCodes.done, 'done; or, without --wait, started or found'],
  [exitCodes.failed, 'the run failed or was cancelled, or Temporal could not be reached'],
  [exitCodes.usage, 'wrong usage, settings or input: nothing was started'],
  [exitCodes.stillRunning, 'the time of --timeout was up and the run goes on'],
  [exitCodes.notAllowed, 'not allowed: credentials or permissions, on AWS or on Temporal'],
  [exitCodes.notFound, 'not found: the run, snapshot, cluster, table, bucket …'],
  [exitCodes.refused, 'refused: something is in the way, such as a table of that name'],
  [exitCodes.mismatch, 'what was restored or exported is not what was expected'],
  [exitCodes.interrupted, 'interrupted with Ctrl-C: the run goes on'],
];

/** The text of `undrop help exit-codes`. */
export function exitCodesHelp(): string {
  const lines = exitCodeMeanings.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`);
  return [
    'Exit codes of undrop',
    '',
    ...lines,
    '',
    '`start --wait` and `runs watch` end with the code of the run; `runs show` ends with 0 when it could show it.',
    '',
  ].join('\n');
}
