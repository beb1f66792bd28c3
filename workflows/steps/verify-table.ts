import { judgeRowCount, type VerifyTableResult } from '../../domain/operations/verify-table';
import { durationMs } from '../../domain/duration';
import { rowCountStatement } from '../../domain/sql/row-count';
import { displayTable, type TableName } from '../../domain/table-name';
import { fail } from '../failure';
import type { Parsed, Step } from '../run';
import { runStatement } from './run-statement';

/**
 * Proves a table by its row count. A failed verdict fails the run and leaves the table for a person to look at.
 * @throws VerificationMismatch with expected and actual; StatementFailed when the table cannot be counted.
 */
export async function verifyTableStep(step: Step, input: Parsed<'verifyTable'>): Promise<VerifyTableResult> {
  const count = async (table: TableName, key: string) => {
    const result = await runStatement(step, {
      key,
      what: `count the rows of ${displayTable(table)}`,
      warehouse: input.warehouse,
      database: table.database,
      access: input.dataApi,
      statement: rowCountStatement(table),
      maxRows: 1,
      deadlineMs: durationMs(input.deadline),
    });
    return Number(result.rows[0]?.[0]);
  };
  const rowCount = await count(input.table, 'count');
  const other = 'sameAs' in input.rowCount ? { ...input.table, ...input.rowCount.sameAs } : undefined;
  const verdict = judgeRowCount(input.rowCount, rowCount, other && (await count(other, 'count-other')));
  const text = `row count: expected ${verdict.expected}, found ${verdict.actual}`;
  if (!verdict.passed)
    throw fail('VerificationMismatch', 'proof of the table', { table: displayTable(input.table) }, text);
  step.say(text);
  return { table: input.table, rowCount, verdicts: [verdict] };
}
