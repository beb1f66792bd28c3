import { ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import type { AwsClients } from '../clients';
import type { SubmittedStatement } from './earlier-statement';
import { type StatementRequest, submitStatement } from './submit-statement';

export interface ExecuteStatementInput extends StatementRequest {
  sql: string;
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
  const call = { operation: 'ExecuteStatement', what: 'SQL statement' } as const;
  return submitStatement({ redshiftData }, call, { ...input, sqls: [input.sql] }, (members) =>
    redshiftData.send(new ExecuteStatementCommand({ ...members, Sql: input.sql })),
  );
}
