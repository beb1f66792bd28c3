import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ClientFailureRow, clientFailures } from '../../client/client-failures';
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

<!-- Written by \`npm run docs:failures\` from domain/failures.ts and client/client-failures.ts, and tested against them: change the tables, not this page. -->

Every failure has one of these types: [those of a run](#failures-of-a-run), and what goes wrong
[outside a run](#failures-outside-a-run). Types are permanent: a retired one is never used again.
The remedy is shown with the failure; there it may be closer to the case than here.

A message reads \`what failed [key=value, …]: why\`; the values in brackets are what you need to find the thing on AWS.

Exit codes of the CLI: 0 done, 1 failed, 2 wrong usage or input, 3 still running, 4 not allowed, 5 not found, 6 refused
before anything was changed, 7 what was verified is not what was expected, 130 interrupted.
`;

const ofRuns = `## Failures of a run

The type stands in the failure's \`type\` in the Temporal UI, in \`runs show\` and in JSON output. Look-ups and plans, which
ask AWS too, fail with these types as well.
`;

const ofTheClient = `## Failures outside a run

The command line, the HTTP API (\`urn:undrop:failure:\` and the type) and \`OperationsClient\` (\`ClientError.type\`) tell
these. They end no run.
`;

/** The page docs/failures.md: a chapter for each table, in it one section a row, in the table's order. */
export function failuresPage(): string {
  const runs = Object.entries<FailureRow>(failures).map(
    ([type, { action, audience, http, exit, remedy }]) =>
      `### ${type}\n\n${remedy}\n\n- ${actions[action]}; ${audiences[audience]}.\n- HTTP ${http}, exit code ${exit}.\n`,
  );
  const client = Object.entries<ClientFailureRow>(clientFailures).map(
    ([type, { means, http, exit, remedy }]) =>
      `### ${type}\n\n${means}\n\n${remedy}\n\n- HTTP ${http}, exit code ${exit}.\n`,
  );
  return [head, ofRuns, ...runs, ofTheClient, ...client].join('\n');
}

/** Where the page lives, from the checkout's root. */
export const failuresPagePath = path.join('docs', 'failures.md');

if (require.main === module) {
  writeFileSync(failuresPagePath, failuresPage());
  process.stdout.write(`${failuresPagePath} written\n`);
}
