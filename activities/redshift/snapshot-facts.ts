import type { Snapshot } from '@aws-sdk/client-redshift';
import type { SnapshotFacts } from '../../domain/aws/snapshot';

/** AWS's snapshot as the plain facts Undrop keeps. */
export function snapshotFacts(snapshot: Snapshot | undefined): SnapshotFacts {
  return {
    snapshotIdentifier: snapshot?.SnapshotIdentifier ?? '',
    clusterIdentifier: snapshot?.ClusterIdentifier ?? '',
    snapshotType: snapshot?.SnapshotType ?? '',
    status: snapshot?.Status ?? '',
    snapshotCreateTime: snapshot?.SnapshotCreateTime?.toISOString() ?? '',
    clusterCreateTime: snapshot?.ClusterCreateTime?.toISOString(),
    totalBackupSizeInMegaBytes: snapshot?.TotalBackupSizeInMegaBytes,
    backupProgressInMegaBytes: snapshot?.BackupProgressInMegaBytes,
    estimatedSecondsToCompletion: snapshot?.EstimatedSecondsToCompletion,
    manualSnapshotRetentionPeriod: snapshot?.ManualSnapshotRetentionPeriod,
    snapshotRetentionStartTime: snapshot?.SnapshotRetentionStartTime?.toISOString(),
  };
}
