import { everyPage } from '../every-page';
import type { ListedStatus, ListFilter } from '../list-runs';
import { apiVersion, type RunList } from '../run-view';
import { operationEntries } from './commands';
import type { ListFlags } from './commands/runs-list';
import { exitCodes } from './exit-codes';
import { byFilterFlags } from './filter-flags';
import { wantsColours, type Io } from './io';
import { lazy } from './lazy';
import { printData } from './output';
import { painter, type Painter } from './painter';
import { withOperations, type Session } from './session';
import { UsageError } from './usage-error';

export async function runsListAction(session: Session, flags: ListFlags): Promise<number> {
  const { io, options } = session;
  if (flags.allPages && flags.page !== undefined) {
    throw new UsageError('the runs were not listed', ['--all-pages, --page: exclude each other']);
  }
  const filter = filterOf(flags);
  const page = await withOperations(session, (operations) => {
    const list = (asked: ListFilter) => operations.list(asked);
    return byFilterFlags('the runs were not listed', async (): Promise<RunList> =>
      flags.allPages ? { apiVersion, runs: await everyPage(list, filter) } : list(filter),
    );
  });
  printData(io.stdout, options.output, page, () =>
    listLines(page, io.now(), painter(wantsColours(io, io.stdout)), lazy.duration().formatDuration),
  );
  if (options.output === 'text') tellMore(io, page, flags);
  return exitCodes.done;
}

function filterOf(flags: ListFlags): ListFilter {
  const operation = operationEntries.find(({ command }) => command === flags.operation)?.operation;
  const given = {
    operation,
    outcome: flags.outcome,
    status: flags.status?.replace('-', ' ') as ListedStatus | undefined,
    table: flags.table,
    warehouse: flags.warehouse,
    schedule: flags.schedule,
    target: flags.target,
    since: flags.since,
    until: flags.until,
    idPrefix: flags.id,
    pageToken: flags.page,
  };
  const told = Object.entries(given).filter(([, value]) => value !== undefined);
  return { limit: flags.limit, ...Object.fromEntries(told) };
}

/** What a person might want next: the next page, or why there is nothing. */
function tellMore({ stderr }: Io, page: RunList, flags: ListFlags): void {
  if (page.nextPageToken) {
    stderr.write(`there are more: --all-pages, or --page ${page.nextPageToken}\n`);
  }
  if (page.runs.length > 0) return;
  const { limit: _, page: __, allPages: ___, ...filters } = flags;
  const names = Object.keys(filters).map((name) => `--${name}`);
  stderr.write(
    names.length > 0
      ? `no run fits ${names.join(', ')}: leave one out to see more; ended runs are kept as long as the retention of the Temporal namespace\n`
      : 'nothing was started in this Temporal namespace, or its retention has passed; "undrop --help" shows how to start a run, "undrop doctor" whether this is the right place\n',
  );
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
