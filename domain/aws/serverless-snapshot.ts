import { type Observation, unknownStatus } from './observation';

/** What Undrop keeps of a serverless snapshot. Times ISO, sizes MB, retention days. */
export interface ServerlessSnapshotFacts {
  snapshotName: string;
  namespaceName: string;
  status: string;
  snapshotCreateTime: string;
  totalBackupSizeInMegaBytes?: number;
  backupProgressInMegaBytes?: number;
  estimatedSecondsToCompletion?: number;
  snapshotRetentionPeriod?: number;
  snapshotRetentionStartTime?: string;
}

/** https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_Snapshot.html: status. */
export function observeServerlessSnapshot(snapshot: ServerlessSnapshotFacts): Observation {
  const { status } = snapshot;
  switch (status) {
    case 'AVAILABLE':
      return { kind: 'succeeded', status };
    case 'CREATING':
    case 'COPYING':
      return {
        kind: 'pending',
        status,
        progress: {
          awsStatus: status,
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
    case 'FAILED':
    // Spelled with two Ls here, with one for table restores.
    case 'CANCELLED':
      return {
        kind: 'failed',
        status,
        failure: 'SnapshotCopyFailed',
        message: `AWS reports the snapshot as ${status}`,
      };
    case 'DELETED':
      return { kind: 'failed', status, failure: 'SnapshotNotFound', message: 'the snapshot was deleted' };
    default:
      return unknownStatus('serverless snapshot', status);
  }
}
