import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type FailureAction, type FailureAudience, type FailureRow, failures } from '../../domain/failures';

const actions: Record<FailureAction, string> = {
  retry: 'The same call is tried again',
  wait: 'The run waits, with growing timers, until its deadline',
  adopt: 'The run takes over what exists',
  final: 'The run ends',
};

const audiences: Record<FailureAudience, string> = {
  nobody: 'nobody has to act',
  caller: 'whoever started it acts',
  operator: 'whoever is on call acts',
  administrator: 'whoever manages the account acts',
};

const head = `# Failures

<!-- Written by \`npm run docs:failures\` from domain/failures.ts, and tested against it: change the table, not this page. -->

Every failure of a run is one of these types. The type stands in the failure's \`type\` in the Temporal UI, in \`runs show\`
and in JSON output; the remedy is shown with it. Types are permanent: a retired one is never used again.

A message reads \`what failed [key=value, …]: why\`; the values in brackets are what you need to find the thing on AWS.

Exit codes of the CLI: 0 done, 1 failed, 2 wrong usage or input, 3 still running, 4 not allowed, 5 not found, 6 refused
before anything was changed, 7 what was verified is not what was expected, 130 interrupted.
`;

/** The page docs/failures.md: one section a row of the failure table, in the table's order. */
export function failuresPage(): string {
  const rows: [string, FailureRow][] = Object.entries(failures);
  const sections = rows.map(
    ([type, { action, audience, http, exit, remedy }]) =>
      `## ${type}\n\n${remedy}\n\n- ${actions[action]}; ${audiences[audience]}.\n- HTTP ${http}, exit code ${exit}.\n`,
  );
  return [head, ...sections].join('\n');
}

/** Where the page lives, from the checkout's root. */
export const failuresPagePath = path.join('docs', 'failures.md');

if (require.main === module) {
  writeFileSync(failuresPagePath, failuresPage());
  process.stdout.write(`${failuresPagePath} written\n`);
}
