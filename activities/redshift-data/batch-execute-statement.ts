import { BatchExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import { warehouseHandles } from '../../domain/warehouse';
import { callAws } from '../call';
import type { AwsClients } from '../clients';
import { type SubmittedStatement, submitUnlessEarlier } from './earlier-statement';
import type { ExecuteStatementInput } from './execute-statement';
import { dataApiTarget } from './target';

export interface BatchExecuteStatementInput extends Omit<ExecuteStatementInput, 'sql'> {
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
  const handles = {
    ...warehouseHandles(input.warehouse),
    database: input.database,
    statement: input.statementName,
  };
  const call = {
    service: 'redshift-data',
    operation: 'BatchExecuteStatement',
    what: 'batch of SQL statements',
    handles,
  } as const;
  return submitUnlessEarlier({ redshiftData }, input, async () => {
    const answer = await callAws(call, () =>
      redshiftData.send(
        new BatchExecuteStatementCommand({
          ...dataApiTarget(input),
          Sqls: input.sqls,
          Parameters: input.parameters.length > 0 ? input.parameters : undefined,
          ExecutionMode: input.executionMode,
          WithEvent: input.withEvent,
          ClientToken: input.clientToken,
          StatementName: input.statementName,
        }),
      ),
    );
    return { id: answer.Id ?? '', status: answer.Status ?? 'SUBMITTED' };
  });
}
