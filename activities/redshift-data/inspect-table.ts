import type { TableInfo } from '../../domain/plan/judge-table';
import { observeStatement } from '../../domain/aws/statement';
import { tableInfoStatement } from '../../domain/sql/table-info';
import { displayTable, type TableName } from '../../domain/table-name';
import { warehouseHandles } from '../../domain/warehouse';
import { failureOf } from '../aws-failure';
import type { AwsClients } from '../clients';
import { cancelStatement } from './cancel-statement';
import { describeStatement } from './describe-statement';
import { executeStatement } from './execute-statement';
import { getStatementResult } from './get-statement-result';
import type { DataTarget } from './target';

export interface InspectTableInput extends Omit<DataTarget, 'database'> {
  table: TableName;
  caseSensitive: boolean;
  clientToken: string;
  statementName: string;
}

/** The longest wait for the answer, in seconds: this is a look, not work. */
const patienceSeconds = 10;

/**
 * Size and sort key of a table, from svv_table_info: one statement, waited for on the side of AWS. Nothing for a table
 * without rows, which the view leaves out.
 * @throws StatementFailed where the database user may not see the view, DatabaseUnavailable …
 * https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_TABLE_INFO.html
 */
export async function inspectTable(
  clients: Pick<AwsClients, 'redshiftData'>,
  input: InspectTableInput,
): Promise<{ info?: TableInfo }> {
  const { table, warehouse, access, clientToken, statementName } = input;
  const call = {
    what: 'look at the table',
    handles: { ...warehouseHandles(warehouse), table: displayTable(table) },
  };
  const { text: sql, parameters } = tableInfoStatement(table, input.caseSensitive);
  const target = { warehouse, database: table.database, access };
  const { id } = await executeStatement(clients, { ...target, sql, parameters, clientToken, statementName });
  const seen = observeStatement(await describeStatement(clients, { id, waitTimeSeconds: patienceSeconds }));
  if (seen.kind === 'failed') throw failureOf(seen.failure, call, seen.message);
  if (seen.kind === 'pending') {
    await cancelStatement(clients, { id });
    throw failureOf('DatabaseUnavailable', call, `svv_table_info did not answer within ${patienceSeconds} s`);
  }
  const { rows } = await getStatementResult(clients, { id, maxRows: 1 });
  const [row] = rows;
  if (row === undefined) return {};
  const [megaBytes, tableRows, sortKey] = row;
  return {
    info: {
      megaBytes: Number(megaBytes ?? 0),
      rows: Number(tableRows ?? 0),
      ...(typeof sortKey === 'string' && { sortKey }),
    },
  };
}
