import { paginateDescribeTableRestoreStatus } from '@aws-sdk/client-redshift';
import { isRunning, type TableRestoreFacts } from '../../domain/aws/table-restore';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { tableRestoreFacts } from './table-restore-facts';

/**
 * The table restores that run or wait on a cluster, whoever asked for them; all pages.
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeTableRestoreStatus.html
 */
export async function listRunningRestores(
  { redshift }: Pick<AwsClients, 'redshift'>,
  { clusterIdentifier }: { clusterIdentifier: string },
): Promise<TableRestoreFacts[]> {
  const call = {
    service: 'redshift',
    operation: 'DescribeTableRestoreStatus',
    what: 'list of the running table restores',
    handles: { cluster: clusterIdentifier },
  } as const;
  return callAws(call, async () => {
    const found: TableRestoreFacts[] = [];
    const pages = paginateDescribeTableRestoreStatus(
      { client: redshift, pageSize: 100 },
      { ClusterIdentifier: clusterIdentifier },
    );
    for await (const page of pages) {
      requireAnswer(call, page);
      found.push(...(page.TableRestoreStatusDetails ?? []).map(tableRestoreFacts).filter(isRunning));
    }
    return found;
  });
}
