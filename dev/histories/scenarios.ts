import type { OperationInputs, OperationName } from '../../domain/operations';
import type { Changes } from '../../domain/retry/change-input';
import type { Outcome } from '../../domain/run-state';

/** One path through a workflow: what AWS does, what is asked, and how the run must end for the recording to be kept. */
export interface Scenario<O extends OperationName = OperationName> {
  operation: O;
  path: string;
  input: (world: { snapshot: string; recoveryPoint: string }) => OperationInputs[O];
  settings?: object;
  faults?: object[];
  /** Cancel the run as soon as this step has started something on AWS. */
  cancel?: string;
  /** A schedule starts it, and the templates of its input are filled with the scheduled time. */
  isScheduled?: true;
  /** It ends so first; then the faults are cleared, it is retried, and the run that goes on is recorded. */
  retried?: { after: Ending; with?: Changes };
  ends: Ending;
}

export interface Ending {
  outcome: Outcome;
  failure?: string;
}

const done = { outcome: 'done' } as const;
const cancelled = { outcome: 'cancelled' } as const;
const failed = (failure: string) => ({ outcome: 'failed', failure }) as const;

const warehouse = { clusterIdentifier: 'analytics' };
const orders = { database: 'dev', schema: 'public', table: 'orders' };
const eventsLive = { database: 'dev', schema: 'public', table: 'events_live' };
const tableArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/orders';
/** Who is told at the end; the workers that record have no webhooks. */
const notify = { topics: ['arn:aws:sns:eu-central-1:123456789012:undrop-runs'] };
const automated = (snapshot: string) => ({
  sourceSnapshotIdentifier: snapshot,
  sourceSnapshotClusterIdentifier: 'analytics',
});
const long = { snapshotCopySeconds: 600, restoreSeconds: 600, exportSeconds: 600, statementSeconds: 600 };

const paths = <O extends OperationName>(
  operation: O,
  usual: Scenario<O>['input'],
  list: Record<
    string,
    Omit<Scenario<O>, 'operation' | 'path' | 'input'> & { more?: Partial<OperationInputs[O]> }
  >,
): Scenario[] =>
  Object.entries(list).map(([path, { more, ...rest }]) => {
    const input: Scenario<O>['input'] = (world) => ({ ...usual(world), ...more });
    return { operation, path, input, ...rest } as unknown as Scenario;
  });

/** Every way through the workflows that is worth keeping compatible: a changed workflow must replay all of them. */
export const scenarios: Scenario[] = [
  ...paths('copySnapshot', ({ snapshot }) => automated(snapshot), {
    done: { ends: done },
    refused: {
      more: { sourceSnapshotIdentifier: 'rs:analytics-never-taken' },
      ends: failed('SnapshotNotFound'),
    },
    adopted: {
      faults: [{ operation: 'CopyClusterSnapshot', action: { kind: 'drop-after' } }],
      ends: done,
    },
    cancelled: { settings: long, cancel: 'copy', ends: cancelled },
    'notified-cancelled': { settings: long, cancel: 'copy', more: { notify }, ends: cancelled },
    deadline: { settings: long, more: { deadline: '5 seconds' }, ends: failed('DeadlinePassed') },
    failed: {
      faults: [{ operation: 'CopyClusterSnapshot', action: { kind: 'terminal', status: 'failed' } }],
      ends: failed('SnapshotCopyFailed'),
    },
  }),

  ...paths(
    'restoreTable',
    ({ snapshot }) => ({
      warehouse,
      source: { snapshotIdentifier: snapshot },
      table: orders,
      settle: '1 second',
    }),
    {
      done: { ends: done },
      refused: { more: { target: { table: 'customers' } }, ends: failed('TargetTableExists') },
      'refused-for-several': {
        more: { target: { table: 'customers' }, table: { ...orders, table: 'clicks' } },
        ends: failed('PreflightRefused'),
      },
      unlooked: { more: { skipPreflight: true }, ends: done },
      'looks-not-allowed': {
        faults: ['DescribeClusters', 'DescribeTableRestoreStatus', 'ListSchemas'].map((operation) => ({
          operation,
          action: { kind: 'access-denied' },
        })),
        ends: done,
      },
      adopted: {
        faults: [{ operation: 'RestoreTableFromClusterSnapshot', action: { kind: 'drop-after' } }],
        ends: done,
      },
      'adopted-by-its-table': {
        settings: { restoreListMode: 'in-progress' },
        faults: [{ operation: 'RestoreTableFromClusterSnapshot', action: { kind: 'drop-after' } }],
        more: { settle: '3 seconds' },
        ends: done,
      },
      'adopted-after-a-second-send': {
        settings: { listLagSeconds: 3, restoreSeconds: 4 },
        faults: [{ operation: 'RestoreTableFromClusterSnapshot', action: { kind: 'drop-after' } }],
        ends: done,
      },
      'sent-again': {
        faults: [{ operation: 'RestoreTableFromClusterSnapshot', action: { kind: 'drop-before' } }],
        ends: done,
      },
      'cluster-busy': {
        faults: [
          {
            operation: 'RestoreTableFromClusterSnapshot',
            action: { kind: 'error', code: 'InvalidClusterState', message: 'the cluster is busy' },
          },
        ],
        ends: done,
      },
      cancelled: { settings: long, cancel: 'restore', ends: cancelled },
      deadline: { settings: long, more: { deadline: '5 seconds' }, ends: failed('DeadlinePassed') },
      failed: {
        faults: [
          {
            operation: 'RestoreTableFromClusterSnapshot',
            action: { kind: 'terminal', status: 'FAILED', message: 'disk full' },
          },
        ],
        ends: failed('RestoreFailed'),
      },
    },
  ),

  ...paths(
    'restoreTable',
    ({ recoveryPoint }) => ({
      warehouse: { workgroupName: 'adhoc' },
      source: { recoveryPointId: recoveryPoint },
      table: eventsLive,
      settle: '1 second',
    }),
    {
      'serverless-done': { ends: done },
      'serverless-as-of': { more: { source: { asOf: '90m' } }, ends: done },
      'serverless-from-a-snapshot': { more: { source: { snapshotName: 'adhoc-weekly' } }, ends: done },
      'serverless-adopted': {
        faults: [{ operation: 'RestoreTableFromRecoveryPoint', action: { kind: 'drop-after' } }],
        ends: done,
      },
      'serverless-no-source': { more: { source: { asOf: '200 days' } }, ends: failed('NoUsableSource') },
    },
  ),

  ...paths(
    'keepRecoveryPoint',
    ({ recoveryPoint }) => ({ namespaceName: 'adhoc', source: { recoveryPointId: recoveryPoint } }),
    {
      done: { ends: done },
      'as-of': { more: { source: { asOf: '90m' } }, ends: done },
      refused: { more: { source: { recoveryPointId: 'never-made' } }, ends: failed('RecoveryPointNotFound') },
      adopted: {
        faults: [{ operation: 'ConvertRecoveryPointToSnapshot', action: { kind: 'drop-after' } }],
        ends: done,
      },
      cancelled: { settings: long, cancel: 'keep', ends: cancelled },
      deadline: { settings: long, more: { deadline: '5 seconds' }, ends: failed('DeadlinePassed') },
    },
  ),

  ...paths('verifyTable', () => ({ warehouse, table: orders, rowCount: { atLeast: 1 } }), {
    done: { ends: done },
    'same-as': { more: { rowCount: { sameAs: { table: 'orders' } } }, ends: done },
    levels: {
      more: {
        structure: { sameAs: { table: 'orders' } },
        content: { sameAs: { table: 'orders' }, chunks: 2 },
        assertions: [{ name: 'there are rows', sql: 'select count(*) > 0 from {table}', expect: 'true' }],
      },
      ends: done,
    },
    refused: {
      faults: [{ operation: 'ExecuteStatement', action: { kind: 'access-denied' } }],
      ends: failed('AccessDenied'),
    },
    adopted: { faults: [{ operation: 'ExecuteStatement', action: { kind: 'drop-after' } }], ends: done },
    mismatch: { more: { rowCount: { exactly: 1_000_000 } }, ends: failed('VerificationMismatch') },
    failed: { more: { table: { ...orders, table: 'no_such_table' } }, ends: failed('StatementFailed') },
    notified: { more: { notify: { ...notify, webhooks: ['nobody'] } }, ends: done },
    'notified-of-a-failure': {
      more: { table: { ...orders, table: 'no_such_table' }, notify: { ...notify, on: ['failed'] } },
      ends: failed('StatementFailed'),
    },
    'notified-later': {
      faults: [{ operation: 'Publish', times: 'always', action: { kind: 'throttle' } }],
      more: { notify: { ...notify, patience: '1 second' } },
      ends: done,
    },
    cancelled: { settings: long, cancel: 'verify', ends: cancelled },
  }),

  ...paths('verifyTable', () => ({ warehouse, table: orders, rowCount: { atLeast: 1_000_000 } }), {
    'retried-with-a-change': {
      retried: { after: failed('VerificationMismatch'), with: { 'rowCount.atLeast': 1 } },
      ends: done,
    },
  }),

  ...paths('recordExpectation', () => ({ warehouse, table: orders }), {
    done: { ends: done },
    'with-a-hash-of-rows': { more: { rowHash: true }, ends: done },
    failed: {
      faults: [{ operation: 'ExecuteStatement', action: { kind: 'access-denied' } }],
      ends: failed('AccessDenied'),
    },
    cancelled: { settings: long, cancel: 'record', ends: cancelled },
  }),

  ...paths('runQuery', () => ({ warehouse, database: 'dev', sql: 'select count(*) from public.orders' }), {
    done: { ends: done },
    batch: { more: { sql: undefined, sqls: ['select 1', 'select 2'] }, ends: done },
    adopted: { faults: [{ operation: 'ExecuteStatement', action: { kind: 'drop-after' } }], ends: done },
    failed: { more: { sql: 'select * from public.no_such_table' }, ends: failed('StatementFailed') },
    cancelled: { settings: long, cancel: 'query', ends: cancelled },
  }),

  ...paths('exportTable', () => ({ tableArn, s3Bucket: 'exports' }), {
    done: { ends: done },
    refused: { more: { tableArn: `${tableArn}-gone` }, ends: failed('TableNotFound') },
    adopted: {
      faults: [{ operation: 'ExportTableToPointInTime', action: { kind: 'drop-after' } }],
      ends: done,
    },
    'bucket-missing': { more: { s3Bucket: 'no-such-bucket' }, ends: failed('ExportBucketMissing') },
    'bucket-missing-unlooked': {
      more: { s3Bucket: 'no-such-bucket', skipPreflight: true },
      ends: failed('ExportBucketMissing'),
    },
    mismatch: { settings: { corruptNextExport: 'item-count' }, ends: failed('ManifestMismatch') },
    scheduled: { isScheduled: true, more: { s3Prefix: 'nightly/{{scheduled:yyyy/MM/dd}}' }, ends: done },
    cancelled: { settings: long, cancel: 'export', ends: cancelled },
    deadline: { settings: long, more: { deadline: '5 seconds' }, ends: failed('DeadlinePassed') },
  }),

  ...paths(
    'recoverTable',
    ({ snapshot }) => ({
      warehouse,
      source: { snapshotIdentifier: snapshot },
      table: orders,
      verify: { rowCount: { exactly: 500 } },
      export: { tableArn, s3Bucket: 'exports' },
    }),
    {
      done: { ends: done },
      'from-a-manual-snapshot': { more: { source: { snapshotIdentifier: 'analytics-weekly' } }, ends: done },
      'restore-only': { more: { copy: false, verify: undefined, export: undefined }, ends: done },
      mismatch: { more: { verify: { rowCount: { exactly: 1 } } }, ends: failed('VerificationMismatch') },
      cancelled: { settings: { restoreSeconds: 600 }, cancel: 'restore', ends: cancelled },
      scheduled: {
        isScheduled: true,
        more: { source: { asOf: '-1m' }, target: { table: 'orders_{{scheduled:yyyyMMdd_HHmm}}' } },
        ends: done,
      },
      'retried-from-the-restore': {
        faults: [{ operation: 'RestoreTableFromClusterSnapshot', action: { kind: 'access-denied' } }],
        retried: { after: failed('AccessDenied') },
        ends: done,
      },
      'retried-from-the-export': {
        faults: [{ operation: 'ExportTableToPointInTime', action: { kind: 'access-denied' } }],
        retried: { after: failed('AccessDenied') },
        ends: done,
      },
      'retried-with-a-change': {
        more: { verify: { rowCount: { exactly: 1 } } },
        retried: { after: failed('VerificationMismatch'), with: { 'verify.rowCount.exactly': 500 } },
        ends: done,
      },
    },
  ),
  ...paths(
    'recoverTable',
    () => ({ warehouse: { workgroupName: 'adhoc' }, source: { asOf: '90m' }, table: eventsLive }),
    { 'serverless-as-of': { more: { verify: { rowCount: { atLeast: 1 } } }, ends: done } },
  ),
];
