import type { Command } from 'commander';
import { factTable } from '../table';
import { lazy } from '../lazy';
import { lookUpCommand } from '../look-up-command';
import { moreNotes, pageFlags } from './data-api/flags';
import { describeLookUps } from './look-ups';
import type { RunAction } from './operation';

const arn = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders/export/01700000000000-abcdef12';

const list = lookUpCommand({
  kind: 'exports',
  name: 'list',
  description:
    'List the DynamoDB exports of the last 90 days, whoever asked for them; newest first within a table',
  flags: [
    {
      flag: '--table-arn',
      path: 'tableArn',
      type: 'text',
      value: '<arn>',
      description: 'exports of this table only',
    },
    ...pageFlags,
  ],
  example: 'undrop exports list --table-arn arn:aws:dynamodb:us-east-1:123456789012:table/orders',
  view: ({ exports, nextPageToken }) => ({
    tables: [
      {
        columns: ['STATUS', 'TYPE', 'STARTED', 'ARN'],
        rows: exports.map((found) => [
          found.exportStatus,
          found.exportType,
          found.startedAt?.slice(0, 19).concat('Z'),
          found.exportArn,
        ]),
      },
    ],
    notes: moreNotes(nextPageToken),
  }),
});

const show = lookUpCommand({
  kind: 'export',
  name: 'show',
  description: 'Show everything that AWS tells of an export',
  argument: { flag: '<arn>', path: 'exportArn', type: 'text', description: 'ARN of the export' },
  flags: [],
  example: `undrop exports show ${arn}`,
  view: (facts) => ({ tables: [factTable(facts)] }),
});

const readExamples = `
Examples:
  undrop exports read ${arn} --limit 10
  undrop exports read ${arn} --plain | jq .order_id

A line of JSON for each item: {"Item":{…}} of a full export; Metadata, Keys, OldImage and NewImage of an incremental one.
Reads with the AWS credentials of this terminal, past Temporal and the worker. Exit code 7 when a file is not what the
manifest says; its MD5 is known only after its last line.`;

/** Fills in `undrop exports`: its sub-commands. */
export function describeExports(exports: Command, run: RunAction): void {
  describeLookUps(exports, { command: 'exports', description: '', load: () => [list, show] }, run);
  const read = exports
    .command('read')
    .description('Read the items of a finished export from S3, proving each file by its MD5 on the way')
    .argument('<arn>', 'ARN of the export')
    .option('--limit <n>', 'so many items at most')
    .option('--plain', 'without DynamoDB\'s types: {"id":1} for {"id":{"N":"1"}}')
    .addHelpText('after', readExamples);
  read.action((exportArn: string, given: { limit?: string; plain?: boolean }) =>
    run(read, (session) => lazy.exportsReadAction().exportsReadAction(session, exportArn, given)),
  );
}
