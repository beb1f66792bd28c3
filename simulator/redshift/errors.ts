import { AwsError } from '../core/types';

/**
 * Redshift's refusals by their *wire* codes, which differ from the SDK's class names (docs/aws-notes.md, 5). Codes and statuses
 * are the service model's; texts are AWS's where they are published, and say what and why where they are not.
 */
export const refusals = {
  clusterNotFound: (id: string) => new AwsError('ClusterNotFound', `Cluster ${id} not found.`, 404),
  invalidClusterState: (why: string) => new AwsError('InvalidClusterState', why, 400),
  operationRunning: () =>
    refusals.invalidClusterState(
      'There is an operation running on the Cluster. Please try to perform it at a later time.',
    ),
  snapshotNotFound: (id: string, why = '') =>
    new AwsError('ClusterSnapshotNotFound', `Snapshot ${id} not found.${why}`, 404),
  snapshotExists: (id: string) =>
    new AwsError(
      'ClusterSnapshotAlreadyExists',
      `Cannot create the snapshot because a snapshot with the identifier ${id} already exists.`,
    ),
  snapshotQuota: (quota: number) =>
    new AwsError(
      'ClusterSnapshotQuotaExceeded',
      `The request would result in the user exceeding the allowed number of cluster snapshots (${quota}).`,
    ),
  invalidSnapshotState: (why: string) => new AwsError('InvalidClusterSnapshotState', why),
  invalidRetention: () =>
    new AwsError(
      'InvalidRetentionPeriodFault',
      'The retention period specified is either in the past or is not a valid value. The value must be either -1 or an integer between 1 and 3,653.',
    ),
  restoreQuota: () =>
    new AwsError(
      'InProgressTableRestoreQuotaExceededFault',
      'You have exceeded the allowed number of table restore requests. Wait for your current table restore requests to complete before making a new request.',
    ),
  invalidRestoreArgument: (why: string) => new AwsError('InvalidTableRestoreArgument', why),
  unsupportedOperation: (why: string) => new AwsError('UnsupportedOperation', why),
  restoreNotFound: (id: string) =>
    new AwsError(
      'TableRestoreNotFoundFault',
      `The specified TableRestoreRequestId ${id} value was not found.`,
    ),
  invalidParameter: (why: string) => new AwsError('InvalidParameterValue', why),
  invalidCombination: (why: string) => new AwsError('InvalidParameterCombination', why),
};
