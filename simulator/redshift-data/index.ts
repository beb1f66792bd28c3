import type { Operations } from '../core/types';
import type { World } from '../core/world';
import { cancelStatement } from './cancel-statement';
import { describeStatement } from './describe-statement';
import { batchExecuteStatement, executeStatement } from './execute';
import { listStatements } from './list-statements';
import { describeTable, listDatabases, listSchemas, listTables } from './metadata';
import { getStatementResult } from './statement-result';
import { StatementStore } from './store';

/**
 * The Redshift Data API. Sessions (SessionId, SessionKeepAliveSeconds, ListSessions) and CSV results
 * (GetStatementResultV2) are not simulated and are refused.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/Welcome.html
 */
export function createRedshiftData(world: World): Operations {
  const store = new StatementStore();
  return {
    ExecuteStatement: executeStatement(world, store),
    BatchExecuteStatement: batchExecuteStatement(world, store),
    DescribeStatement: describeStatement(world, store),
    GetStatementResult: getStatementResult(world, store),
    CancelStatement: cancelStatement(world, store),
    ListStatements: listStatements(world, store),
    ListDatabases: listDatabases(world),
    ListSchemas: listSchemas(world),
    ListTables: listTables(world),
    DescribeTable: describeTable(world),
  };
}
