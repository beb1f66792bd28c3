import { ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { collect } from './collect';

export interface FindStatementInput {
  /** The whole name; AWS itself compares only its begin. */
  statementName: string;
}

/** Found statements beyond so many are not told. */
const enough = 100;

/**
 * Statements of exactly this name, running ones too: how one is found again whose id was lost with the answer.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ListStatements.html
 */
export async function findStatement(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  { statementName }: FindStatementInput,
): Promise<{ found: { id: string; status: string; createdAt?: string }[] }> {
  const call = {
    service: 'redshift-data',
    operation: 'ListStatements',
    what: 'look for the statement',
    handles: { name: statementName },
  } as const;
  return callAws(call, async () => {
    const { items } = await collect({ limit: enough, largestPage: enough }, async (page) => {
      const answer = await redshiftData.send(
        new ListStatementsCommand({ StatementName: statementName, Status: 'ALL', ...page }),
      );
      requireAnswer(call, answer);
      return { items: answer.Statements, next: answer.NextToken };
    });
    const named = items.filter((statement) => statement.StatementName === statementName);
    return {
      found: named.map(({ Id, Status, CreatedAt }) => ({
        id: Id ?? '',
        status: Status ?? '',
        ...(CreatedAt && { createdAt: CreatedAt.toISOString() }),
      })),
    };
  });
}
