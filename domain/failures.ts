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
  /** Exit code of the CLI (DESIGN §9). */
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
  InvalidInput: row('final', 'caller', 400, 2, 'Mend the named fields and start again; nothing was started.'),
  InvalidRetentionPeriod: row('final', 'caller', 400, 2, 'Use -1 (for ever) or 1 to 3653 days.'),
  InvalidRequest: row(
    'final',
    'caller',
    400,
    2,
    'AWS refused a value of the request: mend the one that the message names.',
  ),

  // Not there
  SnapshotNotFound: row(
    'final',
    'caller',
    404,
    5,
    'List the snapshots of the cluster (aws redshift describe-cluster-snapshots) and name one that is there; an automated one may have passed its retention.',
  ),
  ClusterNotFound: row(
    'final',
    'caller',
    404,
    5,
    'Name a cluster of this account and region; tables can only be restored into the cluster the snapshot was taken from.',
  ),
  TableNotInSnapshot: row(
    'final',
    'caller',
    404,
    5,
    'Correct the database, schema or table name, or choose a snapshot taken while the table was there.',
  ),
  TableNotFound: row('final', 'caller', 404, 5, 'Correct the table name, account or region.'),
  ExportNotFound: row(
    'final',
    'operator',
    404,
    5,
    'Look the export up in the DynamoDB console; exports are listed for 90 days.',
  ),
  StatementNotFound: row(
    'final',
    'operator',
    404,
    5,
    'Statements are kept for 24 hours and shown only to the role that ran them; start the run again.',
  ),
  NotFound: row(
    'final',
    'operator',
    404,
    5,
    'Something the run needs is not there: see the name in the message.',
  ),

  // In the way
  TargetTableExists: row(
    'final',
    'caller',
    409,
    6,
    'Choose another name for the restored table, or rename or drop the one that exists. Nothing of yours was touched.',
  ),
  SnapshotNameTaken: row(
    'final',
    'caller',
    409,
    6,
    'A snapshot of that name exists and is not a copy of this source: choose another name.',
  ),
  SnapshotNotOfCluster: row(
    'final',
    'caller',
    409,
    6,
    'A table can only be restored into the cluster its snapshot was taken from: name that cluster, or a snapshot of this one.',
  ),
  InvalidSnapshotState: row(
    'final',
    'operator',
    409,
    6,
    'Use a snapshot that is available; only automated snapshots can be copied, and sharing with other accounts must be revoked before a table restore.',
  ),
  InterleavedSortKey: row(
    'final',
    'operator',
    409,
    6,
    'Tables with interleaved sort keys cannot be restored on their own: restore the whole snapshot into another cluster and copy the rows.',
  ),
  NotRestorable: row(
    'final',
    'operator',
    409,
    6,
    'AWS does not support restoring this table from this snapshot (for example after a classic resize): restore the whole snapshot into another cluster.',
  ),
  SnapshotQuotaExceeded: row(
    'final',
    'administrator',
    409,
    6,
    'Delete manual snapshots that are no longer needed, or ask AWS for a higher quota; then start again.',
  ),
  PointInTimeRecoveryOff: row(
    'final',
    'administrator',
    409,
    6,
    'Switch point-in-time recovery on for the table (aws dynamodb update-continuous-backups); it can export from then on.',
  ),
  InvalidExportTime: row(
    'final',
    'caller',
    400,
    6,
    'Choose a time inside the restorable window of the table, and a window of 15 minutes to 24 hours for an incremental export.',
  ),
  ExportConflict: row(
    'final',
    'caller',
    409,
    6,
    'The client token was used for another export within 8 hours: leave the token out, or give another.',
  ),

  // Not allowed
  AccessDenied: row(
    'final',
    'administrator',
    403,
    4,
    'Allow the action that the message names to the worker role, for that resource.',
  ),
  CredentialsMissing: row(
    'final',
    'administrator',
    401,
    4,
    'Give the worker AWS credentials (AWS_PROFILE, AWS_ACCESS_KEY_ID, a role); see `aws sts get-caller-identity`.',
  ),
  CredentialsExpired: row(
    'retry',
    'administrator',
    401,
    4,
    'Renew the worker AWS credentials (for example `aws sso login`); the run goes on by itself.',
  ),

  // Passing by itself
  Throttled: row('retry', 'nobody', 429, 1, 'AWS limits the rate of calls; the run retries by itself.'),
  AwsUnavailable: row(
    'retry',
    'nobody',
    502,
    1,
    'AWS answered with an error of its own; the run retries by itself. If it lasts, see the AWS Health Dashboard.',
  ),
  AwsUnreachable: row(
    'retry',
    'operator',
    502,
    1,
    'AWS could not be reached: look at the network, the region and AWS_ENDPOINT_URL of the worker.',
  ),
  OutcomeUnknown: row(
    'retry',
    'nobody',
    502,
    1,
    'The answer to a request was lost; the run finds out what became of it.',
  ),
  ClusterBusy: row(
    'wait',
    'nobody',
    409,
    1,
    'The cluster runs another operation (often for up to 15 minutes after a restore); the run waits for it.',
  ),
  RestoreQuotaExceeded: row(
    'wait',
    'nobody',
    409,
    1,
    'Too many table restores are running on the cluster; the run waits its turn.',
  ),
  ExportLimitExceeded: row(
    'wait',
    'nobody',
    429,
    1,
    'Too many exports are running in this account; the run waits its turn.',
  ),
  StatementLimitExceeded: row(
    'wait',
    'nobody',
    429,
    1,
    'Too many statements are active on the warehouse; the run waits its turn.',
  ),
  DatabaseUnavailable: row(
    'wait',
    'operator',
    503,
    1,
    'The database cannot be reached through the Data API (paused, resizing, restarting?); resume the cluster, the run waits.',
  ),

  // Ended on AWS
  SnapshotCopyFailed: row(
    'final',
    'operator',
    502,
    1,
    'AWS ended the copy: see the message, delete the failed snapshot and start again.',
  ),
  RestoreFailed: row(
    'final',
    'operator',
    502,
    1,
    'AWS ended the table restore: see the message. Starting again restores under a new name.',
  ),
  RestoreCanceled: row(
    'final',
    'operator',
    502,
    1,
    'Somebody or something cancelled the table restore on AWS (a resize or a restart does): start again when the cluster is quiet.',
  ),
  StatementFailed: row('final', 'operator', 502, 1, 'The database refused the SQL: see its message.'),
  StatementAborted: row(
    'final',
    'operator',
    502,
    1,
    'The statement was cancelled outside this run: start again.',
  ),
  ResultExpired: row(
    'final',
    'operator',
    410,
    1,
    'Statement results are kept for 24 hours: start again to count anew.',
  ),
  ExportFailed: row('final', 'operator', 502, 1, 'AWS ended the export: see its failure code and message.'),
  ExportBucketMissing: row(
    'final',
    'caller',
    404,
    5,
    'Create the bucket, or correct its name, and start again; AWS finds out only while it exports.',
  ),
  ExportAccessDenied: row(
    'final',
    'administrator',
    403,
    4,
    'Allow the worker role s3:PutObject, s3:AbortMultipartUpload and s3:PutObjectAcl on the bucket (and the KMS key, if any), and name the bucket owner.',
  ),
  ManifestMismatch: row(
    'final',
    'operator',
    502,
    7,
    'What lies in S3 is not what the export manifest says: do not use these files; export again.',
  ),
  VerificationMismatch: row(
    'final',
    'operator',
    409,
    7,
    'The table is not what was expected. It is left as it is for a person to look at: compare expected and actual, then choose another snapshot or correct the expectation.',
  ),

  // Ended here
  DeadlinePassed: row(
    'final',
    'operator',
    504,
    1,
    'The deadline of the run passed while AWS still works on what the message names: look there, or start again with a longer deadline.',
  ),
  Unresolved: row(
    'final',
    'operator',
    502,
    1,
    'It could not be found out whether AWS heard the request, and nothing is guessed: look at the table restore requests of the cluster before starting again.',
  ),
  UnknownStatus: row(
    'final',
    'operator',
    502,
    1,
    'AWS answered with a state this version does not know: look at the operation on AWS, and update Undrop.',
  ),
  AwsError: row(
    'final',
    'operator',
    502,
    1,
    'AWS refused with an error this version does not know: see its code and message.',
  ),
  Cancelled: row(
    'final',
    'nobody',
    409,
    1,
    'The run was cancelled. What AWS was still doing is listed with the run.',
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
