import type { SqlResult, SqlStatement } from '../core/types';
import { describeResult } from './describe-result';
import type { EngineWorker } from './engine-worker';
import { bindParameters } from './parameters';
import { rewriteDdl } from './redshift-ddl';
import { rewriteFunctions } from './redshift-functions';
import { SqlError } from './sql-error';
import { attributeValues, insertAttributes } from './table-attributes';

/** What every session starts with; Redshift sessions read backslashes in literals as escapes and run in UTC. */
function sessionSettings(bytesPerRow: number): string {
  return `
    set search_path = "$user", public, rs;
    set standard_conforming_strings = off;
    set escape_string_warning = off;
    set timezone = 'UTC';
    set rs.bytes_per_row = '${bytesPerRow}';`;
}

/** Runs `work` in a session of its own: nothing that was set or left open by it, or before it, is seen by another. */
export async function inSession<T>(
  worker: EngineWorker,
  bytesPerRow: number,
  work: () => Promise<T>,
): Promise<T> {
  await worker.query('discard all'); // on its own: it is not allowed beside other statements
  await worker.script(sessionSettings(bytesPerRow));
  try {
    return await work();
  } finally {
    await worker.query('rollback'); // a no-op with a notice when no transaction is open
  }
}

/** Runs `work` in one transaction. */
export async function inTransaction<T>(worker: EngineWorker, work: () => Promise<T>): Promise<T> {
  await worker.query('begin');
  const result = await work();
  await worker.query('commit');
  return result;
}

async function tableExists(worker: EngineWorker, table: string): Promise<boolean> {
  const { rows } = await worker.query('select to_regclass($1) is not null', [table]);
  return rows[0]?.[0] === 't';
}

async function runOne(worker: EngineWorker, statement: SqlStatement): Promise<SqlResult> {
  const rewritten = rewriteDdl(statement.sql);
  const { sql, values } = bindParameters(rewriteFunctions(rewritten.sql), statement.parameters);
  const { created } = rewritten;
  if (!created) return describeResult(worker, await worker.query(sql, values));
  const existed = await tableExists(worker, created.table);
  const result = await worker.query(sql, values);
  if (!existed) await worker.query(insertAttributes, attributeValues(created.table, created.attributes));
  return describeResult(worker, result);
}

/**
 * Runs statements in order: in one transaction, or each in its own.
 * @throws SqlError of the first that fails, with its index.
 */
export async function runStatements(
  worker: EngineWorker,
  statements: SqlStatement[],
  autoCommit: boolean,
): Promise<SqlResult[]> {
  const runAt = async (statement: SqlStatement, index: number): Promise<SqlResult> => {
    try {
      return await runOne(worker, statement);
    } catch (error) {
      if (error instanceof SqlError) throw new SqlError(error.message, error.code, index);
      throw error;
    }
  };
  const runAll = async (): Promise<SqlResult[]> => {
    const results: SqlResult[] = [];
    for (const [index, statement] of statements.entries()) results.push(await runAt(statement, index));
    return results;
  };
  // A lone statement is its own transaction, so that VACUUM and its like work as they do on Redshift.
  return autoCommit || statements.length === 1 ? runAll() : inTransaction(worker, runAll);
}
