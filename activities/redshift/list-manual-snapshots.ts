import { paginateDescribeClusterSnapshots, type Snapshot } from '@aws-sdk/client-redshift';
import type { ManualSnapshots } from '../../domain/plan/judge-copy';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { snapshotFacts } from './snapshot-facts';

/**
 * How many manual snapshots the account has in the Region, and the one of a given name if there is one; all pages.
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeClusterSnapshots.html
 */
export async function listManualSnapshots(
  { redshift }: Pick<AwsClients, 'redshift'>,
  { name }: { name: string },
): Promise<ManualSnapshots> {
  const call = {
    service: 'redshift',
    operation: 'DescribeClusterSnapshots',
    what: 'list of the manual snapshots',
    handles: {},
  } as const;
  return callAws(call, async () => {
    let count = 0;
    let named: Snapshot | undefined;
    const pages = paginateDescribeClusterSnapshots(
      { client: redshift, pageSize: 100 },
      { SnapshotType: 'manual' },
    );
    for await (const page of pages) {
      requireAnswer(call, page);
      count += page.Snapshots?.length ?? 0;
      named ??= page.Snapshots?.find(({ SnapshotIdentifier }) => SnapshotIdentifier === name.toLowerCase());
    }
    return { count, ...(named && { named: snapshotFacts(named) }) };
  });
}
