import type { OperationName } from '../../domain/operations';
import type { OperationsClient } from '../operations-client';
import { apiVersion, type RunSummary } from '../run-view';
import { operationEntries } from './commands';
import type { RetryFlags } from './commands/runs-retry';
import { exitCodes } from './exit-codes';
import { byFilterFlags } from './filter-flags';
import { lazy } from './lazy';
import { wantsColours } from './io';
import { printData } from './output';
import { painter, type Painter } from './painter';
import { withOperations, type Session } from './session';
import { tableLines } from './table';
import { UsageError } from './usage-error';

/** What became of one of many. */
interface Retried extends Pick<RunSummary, 'workflowId' | 'runId' | 'operation' | 'status'> {
  retried: boolean;
  from?: string;
  notes?: string[];
  error?: { type: string; message: string; remedy: string };
}

/** `undrop runs retry --all-failed`: lists the runs, asks, retries each; one that cannot be does not stop the others. */
export async function retryAllAction(session: Session, flags: RetryFlags): Promise<number> {
  const { io, options } = session;
  const dryRun = flags.dryRun === true;
  if (!dryRun && !flags.yes && !io.confirm) {
    throw new UsageError('nothing was retried', ['--yes: is needed where nobody can be asked']);
  }
  const operation = operationEntries.find(({ command }) => command === flags.operation)?.operation as
    OperationName | undefined;
  return withOperations(session, async (operations) => {
    const filter = {
      since: flags.since!,
      ...(operation && { operation }),
      ...(flags.table !== undefined && { table: flags.table }),
      ...(flags.warehouse !== undefined && { warehouse: flags.warehouse }),
      ...(flags.cancelled && { cancelled: true }),
    };
    const runs = await byFilterFlags('nothing was retried', () => operations.failedRuns(filter));
    const paint = painter(wantsColours(io, io.stderr));
    if (runs.length > 0) io.stderr.write(`${listed(runs, paint).join('\n')}\n`);
    if (runs.length > 0 && !dryRun && !flags.yes) {
      const question = runs.length === 1 ? 'Retry this run?' : `Retry these ${runs.length} runs?`;
      if (!(await io.confirm!(question))) {
        io.stderr.write('nothing was retried\n');
        return exitCodes.done;
      }
    }
    const results: Retried[] = [];
    for (const run of runs) results.push(await retryOne(operations, run, dryRun));
    printData(io.stdout, options.output, { apiVersion, dryRun, runs: results }, () =>
      resultLines(results, dryRun, painter(wantsColours(io, io.stdout))),
    );
    if (dryRun) io.stderr.write('dry run: nothing was changed\n');
    return results.some(({ error }) => error) ? exitCodes.failed : exitCodes.done;
  });
}

async function retryOne(operations: OperationsClient, run: RunSummary, dryRun: boolean): Promise<Retried> {
  const { workflowId, runId, operation, status } = run;
  const about = { workflowId, operation, status };
  try {
    const { retried, from, notes, runId: now } = await operations.retry(workflowId, { runId, dryRun });
    return { ...about, runId: now, retried, from, notes };
  } catch (error) {
    const { type, message, remedy } = error as { type?: string; message: string; remedy?: string };
    return {
      ...about,
      runId,
      retried: false,
      error: { type: type ?? 'Unexpected', message, remedy: remedy ?? '' },
    };
  }
}

function listed(runs: readonly RunSummary[], paint: Painter): string[] {
  const { formatDuration } = lazy.duration();
  const rows = runs.map((run) => [
    run.status,
    run.operation,
    run.table || '-',
    `${run.startedAt.slice(0, 16).replace('T', ' ')}Z`,
    run.endedAt === undefined ? '-' : formatDuration(Date.parse(run.endedAt) - Date.parse(run.startedAt)),
    run.workflowId,
  ]);
  return tableLines({ columns: ['STATUS', 'OPERATION', 'TABLE', 'STARTED', 'TOOK', 'RUN'], rows }, paint);
}

function resultLines(results: readonly Retried[], dryRun: boolean, paint: Painter): string[] {
  if (results.length === 0) return ['no runs'];
  const done = dryRun ? 'can be retried' : 'retried';
  const rows = results.map(({ error, retried, from = '', workflowId }) => [
    error ? 'refused' : retried || dryRun ? done : 'retried before',
    from || '-',
    workflowId,
  ]);
  const [head = '', ...lines] = tableLines({ columns: ['RETRY', 'FROM', 'RUN'], rows }, paint);
  return [
    head,
    ...lines.flatMap((line, at) => {
      const { error } = results[at]!;
      return error ? [paint.red(line), `  ${error.message}`, `  ${error.remedy}`] : [line];
    }),
  ];
}
