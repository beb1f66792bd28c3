import { BatchExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import type { AwsClients } from '../clients';
import type { SubmittedStatement } from './earlier-statement';
import { type StatementRequest, submitStatement } from './submit-statement';

export interface BatchExecuteStatementInput extends StatementRequest {
  /** 1 to 40, run in order. */
  sqls: string[];
  /** One transaction (AWS's default), or each statement committed by itself. */
  executionMode?: 'TRANSACTION' | 'AUTO_COMMIT';
}

/**
 * Runs several SQL statements. Safe to repeat, as ExecuteStatement is.
 * @throws StatementLimitExceeded, DatabaseUnavailable, ClusterNotFound, AccessDenied …
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_BatchExecuteStatement.html
 */
export async function batchExecuteStatement(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  input: BatchExecuteStatementInput,
): Promise<SubmittedStatement> {
  const { sqls, executionMode } = input;
  const call = { operation: 'BatchExecuteStatement', what: 'batch of SQL statements' } as const;
  return submitStatement({ redshiftData }, call, input, (members) =>
    redshiftData.send(
      new BatchExecuteStatementCommand({ ...members, Sqls: sqls, ExecutionMode: executionMode }),
    ),
  );
}
