import { workflowInfo } from '@temporalio/workflow';
import type { StatementFacts, SubStatementFacts } from '../../domain/aws/statement';
import { durationMs } from '../../domain/duration';
import type { QueryResult, RunQueryResult } from '../../domain/operations/run-query';
import { utf8Length } from '../../domain/table-name';
import { earlierExecutions } from '../earlier';
import { fail } from '../failure';
import { look } from '../proxies';
import type { Parsed, Step } from '../run';
import { awaitStatement } from './await-statement';

/** A run's result is one payload: all rows of it, of a batch too, stay below this. */
const largestResultBytes = 1_000_000;

/** AWS's clock and Temporal's need not agree better than this. */
const clockTolerance = 5 * 60_000;

/**
 * Runs the query and brings its rows home. AWS gets the statement once, however often an answer is lost or a worker
 * dies: it is recognised by its token, and found by its name when no answer came at all, or by a later execution.
 * @throws StatementFailed with the database's words; what of a batch was committed all the same is told with it.
 */
export async function runQueryStep(step: Step, input: Parsed<'runQuery'>): Promise<RunQueryResult> {
  const { workflowId, firstExecutionRunId, startTime } = workflowInfo();
  // Of this one start of the run, so that a statement found under its name is surely ours; a reset of the run keeps it,
  // and what was written is not written twice.
  const identity = `${workflowId}/${firstExecutionRunId}`;
  const what = `query on ${input.database}`;
  const facts = await awaitStatement(step, {
    key: 'query',
    what,
    warehouse: input.warehouse,
    database: input.database,
    access: input.dataApi,
    sql: input.sqls ? { texts: input.sqls, executionMode: input.executionMode } : { text: input.sql! },
    parameters: input.parameters ?? [],
    identity,
    statementName: input.statementName,
    earlier: earlierExecutions(),
    withEvent: input.withEvent,
    findLost: (name) => findLost(name, startTime.getTime() - clockTolerance),
    deadlineMs: durationMs(input.deadline),
  });
  const read = reader(input.maxRows, what);
  const parts = facts.subStatements;
  if (!parts) return read(facts);
  requireAll(facts.id, parts);
  const statements: QueryResult[] = [];
  for (const part of parts) statements.push(await read(part));
  return { ...empty(facts.id), statements };
}

/** The statement of that name, if there is exactly one since then: a name that somebody chose may have been used before. */
async function findLost(name: string, sinceMs: number): Promise<StatementFacts | undefined> {
  const { found } = await look.findStatement({ statementName: name });
  const [only, ...others] = found.filter(
    ({ createdAt }) => createdAt !== undefined && Date.parse(createdAt) >= sinceMs,
  );
  return others.length === 0 ? only : undefined;
}

/** AWS calls a batch FINISHED; that each of its statements is, is looked at all the same. */
function requireAll(id: string, parts: readonly SubStatementFacts[]): void {
  const bad = parts.find(({ status }) => status !== 'FINISHED');
  if (!bad) return;
  const why = `a statement of the batch ended as ${bad.status}: ${bad.error ?? 'the database gave no reason'}`;
  throw fail('StatementFailed', 'batch', { statement: id, part: bad.id }, why);
}

/** Reads results one after the other, within the rows and the bytes that are left. */
function reader(maxRows: number, what: string) {
  let room = largestResultBytes;
  return async ({
    id,
    hasResultSet,
    resultRows,
  }: StatementFacts | SubStatementFacts): Promise<QueryResult> => {
    if (!hasResultSet) {
      const affected = resultRows !== undefined && resultRows >= 0;
      return { ...empty(id), ...(affected && { affectedRows: resultRows }) };
    }
    const result = await look.getStatementResult.executeWithOptions({ summary: what }, [
      { id, maxRows, maxBytes: room },
    ]);
    room -= utf8Length(JSON.stringify(result.rows));
    return { statementId: id, ...result };
  };
}

const empty = (statementId: string): QueryResult => ({
  statementId,
  columns: [],
  rows: [],
  totalRows: 0,
  truncated: false,
});
