import { InvalidArgumentError, Option, type Command } from 'commander';
import type { OperationName } from '../../../domain/operations';
import type { Outcome } from '../../../domain/run-state';
import type { RunList } from '../../run-view';
import { exitCodes } from '../exit-codes';
import { wantsColours } from '../io';
import { lazy } from '../lazy';
import { printData } from '../output';
import { painter, type Painter } from '../painter';
import { withOperations, type Session } from '../session';
import { operationEntries } from './index';

export interface ListFlags {
  operation?: string;
  outcome?: Outcome;
  table?: string;
  warehouse?: string;
  limit: number;
  page?: string;
}

export function describeRunsList(list: Command): Command {
  return list
    .description('List runs, newest first')
    .addOption(
      new Option('--operation <name>', 'runs of this operation only').choices(
        operationEntries.map(({ command }) => command),
      ),
    )
    .addOption(
      new Option('--outcome <outcome>', 'runs with this outcome only').choices([
        'running',
        'done',
        'failed',
        'cancelled',
      ]),
    )
    .option('--table <name>', 'runs about this table: database.schema.table, a DynamoDB table or a snapshot')
    .option('--warehouse <name>', 'runs about this cluster')
    .option('--limit <n>', 'so many at most, up to 1000', readLimit, 20)
    .option('--page <token>', 'the next page, as the list before named it')
    .addHelpText('after', '\nExample:\n  undrop runs list --outcome failed --table dev.public.orders');
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new InvalidArgumentError('It must be a number from 1 to 1000.');
  return limit;
}

export async function runsListAction(session: Session, flags: ListFlags): Promise<number> {
  const { io, options } = session;
  const operation = operationEntries.find(({ command }) => command === flags.operation)?.operation as
    OperationName | undefined;
  const page = await withOperations(session, (operations) =>
    operations.list({
      limit: flags.limit,
      ...(operation && { operation }),
      ...(flags.outcome && { outcome: flags.outcome }),
      ...(flags.table !== undefined && { table: flags.table }),
      ...(flags.warehouse !== undefined && { warehouse: flags.warehouse }),
      ...(flags.page !== undefined && { pageToken: flags.page }),
    }),
  );
  printData(io.stdout, options.output, page, () =>
    listLines(page, io.now(), painter(wantsColours(io, io.stdout)), lazy.duration().formatDuration),
  );
  if (page.nextPageToken && options.output === 'text')
    io.stderr.write(`there are more: --page ${page.nextPageToken}\n`);
  return exitCodes.done;
}

/** Runs as a table; ids last, whole, so that they can be copied. */
export function listLines(
  page: RunList,
  now: number,
  paint: Painter,
  duration: (ms: number) => string,
): string[] {
  if (page.runs.length === 0) return ['no runs'];
  const rows = page.runs.map((run) => [
    run.status,
    run.operation,
    run.table || '-',
    `${run.startedAt.slice(0, 16).replace('T', ' ')}Z`,
    duration((run.endedAt === undefined ? now : Date.parse(run.endedAt)) - Date.parse(run.startedAt)),
    run.workflowId,
  ]);
  const head = ['STATUS', 'OPERATION', 'TABLE', 'STARTED', 'TOOK', 'RUN'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  const colours = { running: paint.cyan, done: paint.green, failed: paint.red, cancelled: paint.yellow };
  return [
    paint.bold(line(head)),
    ...rows.map((row, index) => {
      const text = line(row);
      const { length } = row[0]!;
      return colours[page.runs[index]!.outcome](text.slice(0, length)) + text.slice(length);
    }),
  ];
}
