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

/** What makes a snapshot recognisable as that of one conversion; there is no client token. Times ISO. */
export interface Conversion {
  /** Namespace of the recovery point. */
  namespaceName: string;
  /** The name was made from the run's and the recovery point's identity: a snapshot of that name can only be ours. */
  nameIsOurs: boolean;
  /** The moment whose rows the recovery point holds, where it is known. */
  recoveryPointCreateTime?: string;
  /** When the name was last seen to be free. */
  nameFreeAt?: string;
}

/** Between AWS's clock and that of the worker. */
const skewMs = 60_000;

/**
 * Whether a snapshot under the wanted name is that of the conversion. A name of the user's own is no proof: then it must
 * hold the recovery point's moment, or, if AWS stamps conversions with the time of the request (its pages do not say),
 * have been made since the name was seen to be free.
 */
export function isConversion(snapshot: ServerlessSnapshotFacts, conversion: Conversion): boolean {
  if (snapshot.namespaceName !== conversion.namespaceName) return false;
  if (conversion.nameIsOurs) return true;
  const made = Date.parse(snapshot.snapshotCreateTime);
  const { recoveryPointCreateTime: moment, nameFreeAt } = conversion;
  if (moment !== undefined && made === Date.parse(moment)) return true;
  return nameFreeAt !== undefined && made >= Date.parse(nameFreeAt) - skewMs;
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
