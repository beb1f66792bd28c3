/**
 * Everything about the simulated AWS that real AWS does not publish, or that tests want shorter: changeable at any
 * time by `POST /_simulator/settings` with a partial object of this shape.
 */
export interface Settings {
  /** Virtual seconds per real second. */
  clockSpeed: number;
  /** Reported size of a table: bytes per row (makes small seeded tables look like real ones). */
  bytesPerRow: number;
  /** CopyClusterSnapshot: fixed part and rate of its duration. */
  snapshotCopySeconds: number;
  snapshotCopyMegaBytesPerSecond: number;
  /** Table restore: time in PENDING, then fixed part and rate of IN_PROGRESS. */
  restorePendingSeconds: number;
  restoreSeconds: number;
  restoreMegaBytesPerSecond: number;
  /** TotalDataInMegaBytes is absent for so long after the request (docs/aws-notes.md, 4). */
  restoreTotalUnknownSeconds: number;
  /** After a restore ended the cluster answers InvalidClusterState for so long. */
  busyAfterRestoreSeconds: number;
  /** One table restore runs at a time; so many more may queue as PENDING before InProgressTableRestoreQuotaExceededFault. */
  restoreQueueLength: number;
  /** DescribeTableRestoreStatus without an id: AWS's two texts disagree, so both exist. */
  restoreListMode: 'all' | 'in-progress';
  /** Lists show a new restore request or export only after so long. */
  listLagSeconds: number;
  /** Existing target table: refused at once, or accepted and FAILED later. AWS does not say. */
  existingTarget: 'refuse' | 'fail-later';
  manualSnapshotQuota: number;
  /** Serverless: minutes between the recovery points that it makes by itself, 0 for none, and hours for which each is kept. */
  recoveryPointMinutes: number;
  recoveryPointHours: number;
  /** Serverless: so many restores may wait as PENDING beside the one that runs, before ConflictException. */
  serverlessRestoreQueueLength: number;
  serverlessSnapshotQuota: number;
  /** snapshotCreateTime of a converted recovery point: its moment, or that of the request. AWS does not say. */
  convertedSnapshotTime: 'recovery-point' | 'request';
  /** PauseCluster, ResumeCluster, RebootCluster: time until the cluster is there. */
  clusterTransitionSeconds: number;
  /** Data API: time in SUBMITTED/STARTED before the SQL runs. */
  statementSeconds: number;
  statementResultHours: number;
  maxActiveStatements: number;
  /** Lifetime of a Data API ClientToken; the model names none. */
  statementTokenHours: number;
  /** GetStatementResult rows per page. */
  resultPageRows: number;
  /** DynamoDB export duration. */
  exportSeconds: number;
  exportTokenHours: number;
  maxConcurrentExports: number;
  /** Data files per export: AWS writes at least one a partition. */
  exportPartitions: number;
  /** What is wrong with the files of the next export; goes back to 'none' when that export starts. */
  corruptNextExport: 'none' | 'manifest-md5' | 'summary-md5' | 'data-file' | 'missing-file' | 'item-count';
  /** DynamoDB table: time in CREATING, and in DELETING. */
  tableChangeSeconds: number;
  /** After a table turned ACTIVE, UpdateContinuousBackups answers ContinuousBackupsUnavailableException for so long. */
  continuousBackupsDelaySeconds: number;
  /** After UpdateContinuousBackups, PITR shows as ENABLED only after so long. */
  pitrEnableSeconds: number;
  /** LatestRestorableDateTime = now − this. */
  pitrLagSeconds: number;
  /** JSON services' HTTP status for client errors: the model's httpError, or always 400 as many really answer. */
  jsonErrorStatus: 'model' | '400';
}

export const defaultSettings: Settings = {
  clockSpeed: 1,
  bytesPerRow: 24_000,
  snapshotCopySeconds: 4,
  snapshotCopyMegaBytesPerSecond: 600,
  restorePendingSeconds: 2,
  restoreSeconds: 2,
  restoreMegaBytesPerSecond: 400,
  restoreTotalUnknownSeconds: 1,
  busyAfterRestoreSeconds: 120,
  restoreQueueLength: 5,
  restoreListMode: 'all',
  listLagSeconds: 0,
  existingTarget: 'refuse',
  manualSnapshotQuota: 20,
  recoveryPointMinutes: 30,
  recoveryPointHours: 24,
  serverlessRestoreQueueLength: 0,
  serverlessSnapshotQuota: 20,
  convertedSnapshotTime: 'recovery-point',
  clusterTransitionSeconds: 10,
  statementSeconds: 0.05,
  statementResultHours: 24,
  maxActiveStatements: 200,
  statementTokenHours: 8,
  resultPageRows: 1000,
  exportSeconds: 6,
  exportTokenHours: 8,
  maxConcurrentExports: 300,
  exportPartitions: 4,
  corruptNextExport: 'none',
  tableChangeSeconds: 1,
  continuousBackupsDelaySeconds: 5,
  pitrEnableSeconds: 0,
  pitrLagSeconds: 300,
  jsonErrorStatus: 'model',
};
