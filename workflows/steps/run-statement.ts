import type { StatementResult } from '../../activities/redshift-data/get-statement-result';
import type { SqlStatement } from '../../domain/sql/row-count';
import { look } from '../proxies';
import type { Step } from '../run';
import { awaitStatement, type StatementExecution } from './await-statement';

export interface StatementRequest extends Pick<
  StatementExecution,
  'key' | 'what' | 'warehouse' | 'database' | 'access' | 'deadlineMs'
> {
  statement: SqlStatement;
  maxRows: number;
}

/** Runs one SQL statement that only reads, and reads its result; see awaitStatement. */
export async function runStatement(step: Step, request: StatementRequest): Promise<StatementResult> {
  const { statement, maxRows, ...rest } = request;
  const { id } = await awaitStatement(step, {
    ...rest,
    sql: { text: statement.text },
    parameters: statement.parameters,
  });
  return look.getStatementResult.executeWithOptions({ summary: request.what }, [{ id, maxRows }]);
}
