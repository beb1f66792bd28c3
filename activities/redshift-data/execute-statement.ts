import { ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import { warehouseHandles } from '../../domain/warehouse';
import { callAws } from '../call';
import type { AwsClients } from '../clients';
import { type LookFirst, type SubmittedStatement, submitUnlessEarlier } from './earlier-statement';
import { type DataTarget, dataApiTarget } from './target';

export interface ExecuteStatementInput extends DataTarget {
  sql: string;
  parameters: { name: string; value: string }[];
  /** From the run's identity, so that every attempt is the same statement. */
  clientToken: string;
  /** How a lost statement is found again by ListStatements. */
  statementName: string;
  /** AWS tells EventBridge when the statement has ended. */
  withEvent?: boolean;
  /** An earlier execution of the run may have submitted it: look by its name, then send. */
  lookFirst?: LookFirst;
}

/**
 * Runs one SQL statement. Safe to repeat: the token makes a second send answer with the first one's id.
 * @throws StatementLimitExceeded, DatabaseUnavailable, ClusterNotFound, AccessDenied …
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ExecuteStatement.html
 */
export async function executeStatement(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  input: ExecuteStatementInput,
): Promise<SubmittedStatement> {
  const handles = {
    ...warehouseHandles(input.warehouse),
    database: input.database,
    statement: input.statementName,
  };
  const call = {
    service: 'redshift-data',
    operation: 'ExecuteStatement',
    what: 'SQL statement',
    handles,
  } as const;
  return submitUnlessEarlier({ redshiftData }, { ...input, sqls: [input.sql] }, async () => {
    const answer = await callAws(call, () =>
      redshiftData.send(
        new ExecuteStatementCommand({
          ...dataApiTarget(input),
          Sql: input.sql,
          Parameters: input.parameters.length > 0 ? input.parameters : undefined,
          WithEvent: input.withEvent,
          ClientToken: input.clientToken,
          StatementName: input.statementName,
        }),
      ),
    );
    return { id: answer.Id ?? '', status: answer.Status ?? 'SUBMITTED' };
  });
}
