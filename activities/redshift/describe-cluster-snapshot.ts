import { DescribeClusterSnapshotsCommand } from '@aws-sdk/client-redshift';
import type { SnapshotFacts } from '../../domain/aws/snapshot';
import { failureOf } from '../aws-failure';
import { callAws } from '../call';
import type { AwsClients } from '../clients';
import { snapshotFacts } from './snapshot-facts';

export interface DescribeClusterSnapshotInput {
  snapshotIdentifier: string;
  clusterIdentifier?: string;
}

/**
 * One look at one snapshot.
 * @throws SnapshotNotFound, AccessDenied, Throttled …
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeClusterSnapshots.html
 */
export async function describeClusterSnapshot(
  { redshift }: Pick<AwsClients, 'redshift'>,
  input: DescribeClusterSnapshotInput,
): Promise<SnapshotFacts> {
  const handles = { snapshot: input.snapshotIdentifier, cluster: input.clusterIdentifier };
  const call = {
    service: 'redshift',
    operation: 'DescribeClusterSnapshots',
    what: 'look at the snapshot',
    handles,
  } as const;
  const { Snapshots } = await callAws(call, () =>
    redshift.send(
      new DescribeClusterSnapshotsCommand({
        SnapshotIdentifier: input.snapshotIdentifier,
        ClusterIdentifier: input.clusterIdentifier,
      }),
    ),
  );
  const snapshot = Snapshots?.[0];
  if (!snapshot) throw failureOf('SnapshotNotFound', call, 'AWS lists no such snapshot');
  return snapshotFacts(snapshot);
}
