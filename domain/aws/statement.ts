import { type Observation, unknownStatus } from './observation';

/** What Undrop keeps of a Data API statement. Durations ns as AWS gives them. */
export interface StatementFacts {
  id: string;
  status: string;
  error?: string;
  hasResultSet?: boolean;
  resultRows?: number;
  durationNanoseconds?: number;
  /** The statements of a batch, in order; results are read by their ids. */
  subStatements?: SubStatementFacts[];
}

/** One statement of a batch. */
export interface SubStatementFacts {
  id: string;
  status: string;
  error?: string;
  hasResultSet?: boolean;
  resultRows?: number;
}

/** https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_DescribeStatement.html: Status. */
export function observeStatement(statement: StatementFacts): Observation {
  const { status } = statement;
  switch (status) {
    case 'SUBMITTED':
    case 'PICKED':
    case 'STARTED':
      return { kind: 'pending', status, progress: { awsStatus: status } };
    case 'FINISHED':
      return { kind: 'succeeded', status };
    case 'FAILED':
      return {
        kind: 'failed',
        status,
        failure: 'StatementFailed',
        message: statement.error ?? 'the database gave no reason',
      };
    case 'ABORTED':
      return {
        kind: 'failed',
        status,
        failure: 'StatementAborted',
        message: statement.error ?? 'cancelled outside this run',
      };
    default:
      return unknownStatus('statement', status);
  }
}

/** Ended without having done anything that lasts: the database takes back a statement, or a transaction, that fails. */
export const endedInVain = ({ status }: StatementFacts) => status === 'FAILED' || status === 'ABORTED';
