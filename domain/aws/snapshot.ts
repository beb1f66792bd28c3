import { type Observation, unknownStatus } from './observation';

/** What Undrop keeps of a cluster snapshot. Times ISO, sizes MB, retention days. */
export interface SnapshotFacts {
  snapshotIdentifier: string;
  clusterIdentifier: string;
  snapshotType: string;
  status: string;
  /** The moment whose rows the snapshot holds; a copy keeps its source's. */
  snapshotCreateTime: string;
  clusterCreateTime?: string;
  totalBackupSizeInMegaBytes?: number;
  backupProgressInMegaBytes?: number;
  estimatedSecondsToCompletion?: number;
  manualSnapshotRetentionPeriod?: number;
  /** From when the retention of a manual snapshot counts. */
  snapshotRetentionStartTime?: string;
}

/** https://docs.aws.amazon.com/redshift/latest/APIReference/API_Snapshot.html: Status. */
export function observeSnapshot(snapshot: SnapshotFacts): Observation {
  switch (snapshot.status) {
    case 'available':
    case 'final snapshot':
      return { kind: 'succeeded', status: snapshot.status };
    case 'creating':
      return {
        kind: 'pending',
        status: snapshot.status,
        progress: {
          awsStatus: snapshot.status,
          ...(snapshot.backupProgressInMegaBytes !== undefined && {
            doneMegaBytes: snapshot.backupProgressInMegaBytes,
          }),
          ...(snapshot.totalBackupSizeInMegaBytes !== undefined && {
            totalMegaBytes: snapshot.totalBackupSizeInMegaBytes,
          }),
          ...(snapshot.estimatedSecondsToCompletion !== undefined && {
            etaSeconds: snapshot.estimatedSecondsToCompletion,
          }),
        },
      };
    case 'failed':
      return {
        kind: 'failed',
        status: snapshot.status,
        failure: 'SnapshotCopyFailed',
        message: 'AWS reports the snapshot as failed',
      };
    case 'deleted':
      return {
        kind: 'failed',
        status: snapshot.status,
        failure: 'SnapshotNotFound',
        message: 'the snapshot was deleted',
      };
    default:
      return unknownStatus('snapshot', snapshot.status);
  }
}

/**
 * Whether `copy` is a manual copy of `source`. A copy keeps the cluster and the moment of its source
 * (`SnapshotCreateTime` is "a copy of the cluster data as of this exact time"), which no other snapshot shares.
 */
export function isCopyOf(copy: SnapshotFacts, source: SnapshotFacts): boolean {
  return (
    copy.snapshotType === 'manual' &&
    copy.clusterIdentifier === source.clusterIdentifier &&
    source.snapshotCreateTime !== '' &&
    copy.snapshotCreateTime === source.snapshotCreateTime &&
    copy.clusterCreateTime === source.clusterCreateTime
  );
}
