import { readFile } from 'node:fs/promises';
import { parseDurationMs } from '../../domain/duration';
import type { QueryResult, RunQueryResult } from '../../domain/operations/run-query';
import { shellQuoted } from '../links';
import type { OperationsClient } from '../operations-client';
import { resolveRun, type ResolvedRun } from '../resolve-run';
import type { RunView } from '../run-view';
import type { TableFormat } from './common-options';
import { exitCodes } from './exit-codes';
import {
  flagProblemText,
  inputFromFlags,
  nameFlags,
  type Flag,
  type FlagProblem,
  type FlagValues,
} from './flags';
import { detached, exitCodeOf, followRun, type Followed } from './follow';
import { wantsColours, type Io } from './io';
import { printData } from './output';
import { painter } from './painter';
import { rowNotes } from './query-notes';
import { failureLines } from './render-run';
import { tablesOf } from './result-rows';
import { withOperations, type Session } from './session';
import { csvText, tableLines } from './table';
import { UsageError } from './usage-error';

export interface QueryFlags {
  sql: string[];
  file?: string;
  wait: boolean;
  timeout?: string;
  workflowId?: string;
}

/** A quick query is answered before anything is drawn. */
const quietMs = 1_500;

/** `undrop query "<sql>"`: a run of its own each time, unless an id is given; its rows on stdout. */
export async function queryAction(
  session: Session,
  query: QueryFlags,
  flags: readonly Flag[],
  values: FlagValues,
): Promise<number> {
  const { io } = session;
  const { run, timeoutMs } = await resolve(io, query, flags, values);
  return withOperations(session, async (operations) => {
    const started = await operations.start('runQuery', run.input, { workflowId: run.workflowId });
    const { workflowId } = run;
    if (!query.wait) {
      printData(io.stdout, session.options.output, started, () => [
        `${started.started ? 'started' : started.reason!}  ${run.title}`,
        '',
        `Run   ${workflowId}`,
        `Rows  undrop runs show ${shellQuoted(workflowId)}`,
      ]);
      return exitCodes.done;
    }
    const { run: view, why } = await stay(operations, io, workflowId, started.runId, timeoutMs);
    if (why !== 'ended' || view === undefined) {
      return detached(io, why === 'timeout' ? 'timeout' : 'interrupted', workflowId);
    }
    return printEnd(session, view as RunView<RunQueryResult>);
  });
}

async function resolve(
  io: Io,
  query: QueryFlags,
  flags: readonly Flag[],
  values: FlagValues,
): Promise<{ run: ResolvedRun<'runQuery'>; timeoutMs?: number }> {
  const sqls = query.file === undefined ? query.sql : [await readSql(query.file, io)];
  const built = inputFromFlags(flags, values);
  const problems: FlagProblem[] = [...built.problems];
  if (query.file !== undefined && query.sql.length > 0) {
    problems.push({ field: 'sql', flags: ['<sql>', '--file'], problem: 'exclude each other: give one' });
  }
  const input = { ...(built.input as object), ...(sqls.length > 1 ? { sqls } : { sql: sqls[0] }) };
  if (sqls.length === 0)
    problems.push({ field: 'sql', flags: ['<sql>'], problem: 'is missing, and no --file' });
  const timeoutMs = query.timeout === undefined ? undefined : parseDurationMs(query.timeout);
  if (query.timeout !== undefined && (timeoutMs === undefined || timeoutMs > 2 ** 31 - 1)) {
    problems.push({
      field: 'timeout',
      flags: ['--timeout'],
      problem: 'must be a duration such as "90s" or "2h"',
    });
  }
  let told = problems;
  try {
    const asked = query.workflowId === undefined ? { again: true } : { workflowId: query.workflowId };
    const run = resolveRun('runQuery', input, asked);
    if (problems.length === 0) return { run, ...(timeoutMs !== undefined && { timeoutMs }) };
  } catch (error) {
    const { problems: found } = error as { problems?: { field: string; problem: string }[] };
    if (found === undefined) throw error;
    told = nameFlags([...argumentFlags, ...flags], problems, found);
  }
  throw new UsageError('the query was not started', told.map(flagProblemText));
}

/** What is given without a flag of the table, so that its problems are told by name too. */
const argumentFlags: Flag[] = [
  { flag: '<sql>', path: 'sql', type: 'text', description: '' },
  { flag: '<sql>', path: 'sqls', type: 'texts', description: '' },
  { flag: '--workflow-id', path: 'workflowId', type: 'text', description: '' },
];

async function readSql(path: string, io: Io): Promise<string> {
  try {
    return path === '-' ? await io.readStdin() : await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'it is not there' : (code ?? message);
    throw new UsageError(`SQL file cannot be read [file=${path}]: ${why}`);
  }
}

/** Waits for the end: at first in silence, then with progress on stderr. */
async function stay(
  operations: OperationsClient,
  io: Io,
  workflowId: string,
  runId: string,
  timeoutMs = Infinity,
): Promise<Followed> {
  const left = new AbortController();
  const unlisten = io.onInterrupt(() => left.abort());
  try {
    const quiet = Math.min(quietMs, timeoutMs);
    const { ended, run } = await operations.wait<'runQuery'>(workflowId, {
      runId,
      timeoutMs: quiet,
      signal: left.signal,
    });
    if (ended) return { run, why: 'ended' };
    if (left.signal.aborted) return { run, why: 'interrupted' };
    if (timeoutMs <= quiet) return { run, why: 'timeout' };
  } finally {
    unlisten();
  }
  const rest = timeoutMs === Infinity ? {} : { timeoutMs: timeoutMs - quietMs };
  return followRun(operations, io, { workflowId, runId, progress: io.stderr, ...rest });
}

function printEnd({ io, options }: Session, view: RunView<RunQueryResult>): number {
  const output = options.output as TableFormat;
  const { apiVersion, workflowId, runId, result } = view;
  if (result === undefined) {
    const lines = failureLines(view, painter(wantsColours(io, io.stderr)));
    io.stderr.write(`${lines.slice(1).join('\n')}\nRun  ${workflowId}\n`);
    return exitCodeOf(view);
  }
  const parts = result.statements ?? [result];
  const tables = tablesOf(result);
  if (output === 'csv') io.stdout.write(tables.map(csvText).join('\n'));
  else if (output !== 'text')
    printData(io.stdout, output, { apiVersion, workflowId, runId, ...result }, () => []);
  else if (tables.length > 0) {
    const paint = painter(wantsColours(io, io.stdout));
    io.stdout.write(`${tables.map((table) => tableLines(table, paint).join('\n')).join('\n\n')}\n`);
  }
  parts.forEach((part, index) => {
    const of = parts.length > 1 ? `statement ${index + 1}: ` : '';
    for (const note of notesOf(part)) io.stderr.write(`${of}${note}\n`);
  });
  return exitCodeOf(view);
}

function notesOf(part: QueryResult): string[] {
  if (part.columns.length > 0) return rowNotes(part);
  const { affectedRows: rows } = part;
  return [rows === undefined ? 'done' : `done, ${rows} ${rows === 1 ? 'row' : 'rows'} affected`];
}
