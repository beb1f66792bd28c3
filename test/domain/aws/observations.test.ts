import { type ExportFacts, observeExport } from '../../../domain/aws/export';
import { observeServerlessSnapshot } from '../../../domain/aws/serverless-snapshot';
import { observeSnapshot, type SnapshotFacts } from '../../../domain/aws/snapshot';
import { observeStatement } from '../../../domain/aws/statement';
import { observeTableRestore, type TableRestoreFacts } from '../../../domain/aws/table-restore';

const snapshot = (facts: Partial<SnapshotFacts>): SnapshotFacts => ({
  snapshotIdentifier: 'kept',
  clusterIdentifier: 'analytics',
  snapshotType: 'manual',
  snapshotCreateTime: '2026-11-20T03:00:00.000Z',
  status: 'available',
  ...facts,
});
const table = { database: 'dev', schema: 'public', table: 'orders' };
const restore = (facts: Partial<TableRestoreFacts>): TableRestoreFacts => ({
  tableRestoreRequestId: 'r-1',
  status: 'PENDING',
  source: table,
  target: { ...table, table: 'orders_restored' },
  ...facts,
});
const exported = (facts: Partial<ExportFacts>): ExportFacts => ({
  exportArn: 'arn',
  exportStatus: 'COMPLETED',
  ...facts,
});

describe('a serverless snapshot', () => {
  const observed = (status: string, figures: object = {}) =>
    observeServerlessSnapshot({
      snapshotName: 'kept',
      namespaceName: 'adhoc',
      snapshotCreateTime: '2026-11-20T03:00:00.000Z',
      status,
      ...figures,
    });

  it('that is AVAILABLE has succeeded', () => {
    expect(observed('AVAILABLE')).toEqual({ kind: 'succeeded', status: 'AVAILABLE' });
  });

  it.each(['CREATING', 'COPYING'])('that is %s is pending, with the figures AWS gives', (status) => {
    expect(observed(status)).toEqual({ kind: 'pending', status, progress: { awsStatus: status } });
    const figures = {
      backupProgressInMegaBytes: 0,
      totalBackupSizeInMegaBytes: 500,
      estimatedSecondsToCompletion: 0,
    };
    expect(observed(status, figures)).toMatchObject({
      progress: { doneMegaBytes: 0, totalMegaBytes: 500, etaSeconds: 0 },
    });
  });

  it.each(['FAILED', 'CANCELLED'])('that is %s is a failure that names the state', (status) => {
    expect(observed(status)).toMatchObject({
      kind: 'failed',
      failure: 'SnapshotCopyFailed',
      message: expect.stringContaining(status),
    });
  });

  it('that is DELETED is gone', () => {
    expect(observed('DELETED')).toMatchObject({ kind: 'failed', failure: 'SnapshotNotFound' });
  });

  it.each(['CANCELED', 'available', 'PAUSED', ''])(
    'in a state that serverless snapshots do not have is a loud failure: %j',
    (status) => {
      expect(observed(status)).toMatchObject({ kind: 'failed', failure: 'UnknownStatus' });
    },
  );
});

describe('a snapshot', () => {
  it.each(['available', 'final snapshot'])('that is %s has succeeded', (status) => {
    expect(observeSnapshot(snapshot({ status }))).toEqual({ kind: 'succeeded', status });
  });

  it('that is creating is pending, with the figures AWS gives', () => {
    expect(observeSnapshot(snapshot({ status: 'creating' }))).toEqual({
      kind: 'pending',
      status: 'creating',
      progress: { awsStatus: 'creating' },
    });
    const figures = {
      backupProgressInMegaBytes: 0,
      totalBackupSizeInMegaBytes: 500,
      estimatedSecondsToCompletion: 0,
    };
    expect(observeSnapshot(snapshot({ status: 'creating', ...figures }))).toMatchObject({
      progress: { doneMegaBytes: 0, totalMegaBytes: 500, etaSeconds: 0 },
    });
  });

  it('that failed or was deleted is a failure of its own', () => {
    expect(observeSnapshot(snapshot({ status: 'failed' }))).toMatchObject({
      kind: 'failed',
      failure: 'SnapshotCopyFailed',
    });
    expect(observeSnapshot(snapshot({ status: 'deleted' }))).toMatchObject({
      kind: 'failed',
      failure: 'SnapshotNotFound',
    });
  });
});

describe('a table restore', () => {
  it.each(['PENDING', 'IN_PROGRESS'])(
    'that is %s is pending, without figures too: AWS leaves them out early',
    (status) => {
      expect(observeTableRestore(restore({ status }))).toEqual({
        kind: 'pending',
        status,
        progress: { awsStatus: status },
      });
      expect(
        observeTableRestore(restore({ status, progressInMegaBytes: 0, totalDataInMegaBytes: 7 })),
      ).toMatchObject({
        progress: { doneMegaBytes: 0, totalMegaBytes: 7 },
      });
    },
  );

  it('that SUCCEEDED has succeeded', () => {
    expect(observeTableRestore(restore({ status: 'SUCCEEDED' }))).toEqual({
      kind: 'succeeded',
      status: 'SUCCEEDED',
    });
  });

  it('that FAILED tells why, and an existing target by its own name', () => {
    expect(observeTableRestore(restore({ status: 'FAILED', message: 'disk full' }))).toEqual({
      kind: 'failed',
      status: 'FAILED',
      failure: 'RestoreFailed',
      message: 'disk full',
    });
    expect(
      observeTableRestore(restore({ status: 'FAILED', message: 'Table orders_restored already exists' })),
    ).toMatchObject({ failure: 'TargetTableExists' });
    expect(observeTableRestore(restore({ status: 'FAILED' }))).toMatchObject({
      message: 'AWS gave no reason',
    });
  });

  it('that was CANCELED is over: nobody waits for it', () => {
    expect(observeTableRestore(restore({ status: 'CANCELED' }))).toMatchObject({
      kind: 'failed',
      failure: 'RestoreCanceled',
    });
  });
});

describe('a statement', () => {
  it.each(['SUBMITTED', 'PICKED', 'STARTED'])('that is %s is pending', (status) => {
    expect(observeStatement({ id: 's', status })).toEqual({
      kind: 'pending',
      status,
      progress: { awsStatus: status },
    });
  });

  it.each([
    ['FAILED', 'StatementFailed', 'the database gave no reason'],
    ['ABORTED', 'StatementAborted', 'cancelled outside this run'],
  ])(
    'that %s is the failure %s, in the words of the database if there are any',
    (status, failure, message) => {
      expect(observeStatement({ id: 's', status })).toEqual({ kind: 'failed', status, failure, message });
      expect(observeStatement({ id: 's', status, error: 'no such table' })).toMatchObject({
        message: 'no such table',
      });
    },
  );

  it('that FINISHED has succeeded', () => {
    expect(observeStatement({ id: 's', status: 'FINISHED' })).toEqual({
      kind: 'succeeded',
      status: 'FINISHED',
    });
  });
});

describe('an export', () => {
  it('is pending while IN_PROGRESS, and has succeeded when COMPLETED', () => {
    expect(observeExport(exported({ exportStatus: 'IN_PROGRESS' }))).toMatchObject({ kind: 'pending' });
    expect(observeExport(exported({ exportStatus: 'COMPLETED' }))).toEqual({
      kind: 'succeeded',
      status: 'COMPLETED',
    });
  });

  it.each([
    ['S3NoSuchBucket', 'ExportBucketMissing'],
    ['S3AccessDenied', 'ExportAccessDenied'],
    ['AccessDenied', 'ExportAccessDenied'],
    ['SomethingElse', 'ExportFailed'],
    ['constructor', 'ExportFailed'],
    [undefined, 'ExportFailed'],
  ])('that FAILED with the code %s is the failure %s', (failureCode, failure) => {
    expect(observeExport(exported({ exportStatus: 'FAILED', failureCode }))).toMatchObject({
      kind: 'failed',
      failure,
    });
  });

  it('that FAILED tells code and message, or that AWS gave none', () => {
    const failed = {
      exportStatus: 'FAILED',
      failureCode: 'S3NoSuchBucket',
      failureMessage: 'The bucket is not there',
    };
    expect(observeExport(exported(failed))).toMatchObject({
      message: 'S3NoSuchBucket: The bucket is not there',
    });
    expect(observeExport(exported({ exportStatus: 'FAILED' }))).toMatchObject({
      message: 'AWS gave no reason',
    });
  });
});

describe('a state that AWS does not document', () => {
  // Spelling and case of the other services are not this one's: CANCELLED is a serverless snapshot's word.
  it.each(['', 'PAUSED', 'AVAILABLE', 'CANCELLED', 'Available', 'in_progress', 'toString'])(
    'is a loud failure that names it, never "still pending": %j',
    (status) => {
      const observations = [
        observeSnapshot(snapshot({ status })),
        observeTableRestore(restore({ status })),
        observeStatement({ id: 's', status }),
        observeExport(exported({ exportStatus: status })),
      ];
      for (const observation of observations) {
        expect(observation).toMatchObject({ kind: 'failed', failure: 'UnknownStatus', status });
        expect(observation).toHaveProperty('message', expect.stringContaining(status || '(none)'));
      }
    },
  );
});
