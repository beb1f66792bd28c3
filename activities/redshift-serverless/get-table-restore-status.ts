import { GetTableRestoreStatusCommand } from '@aws-sdk/client-redshift-serverless';
import type { TableRestoreFacts } from '../../domain/aws/table-restore';
import { failureOf } from '../aws-failure';
import { callAws } from '../call';
import type { AwsClients } from '../clients';
import { serverlessRestoreFacts } from './facts';

export interface GetTableRestoreStatusInput {
  tableRestoreRequestId: string;
}

/**
 * One look at one serverless table restore, by its id.
 * @throws NotFound when AWS does not (yet) know the id, AccessDenied, Throttled …
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_GetTableRestoreStatus.html
 */
export async function getTableRestoreStatus(
  { redshiftServerless }: Pick<AwsClients, 'redshiftServerless'>,
  input: GetTableRestoreStatusInput,
): Promise<TableRestoreFacts> {
  const handles = { request: input.tableRestoreRequestId };
  const call = {
    service: 'redshift-serverless',
    operation: 'GetTableRestoreStatus',
    what: 'look at the table restore',
    handles,
  } as const;
  const { tableRestoreStatus } = await callAws(call, () =>
    redshiftServerless.send(new GetTableRestoreStatusCommand(input)),
  );
  if (!tableRestoreStatus) throw failureOf('OutcomeUnknown', call, 'the answer holds no status');
  return serverlessRestoreFacts(tableRestoreStatus);
}
