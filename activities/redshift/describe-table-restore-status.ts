import { DescribeTableRestoreStatusCommand } from '@aws-sdk/client-redshift';
import type { TableRestoreFacts } from '../../domain/aws/table-restore';
import { failureOf } from '../aws-failure';
import { callAws } from '../call';
import type { AwsClients } from '../clients';
import { tableRestoreFacts } from './table-restore-facts';

export interface DescribeTableRestoreStatusInput {
  clusterIdentifier: string;
  tableRestoreRequestId: string;
}

/**
 * One look at one table restore request, by its id.
 * @throws NotFound when AWS does not (yet) know the id, AccessDenied, Throttled …
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeTableRestoreStatus.html
 */
export async function describeTableRestoreStatus(
  { redshift }: Pick<AwsClients, 'redshift'>,
  input: DescribeTableRestoreStatusInput,
): Promise<TableRestoreFacts> {
  const handles = { cluster: input.clusterIdentifier, request: input.tableRestoreRequestId };
  const call = {
    service: 'redshift',
    operation: 'DescribeTableRestoreStatus',
    what: 'look at the table restore',
    handles,
  } as const;
  const { TableRestoreStatusDetails } = await callAws(call, () =>
    redshift.send(
      new DescribeTableRestoreStatusCommand({
        ClusterIdentifier: input.clusterIdentifier,
        TableRestoreRequestId: input.tableRestoreRequestId,
      }),
    ),
  );
  const status = TableRestoreStatusDetails?.[0];
  if (!status) throw failureOf('NotFound', call, 'AWS lists no such request');
  return tableRestoreFacts(status);
}
