import { DescribeClustersCommand, paginateDescribeClusterSnapshots } from '@aws-sdk/client-redshift';
import { sourceOfSnapshot } from '../../domain/plan/snapshot-source';
import type { SourceFacts } from '../../domain/sources';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { snapshotFacts } from './snapshot-facts';

/**
 * Everything a table of the cluster can be restored from: its automated and manual snapshots, all pages, with the time
 * at which AWS deletes each.
 * @throws ClusterNotFound, AccessDenied, Throttled …
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
    const described = await redshift.send(
      new DescribeClustersCommand({ ClusterIdentifier: clusterIdentifier }),
    );
    requireAnswer(call, described);
    const automatedDays = described.Clusters?.[0]?.AutomatedSnapshotRetentionPeriod;
    const sources: SourceFacts[] = [];
    const pages = paginateDescribeClusterSnapshots(
      { client: redshift, pageSize: 100 },
      { ClusterIdentifier: clusterIdentifier },
    );
    for await (const page of pages) {
      requireAnswer(call, page);
      const snapshots = page.Snapshots ?? [];
      sources.push(...snapshots.map((snapshot) => sourceOfSnapshot(snapshotFacts(snapshot), automatedDays)));
    }
    return sources;
  });
}
