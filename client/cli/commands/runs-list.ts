import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Outcome } from '../../../domain/run-state';
import { operationEntries } from './index';

export interface ListFlags {
  operation?: string;
  outcome?: Outcome;
  status?: string;
  table?: string;
  warehouse?: string;
  schedule?: string;
  target?: string;
  since?: string;
  until?: string;
  id?: string;
  limit: number;
  page?: string;
  allPages?: boolean;
}

/** Temporal's states, one word each: `timed-out`. */
export const statusWords = [
  'running',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'terminated',
  'timed-out',
] as const;

const examples = `
Examples:
  undrop runs list --outcome failed --since 24h
  undrop runs list --operation restore-table --target analytics --all-pages -o json
  undrop runs list --status timed-out --since 2026-11-20T00:00:00Z --until 2026-11-21T00:00:00Z`;

export function describeRunsList(list: Command): Command {
  list.description('List runs: those that run, the newest first, then those that ended, the last first');
  list.optionsGroup('Only runs:');
  list.addOption(
    new Option('--operation <name>', 'of this operation').choices(
      operationEntries.map(({ command }) => command),
    ),
  );
  list.addOption(
    new Option('--outcome <outcome>', 'with this outcome').choices([
      'running',
      'done',
      'failed',
      'cancelled',
    ]),
  );
  list.addOption(
    new Option('--status <status>', "with this state of Temporal's, where the outcome is too coarse").choices(
      statusWords,
    ),
  );
  list.option('--target <name>', 'about this cluster, workgroup or table');
  list.option('--table <name>', 'about this table: database.schema.table, a DynamoDB table or a snapshot');
  list.option('--warehouse <name>', 'about this cluster or workgroup; ACCOUNT.REGION of an export');
  list.option('--since <time>', 'started at or after this: ISO, or a duration before now such as 24h');
  list.option('--until <time>', 'started before this: as --since');
  list.option('--schedule <schedule>', 'started by this schedule');
  list.option('--id <prefix>', 'whose workflow id begins so');
  list.optionsGroup('Pages:');
  list.option('--limit <n>', 'so many on a page, up to 1000', readLimit, 20);
  list.option('--page <token>', 'the next page, as the list before named it');
  list.option('--all-pages', 'all of them, page after page');
  return list.addHelpText('after', examples);
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new InvalidArgumentError('It must be a number from 1 to 1000.');
  return limit;
}
