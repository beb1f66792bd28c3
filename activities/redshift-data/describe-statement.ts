import {
  DescribeStatementCommand,
  type DescribeStatementCommandOutput,
  type SubStatementData,
} from '@aws-sdk/client-redshift-data';
import type { StatementFacts } from '../../domain/aws/statement';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

export interface DescribeStatementInput {
  id: string;
  /** Server-side long poll, 1–30 s: the answer comes when the statement ends, or after so long. */
  waitTimeSeconds?: number;
}

/**
 * One look at a statement; with `waitTimeSeconds` a long one.
 * @throws StatementNotFound, AccessDenied, Throttled …
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_DescribeStatement.html
 */
export async function describeStatement(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  input: DescribeStatementInput,
): Promise<StatementFacts> {
  const answer = await askForStatement(redshiftData, input);
  return {
    id: answer.Id ?? input.id,
    status: answer.Status ?? '',
    error: answer.Error,
    hasResultSet: answer.HasResultSet,
    resultRows: answer.ResultRows,
    durationNanoseconds: answer.Duration,
    ...(answer.SubStatements?.length && { subStatements: answer.SubStatements.map(subStatementFacts) }),
  };
}

/** The call itself, for everything that is made of its answer. */
export function askForStatement(
  redshiftData: AwsClients['redshiftData'],
  input: DescribeStatementInput,
): Promise<DescribeStatementCommandOutput> {
  const call = {
    service: 'redshift-data',
    operation: 'DescribeStatement',
    what: 'look at the statement',
    handles: { statement: input.id },
  } as const;
  return callAws(call, () =>
    redshiftData.send(new DescribeStatementCommand({ Id: input.id, WaitTimeSeconds: input.waitTimeSeconds })),
  );
}

const subStatementFacts = ({ Id, Status, Error, HasResultSet, ResultRows }: SubStatementData) => ({
  id: Id ?? '',
  status: Status ?? '',
  error: Error,
  hasResultSet: HasResultSet,
  resultRows: ResultRows,
});
