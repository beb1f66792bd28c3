import type {
  ExecuteStatementCommandInput,
  ExecuteStatementCommandOutput,
} from '@aws-sdk/client-redshift-data';
import { warehouseHandles } from '../../domain/warehouse';
import { callAws } from '../call';
import type { AwsClients } from '../clients';
import { type LookFirst, type SubmittedStatement, submitUnlessEarlier } from './earlier-statement';
import { type DataTarget, dataApiTarget } from './target';

/** What the requests for one statement and for a batch have in common. */
export interface StatementRequest extends DataTarget {
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
 * Submits SQL by either operation, unless an earlier execution of the run has done so.
 * @param send the request, made from the members that both operations have
 * @throws StatementUnresolved, and what AWS answers, as rows of the failure table
 */
export async function submitStatement(
  clients: Pick<AwsClients, 'redshiftData'>,
  what: { operation: 'ExecuteStatement' | 'BatchExecuteStatement'; what: string },
  input: StatementRequest & { sqls: string[] },
  send: (
    members: Omit<ExecuteStatementCommandInput, 'Sql'>,
  ) => Promise<Pick<ExecuteStatementCommandOutput, 'Id'> & { Status?: string }>,
): Promise<SubmittedStatement> {
  const { warehouse, database, statementName, parameters, withEvent, clientToken } = input;
  const handles = { ...warehouseHandles(warehouse), database, statement: statementName };
  const members = {
    ...dataApiTarget(input),
    Parameters: parameters.length > 0 ? parameters : undefined,
    WithEvent: withEvent,
    ClientToken: clientToken,
    StatementName: statementName,
  };
  return submitUnlessEarlier(clients, input, async () => {
    const answer = await callAws({ service: 'redshift-data', ...what, handles }, () => send(members));
    return { id: answer.Id ?? '', status: answer.Status ?? 'SUBMITTED' };
  });
}
