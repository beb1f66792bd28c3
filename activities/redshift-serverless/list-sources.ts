import { paginateListRecoveryPoints, paginateListSnapshots } from '@aws-sdk/client-redshift-serverless';
import type { SourceFacts } from '../../domain/sources';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

const dayMs = 24 * 3_600_000;

/** AWS keeps a recovery point for 24 hours. */
const recoveryPointLifeMs = dayMs;

/**
 * Everything a table of the namespace can be restored from: recovery points and snapshots, all pages.
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ListRecoveryPoints.html, API_ListSnapshots.html
 */
export async function listServerlessSources(
  { redshiftServerless: client }: Pick<AwsClients, 'redshiftServerless'>,
  { namespaceName }: { namespaceName: string },
): Promise<SourceFacts[]> {
  const call = {
    service: 'redshift-serverless',
    operation: 'ListRecoveryPoints',
    what: 'list of the sources',
    handles: { namespace: namespaceName },
  } as const;
  return callAws(call, async () => {
    const sources: SourceFacts[] = [];
    for await (const page of paginateListRecoveryPoints({ client, pageSize: 100 }, { namespaceName })) {
      for (const point of page.recoveryPoints ?? []) {
        const createdAt = point.recoveryPointCreateTime;
        sources.push({
          source: { recoveryPointId: point.recoveryPointId ?? '' },
          kind: 'recovery point',
          of: point.namespaceName ?? '',
          status: 'AVAILABLE',
          usable: true,
          createdAt: createdAt?.toISOString() ?? '',
          expiresAt: createdAt && new Date(createdAt.getTime() + recoveryPointLifeMs).toISOString(),
          sizeMegaBytes: point.totalSizeInMegaBytes,
        });
      }
    }
    for await (const page of paginateListSnapshots({ client, pageSize: 100 }, { namespaceName })) {
      for (const snapshot of page.snapshots ?? []) {
        sources.push({
          source: { snapshotName: snapshot.snapshotName ?? '' },
          kind: 'serverless snapshot',
          of: snapshot.namespaceName ?? '',
          status: snapshot.status ?? '',
          usable: snapshot.status === 'AVAILABLE',
          createdAt: snapshot.snapshotCreateTime?.toISOString() ?? '',
          expiresAt: expiryOf(
            snapshot.snapshotRetentionStartTime ?? snapshot.snapshotCreateTime,
            snapshot.snapshotRetentionPeriod,
          ),
          sizeMegaBytes: snapshot.totalBackupSizeInMegaBytes,
        });
      }
    }
    return sources;
  });
}

/** When AWS deletes what is kept for so many days; undefined for ever (-1) or when AWS does not say. */
const expiryOf = (from: Date | undefined, days: number | undefined): string | undefined =>
  from === undefined || days === undefined || days < 0
    ? undefined
    : new Date(from.getTime() + days * dayMs).toISOString();
