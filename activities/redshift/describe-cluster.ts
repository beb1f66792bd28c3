import { DescribeClustersCommand } from '@aws-sdk/client-redshift';
import type { WarehouseState } from '../../domain/plan/judge-warehouse';
import { failureOf } from '../aws-failure';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

/**
 * One look at a cluster: its state, and how long it keeps automated snapshots.
 * @throws ClusterNotFound, AccessDenied, Throttled …
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeClusters.html
 */
export async function describeCluster(
  { redshift }: Pick<AwsClients, 'redshift'>,
  { clusterIdentifier }: { clusterIdentifier: string },
): Promise<WarehouseState> {
  const call = {
    service: 'redshift',
    operation: 'DescribeClusters',
    what: 'look at the cluster',
    handles: { cluster: clusterIdentifier },
  } as const;
  const { Clusters } = await callAws(call, () =>
    redshift.send(new DescribeClustersCommand({ ClusterIdentifier: clusterIdentifier })),
  );
  const cluster = Clusters?.[0];
  if (!cluster) throw failureOf('ClusterNotFound', call, 'AWS lists no such cluster');
  return {
    what: `cluster ${clusterIdentifier}`,
    status: cluster.ClusterStatus ?? '',
    automatedDays: cluster.AutomatedSnapshotRetentionPeriod,
  };
}
