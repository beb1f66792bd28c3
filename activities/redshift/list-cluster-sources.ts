import {
  DescribeClustersCommand,
  paginateDescribeClusterSnapshots,
  type Snapshot,
} from '@aws-sdk/client-redshift';
import type { SourceFacts } from '../../domain/sources';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

const dayMs = 24 * 3_600_000;

/**
 * Everything a table of the cluster can be restored from: its automated and manual snapshots, all pages, with the time
 * at which AWS deletes each.
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeClusterSnapshots.html
 */
export async function listClusterSources(
  { redshift }: Pick<AwsClients, 'redshift'>,
  { clusterIdentifier }: { clusterIdentifier: string },
): Promise<SourceFacts[]> {
  const call = {
    service: 'redshift',
    operation: 'DescribeClusterSnapshots',
    what: 'list of the sources',
    handles: { cluster: clusterIdentifier },
  } as const;
  return callAws(call, async () => {
    const { Clusters } = await redshift.send(
      new DescribeClustersCommand({ ClusterIdentifier: clusterIdentifier }),
    );
    const automatedDays = Clusters?.[0]?.AutomatedSnapshotRetentionPeriod;
    const sources: SourceFacts[] = [];
    const pages = paginateDescribeClusterSnapshots(
      { client: redshift, pageSize: 100 },
      { ClusterIdentifier: clusterIdentifier },
    );
    for await (const page of pages)
      sources.push(...(page.Snapshots ?? []).map((snapshot) => sourceFacts(snapshot, automatedDays)));
    return sources;
  });
}

function sourceFacts(snapshot: Snapshot, automatedDays: number | undefined): SourceFacts {
  const automated = snapshot.SnapshotType === 'automated';
  return {
    source: { snapshotIdentifier: snapshot.SnapshotIdentifier ?? '' },
    kind: automated ? 'automated snapshot' : 'manual snapshot',
    of: snapshot.ClusterIdentifier ?? '',
    status: snapshot.Status ?? '',
    usable: snapshot.Status === 'available' || snapshot.Status === 'final snapshot',
    createdAt: snapshot.SnapshotCreateTime?.toISOString() ?? '',
    expiresAt: automated
      ? expiryOf(snapshot.SnapshotCreateTime, automatedDays)
      : expiryOf(
          snapshot.SnapshotRetentionStartTime ?? snapshot.SnapshotCreateTime,
          snapshot.ManualSnapshotRetentionPeriod,
        ),
    sizeMegaBytes: snapshot.TotalBackupSizeInMegaBytes,
  };
}

/** When AWS deletes something kept for so many days from a moment; undefined for ever (-1) or when AWS does not say. */
export function expiryOf(from: Date | undefined, days: number | undefined): string | undefined {
  return from === undefined || days === undefined || days < 0
    ? undefined
    : new Date(from.getTime() + days * dayMs).toISOString();
}
