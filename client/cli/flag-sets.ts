import type { Flag } from './flags';

/** Flags that several operations share. Headings are the sections of the help. */

export const warehouseFlags: Flag[] = [
  {
    flag: '--cluster',
    path: 'warehouse.clusterIdentifier',
    group: 'warehouse',
    alternative: 'clusterIdentifier',
    type: 'text',
    value: '<id>',
    description: 'provisioned cluster, or else:',
  },
  {
    flag: '--workgroup',
    path: 'warehouse.workgroupName',
    group: 'warehouse',
    alternative: 'workgroupName',
    type: 'text',
    value: '<name>',
    description: 'serverless workgroup',
  },
  {
    flag: '--namespace-name',
    path: 'warehouse.namespaceName',
    group: 'warehouse',
    alternative: 'workgroupName',
    type: 'text',
    value: '<name>',
    description: 'namespace of the workgroup (default: looked up)',
  },
];

/** Wherever a source is named, a moment may stand instead. */
export const asOfFlag: Flag = {
  flag: '--as-of',
  path: 'source.asOf',
  group: 'source',
  alternative: 'asOf',
  type: 'text',
  value: '<time>',
  description: 'the newest usable source at or before this time: ISO, or a duration before now such as 24h',
};

export const snapshotFlags: Flag[] = [
  {
    flag: '--snapshot',
    path: 'source.snapshotIdentifier',
    group: 'source',
    alternative: 'snapshotIdentifier',
    type: 'text',
    value: '<id>',
    description: 'snapshot of that cluster, or else one of:',
  },
  {
    flag: '--snapshot-name',
    path: 'source.snapshotName',
    group: 'source',
    alternative: 'snapshotName',
    type: 'text',
    value: '<name>',
    description: 'serverless snapshot',
  },
  {
    flag: '--recovery-point',
    path: 'source.recoveryPointId',
    group: 'source',
    alternative: 'recoveryPointId',
    type: 'text',
    value: '<id>',
    description: 'serverless recovery point; AWS keeps it for 24 hours',
  },
  asOfFlag,
];

export const tableFlags = (what: string): Flag[] => [
  {
    flag: '--database',
    path: 'table.database',
    type: 'text',
    value: '<name>',
    description: `database of ${what}`,
    required: true,
  },
  {
    flag: '--schema',
    path: 'table.schema',
    type: 'text',
    value: '<name>',
    description: `schema of ${what} (default: public)`,
  },
  { flag: '--table', path: 'table.table', type: 'text', value: '<name>', description: what, required: true },
];

export const targetFlags: Flag[] = [
  {
    flag: '--target-database',
    path: 'target.database',
    type: 'text',
    value: '<name>',
    description: 'database of the restored table (default: the same)',
  },
  {
    flag: '--target-schema',
    path: 'target.schema',
    type: 'text',
    value: '<name>',
    description: 'schema of the restored table (default: the same)',
  },
  {
    flag: '--target-table',
    path: 'target.table',
    type: 'text',
    value: '<name>',
    description: 'name of the restored table; must not exist (default: <table>_restored_<8 hex digits>)',
  },
  {
    flag: '--case-sensitive',
    path: 'enableCaseSensitiveIdentifier',
    type: 'boolean',
    description: 'names are case sensitive',
  },
];

export const dataApiFlags: Flag[] = [
  {
    flag: '--secret-arn',
    path: 'dataApi.secretArn',
    type: 'text',
    value: '<arn>',
    description: "Secrets Manager secret with the database login (default: the worker's IAM identity)",
  },
  {
    flag: '--db-user',
    path: 'dataApi.dbUser',
    type: 'text',
    value: '<name>',
    description: 'database user for temporary credentials, instead of a secret',
  },
];

export const deadlineFlag: Flag = {
  flag: '--deadline',
  path: 'deadline',
  type: 'text',
  value: '<duration>',
  description: 'longest wait for AWS, each step (default: 24 hours)',
};

/** Of the start of every operation. */
export const skipPreflightFlag: Flag = {
  flag: '--skip-preflight',
  path: 'skipPreflight',
  type: 'boolean',
  description: 'begin without looking first, also when something is in the way (see undrop plan)',
  heading: 'Input and run:',
};

export const settleFlag: Flag = {
  flag: '--settle',
  path: 'settle',
  type: 'text',
  value: '<duration>',
  description: 'after a lost answer, time to let AWS settle before looking (default: 60 seconds)',
};

/** DynamoDB's export: every parameter of ExportTableToPointInTime. */
export const exportFlags: Flag[] = [
  {
    flag: '--table-arn',
    path: 'tableArn',
    type: 'text',
    value: '<arn>',
    description: 'ARN of the DynamoDB table; point-in-time recovery must be on',
    required: true,
  },
  {
    flag: '--bucket',
    path: 's3Bucket',
    type: 'text',
    value: '<name>',
    description: 'bucket that receives the export',
    required: true,
  },
  {
    flag: '--prefix',
    path: 's3Prefix',
    type: 'text',
    value: '<prefix>',
    description: 'prefix of the exported objects',
  },
  {
    flag: '--bucket-owner',
    path: 's3BucketOwner',
    type: 'text',
    value: '<account>',
    description: 'account of the bucket, when it is another one',
  },
  {
    flag: '--time',
    path: 'exportTime',
    type: 'text',
    value: '<time>',
    description: 'moment to export, such as 2026-11-20T08:00:00Z (default: now)',
  },
  {
    flag: '--format',
    path: 'exportFormat',
    type: 'text',
    value: '<format>',
    description: 'DYNAMODB_JSON or ION',
  },
  {
    flag: '--type',
    path: 'exportType',
    type: 'text',
    value: '<type>',
    description: 'FULL_EXPORT or INCREMENTAL_EXPORT',
  },
  {
    flag: '--from',
    path: 'incrementalExportSpecification.exportFromTime',
    type: 'text',
    value: '<time>',
    description: 'begin of an incremental window, inclusive',
  },
  {
    flag: '--to',
    path: 'incrementalExportSpecification.exportToTime',
    type: 'text',
    value: '<time>',
    description: 'end of the window, exclusive (default: the latest possible)',
  },
  {
    flag: '--view',
    path: 'incrementalExportSpecification.exportViewType',
    type: 'text',
    value: '<view>',
    description: 'NEW_IMAGE or NEW_AND_OLD_IMAGES',
  },
  {
    flag: '--sse',
    path: 's3SseAlgorithm',
    type: 'text',
    value: '<algorithm>',
    description: 'encryption of the objects: AES256 or KMS',
  },
  {
    flag: '--kms-key',
    path: 's3SseKmsKeyId',
    type: 'text',
    value: '<id>',
    description: 'KMS key, with --sse KMS',
  },
  {
    flag: '--client-token',
    path: 'clientToken',
    type: 'text',
    value: '<token>',
    description: 'idempotency token (default: from the run)',
  },
];

/** The flags with a heading for the help. */
export const under = (heading: string, flags: readonly Flag[]): Flag[] =>
  flags.map((flag) => ({ ...flag, heading }));

/** The flags of an operation that is a step of another: `--bucket` → `--export-bucket`, at `export.s3Bucket`. */
export const asStep = (step: string, flags: readonly Flag[]): Flag[] =>
  flags.map(({ required: _optionalHere, ...flag }) => ({
    ...flag,
    flag: `--${step}-${flag.flag.slice(2)}`,
    path: `${step}.${flag.path}`,
    description: flag.description.replace(/--sse /, `--${step}-sse `),
  }));
