/**
 * Failures are a table: one row per failure type. Type strings are permanent; a retired one is never used again.
 * docs/failures.md is generated from this table and tested against it.
 */

/**
 * What the workflow does with it: `retry` the same call (transient, Temporal's retry policy), `wait` with growing
 * durable timers until the deadline, `adopt` the thing that exists, or end as `final`.
 */
export type FailureAction = 'retry' | 'wait' | 'adopt' | 'final';

/** Who has to act before it can go on. */
export type FailureAudience = 'nobody' | 'caller' | 'operator' | 'administrator';

export interface FailureRow {
  action: FailureAction;
  audience: FailureAudience;
  /** HTTP status of the API. */
  http: number;
  /** Exit code of the CLI (README, exit codes). */
  exit: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  /** What to do, in plain words. */
  remedy: string;
}

const row = (
  action: FailureAction,
  audience: FailureAudience,
  http: number,
  exit: FailureRow['exit'],
  remedy: string,
): FailureRow => ({ action, audience, http, exit, remedy });

export const failures = {
  // The caller's input
  InvalidInput: row(
    'final',
    'caller',
    400,
    2,
    'Correct the fields that the message names, and start again. Nothing was started.',
  ),
  InvalidRetentionPeriod: row(
    'final',
    'caller',
    400,
    2,
    'Keep the copy for -1 (for ever) or 1 to 3653 days: correct manualSnapshotRetentionPeriod, and start again.',
  ),
  InvalidRequest: row(
    'final',
    'caller',
    400,
    2,
    'AWS refused a value of the request. Correct the one that the message names, and start again.',
  ),

  // Not there
  SnapshotNotFound: row(
    'final',
    'caller',
    404,
    5,
    'Name a snapshot that exists: `undrop sources list` shows them. An automated snapshot is deleted when its retention ends, a manual one when somebody deletes it.',
  ),
  RecoveryPointNotFound: row(
    'final',
    'caller',
    404,
    5,
    'AWS keeps a recovery point for 24 hours: list what there is (undrop sources list) and name another, or give a time.',
  ),
  WorkgroupNotFound: row(
    'final',
    'caller',
    404,
    5,
    'Name a serverless workgroup and namespace of this account and region (aws redshift-serverless list-workgroups).',
  ),
  NoUsableSource: row(
    'final',
    'caller',
    404,
    5,
    'Nothing at or before that moment can be restored from: see the reason beside each candidate in the run, and choose a later moment or another warehouse.',
  ),
  ClusterNotFound: row(
    'final',
    'caller',
    404,
    5,
    'Compare the name with `aws redshift describe-clusters` (of a workgroup: `aws redshift-serverless list-workgroups`), in the account and region of the worker. A table can only be restored into the cluster its snapshot was taken from.',
  ),
  TableNotInSnapshot: row(
    'final',
    'caller',
    404,
    5,
    'Correct the database, schema or table name, or choose a snapshot taken while the table was there. Names are case sensitive only with enableCaseSensitiveIdentifier.',
  ),
  TableNotFound: row(
    'final',
    'caller',
    404,
    5,
    'Correct the table ARN: its name, account and region. `aws dynamodb list-tables` lists the tables.',
  ),
  ExportNotFound: row(
    'final',
    'operator',
    404,
    5,
    'AWS does not know the export. Look for it with `aws dynamodb list-exports`, which shows the last 90 days; if it is not there, retry the run (undrop runs retry).',
  ),
  StatementNotFound: row(
    'final',
    'operator',
    404,
    5,
    'AWS keeps statements for 24 hours and shows them only to the role that ran them. If the worker role was changed, change it back; else retry the run (undrop runs retry).',
  ),
  StatementHasNoResult: row(
    'final',
    'caller',
    404,
    5,
    'The statement has no rows to read: it still runs, it failed, or it returns none. `undrop statements show` tells which.',
  ),
  NotFound: row(
    'final',
    'operator',
    404,
    5,
    'Something the run needs is not there: the message names it. Put it back and retry the run (undrop runs retry), or correct its name and start again.',
  ),

  // In the way
  PreflightRefused: row(
    'final',
    'caller',
    409,
    6,
    'Several things are in the way, each with its remedy in the message and in the findings of the run (undrop runs show). Mend them and retry the run (undrop runs retry), or tell the run to begin without looking (skipPreflight, --skip-preflight). Nothing was begun.',
  ),
  TargetTableExists: row(
    'final',
    'caller',
    409,
    6,
    'A table of the target name exists, and was not touched. Choose another name for the restored one (target.table), or rename or drop that table; then retry the run (undrop runs retry).',
  ),
  SnapshotNameTaken: row(
    'final',
    'caller',
    409,
    6,
    'A snapshot of the target name exists and is not a copy of this source; it was not touched. Choose another name for it (targetSnapshotIdentifier, snapshotName), and start again.',
  ),
  SnapshotNotOfCluster: row(
    'final',
    'caller',
    409,
    6,
    'A table can only be restored into the cluster or namespace its snapshot or recovery point was taken from. Name that one, or a source of this one (undrop sources list).',
  ),
  InvalidSnapshotState: row(
    'final',
    'operator',
    409,
    6,
    'Choose a snapshot that is available. Only automated snapshots can be copied, and a snapshot shared with other accounts can be restored from only after the sharing is revoked.',
  ),
  InterleavedSortKey: row(
    'final',
    'operator',
    409,
    6,
    'AWS cannot restore a table with an interleaved sort key on its own. Restore the whole snapshot into a new cluster, and copy the rows from there (UNLOAD and COPY, or a datashare).',
  ),
  NotRestorable: row(
    'final',
    'operator',
    409,
    6,
    'AWS cannot restore this table from this snapshot, for example because the cluster was resized since. Try a newer snapshot, or restore the whole snapshot into a new cluster and copy the rows from there.',
  ),
  SnapshotQuotaExceeded: row(
    'final',
    'administrator',
    409,
    6,
    'Delete manual snapshots that are no longer needed, or ask AWS for a higher quota; then retry the run (undrop runs retry).',
  ),
  PointInTimeRecoveryOff: row(
    'final',
    'administrator',
    409,
    6,
    'Switch point-in-time recovery on with `aws dynamodb update-continuous-backups`. The table can be exported from that moment on, not from before it.',
  ),
  InvalidExportTime: row(
    'final',
    'caller',
    400,
    6,
    'Choose a time inside the restorable window of the table (`aws dynamodb describe-continuous-backups` shows it). An incremental export needs a window of 15 minutes to 24 hours.',
  ),
  ExportConflict: row(
    'final',
    'caller',
    409,
    6,
    'The client token was used for another export in the last 8 hours. Leave clientToken out, or give a new one.',
  ),

  // Not allowed
  AccessDenied: row(
    'final',
    'administrator',
    403,
    4,
    'Allow the worker role the action that the message names, on the resource that it names; then retry the run (undrop runs retry), or ask again where there was none.',
  ),
  CredentialsMissing: row(
    'final',
    'administrator',
    401,
    4,
    'Give the worker AWS credentials and a region that work: a role, AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY. `aws sts get-caller-identity` on the worker machine must answer.',
  ),
  CredentialsExpired: row(
    'retry',
    'administrator',
    401,
    4,
    'Renew the AWS credentials of the worker, for example with `aws sso login`. The run goes on by itself. If the run has ended with this, retry it (undrop runs retry): it takes over what AWS already did.',
  ),

  // Passing by itself
  Throttled: row(
    'retry',
    'nobody',
    429,
    1,
    'AWS limits the rate of calls; the run tries again by itself. If the run has ended with this, retry it (undrop runs retry): it takes over what AWS already did.',
  ),
  AwsUnavailable: row(
    'retry',
    'nobody',
    502,
    1,
    'AWS answered with an error of its own; the run tries again by itself. If it lasts, look at the AWS Health Dashboard. If the run has ended with this, retry it (undrop runs retry): it takes over what AWS already did.',
  ),
  AwsUnreachable: row(
    'retry',
    'operator',
    502,
    1,
    'The worker cannot reach AWS. Look at its network, AWS_REGION and AWS_ENDPOINT_URL. If the run has ended with this, retry it (undrop runs retry): it takes over what AWS already did.',
  ),
  OutcomeUnknown: row(
    'retry',
    'nobody',
    502,
    1,
    'The answer to a request was lost; the run finds out what became of it. If the run has ended with this, retry it (undrop runs retry): it takes over what AWS already did.',
  ),
  ClusterBusy: row(
    'wait',
    'nobody',
    409,
    1,
    'The cluster or namespace runs another operation, as it does for up to 15 minutes after a table restore; the run waits for it. If it lasts for hours, look for a resize, a paused cluster or a restore in the Redshift console.',
  ),
  RestoreQuotaExceeded: row(
    'wait',
    'nobody',
    409,
    1,
    'AWS restores one table at a time on a cluster; the run waits its turn. `aws redshift describe-table-restore-status` shows who is before it.',
  ),
  ExportLimitExceeded: row(
    'wait',
    'nobody',
    429,
    1,
    'Too many exports are running in this account and region; the run waits its turn. `aws dynamodb list-exports` shows them.',
  ),
  StatementLimitExceeded: row(
    'wait',
    'nobody',
    429,
    1,
    'Too many statements or sessions are active through the Data API; the run waits its turn. `aws redshift-data list-statements --status STARTED` shows those of the worker role.',
  ),
  DatabaseUnavailable: row(
    'wait',
    'operator',
    503,
    1,
    'The Data API cannot reach the database: is the cluster paused, resizing or restarting? Resume it with `aws redshift resume-cluster`. If the run has ended with this, retry it (undrop runs retry): it takes over what AWS already did.',
  ),

  // Ended on AWS
  SnapshotCopyFailed: row(
    'final',
    'operator',
    502,
    1,
    'AWS ended the copy; the message says why. Delete the failed snapshot that it names, and retry the run (undrop runs retry).',
  ),
  RestoreFailed: row(
    'final',
    'operator',
    502,
    1,
    'AWS ended the table restore; the message says why. Mend that, and retry the run (undrop runs retry); it makes a new request.',
  ),
  RestoreCanceled: row(
    'final',
    'operator',
    502,
    1,
    'The table restore was cancelled on AWS, as a resize or a restart of the cluster does. Retry the run (undrop runs retry) when the cluster is quiet.',
  ),
  StatementFailed: row(
    'final',
    'operator',
    502,
    1,
    'The database refused the SQL; the message says why. Correct the SQL or the names in it and start again; or give the database user the right that it lacks, and retry the run (undrop runs retry).',
  ),
  StatementAborted: row(
    'final',
    'operator',
    502,
    1,
    'Somebody cancelled the statement, or a query limit of the cluster did. Retry the run (undrop runs retry).',
  ),
  ResultExpired: row(
    'final',
    'operator',
    410,
    1,
    'AWS keeps results for 24 hours. Start again to count anew.',
  ),
  ExportFailed: row(
    'final',
    'operator',
    502,
    1,
    'AWS ended the export; the message has its failure code. Mend that, and retry the run (undrop runs retry).',
  ),
  ExportBucketMissing: row(
    'final',
    'caller',
    404,
    5,
    'Create the bucket and retry the run (undrop runs retry), or correct its name and start again. AWS finds out only while it exports.',
  ),
  ExportAccessDenied: row(
    'final',
    'administrator',
    403,
    4,
    'Allow the worker role s3:PutObject, s3:PutObjectAcl and s3:AbortMultipartUpload on the bucket, and the use of its KMS key if it has one. Give s3BucketOwner when the bucket is of another account.',
  ),
  ManifestMismatch: row(
    'final',
    'operator',
    502,
    7,
    'What lies in S3 is not what the manifest of the export says. Do not use these files; find out who writes to that prefix, and export again.',
  ),
  VerificationMismatch: row(
    'final',
    'operator',
    409,
    7,
    'The table is not what was expected, and was left as it is. Compare expected and actual in the message; then correct the expectation, mend the table, or restore it from another snapshot.',
  ),

  // Of notifications: they end no run (docs/notifications.md)
  WebhookUnknown: row(
    'final',
    'operator',
    404,
    5,
    'Correct the name of the webhook, or add it to the file that UNDROP_WEBHOOKS_FILE names, on every worker. The outcome of the run is what it is.',
  ),
  TopicNotFound: row(
    'final',
    'operator',
    404,
    5,
    'Create the SNS topic, or correct its ARN: it must be in the region of the worker. The outcome of the run is what it is.',
  ),
  TopicKeyUnusable: row(
    'final',
    'administrator',
    403,
    4,
    'Mend the KMS key of the SNS topic: it must be there, enabled, and allow the worker role kms:GenerateDataKey and kms:Decrypt. The outcome of the run is what it is.',
  ),
  NotificationRefused: row(
    'final',
    'operator',
    502,
    1,
    'Look at the receiver: it must answer POST with a status from 200 to 299, without a redirect, and know the secret. The outcome of the run is what it is.',
  ),
  ReceiverUnavailable: row(
    'retry',
    'operator',
    502,
    1,
    'Bring the receiver back: it is tried again by itself, for as long as notify.patience says. The outcome of the run is what it is.',
  ),

  // Ended here
  DeadlinePassed: row(
    'final',
    'operator',
    504,
    1,
    'The run stopped waiting; AWS still works on what the message names. Retry the run (undrop runs retry): it takes that over, and its deadline begins anew.',
  ),
  Unresolved: row(
    'final',
    'operator',
    502,
    1,
    'It could not be found out whether AWS heard the request, and nothing was guessed. Look for it with `aws redshift describe-table-restore-status` and for the table itself; retry the run (undrop runs retry) only when neither is there.',
  ),
  StatementUnresolved: row(
    'final',
    'operator',
    502,
    1,
    'It could not be found out whether AWS heard the statement, and it was not sent anew. Look for it with `undrop statements list --name` and the name in the message; retry the run (undrop runs retry) only when it is not there, or does no harm when it is done twice.',
  ),
  UnknownStatus: row(
    'final',
    'operator',
    502,
    1,
    'AWS answered with a state that this version of Undrop does not know. Look at the operation on AWS, and update Undrop.',
  ),
  AwsError: row(
    'final',
    'operator',
    502,
    1,
    'AWS answered with an error that this version of Undrop does not know. Its code and message are in the message; AWS documents them with the call.',
  ),
  Cancelled: row(
    'final',
    'nobody',
    409,
    1,
    'Somebody cancelled the run. What AWS was still doing then is listed with the run.',
  ),
} as const satisfies Record<string, FailureRow>;

export type FailureType = keyof typeof failures;

export function isFailureType(type: string | undefined | null): type is FailureType {
  return typeof type === 'string' && Object.hasOwn(failures, type);
}

/** `restore of table failed [snapshot=a, table=b]: why`: values in brackets are the handles a person needs. */
export function failureMessage(
  what: string,
  handles: Record<string, string | number | undefined>,
  why: string,
): string {
  const shown = Object.entries(handles)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${value}`);
  return `${what} failed${shown.length > 0 ? ` [${shown.join(', ')}]` : ''}: ${why}`;
}
