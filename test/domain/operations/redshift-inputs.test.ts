import { parsedWith, problemsWith } from './inputs';

const byName = (a: string, b: string) => (a < b ? -1 : 1);

describe('the input of copySnapshot', () => {
  it('needs the source only, and waits for 24 hours at most', () => {
    expect(parsedWith('copySnapshot')).toEqual({
      sourceSnapshotIdentifier: 'rs:analytics-2026-11-20-03-00-00',
      deadline: '24 hours',
    });
    expect(problemsWith('copySnapshot', { sourceSnapshotIdentifier: undefined })).toEqual([
      'sourceSnapshotIdentifier: is missing, and so is asOf: give one of them',
    ]);
  });

  it('may be told a time instead of a name, but then needs the cluster, and not both', () => {
    const asOf = { sourceSnapshotIdentifier: undefined, asOf: '24h' };
    expect(problemsWith('copySnapshot', { ...asOf, sourceSnapshotClusterIdentifier: 'analytics' })).toEqual(
      [],
    );
    expect(problemsWith('copySnapshot', asOf)).toEqual([
      'sourceSnapshotClusterIdentifier: is missing; asOf needs to know the cluster',
    ]);
    expect(
      problemsWith('copySnapshot', { asOf: '24h', sourceSnapshotClusterIdentifier: 'analytics' }),
    ).toEqual([
      'asOf: must not be given beside sourceSnapshotIdentifier: the snapshot is named, or chosen by time',
    ]);
  });

  it('says that the source is missing beside whatever else is wrong', () => {
    const wrong = { sourceSnapshotIdentifier: undefined, manualSnapshotRetentionPeriod: '7', typo: 1 };
    expect(problemsWith('copySnapshot', wrong).sort()).toEqual([
      'manualSnapshotRetentionPeriod: must be a number, not text',
      'sourceSnapshotIdentifier: is missing, and so is asOf: give one of them',
      'typo: is not a field of this input',
    ]);
  });

  it.each([-1, 1, 7, 3653])('takes a retention of %d days', (days) => {
    expect(problemsWith('copySnapshot', { manualSnapshotRetentionPeriod: days })).toEqual([]);
  });

  it.each([0, -2, 3654, 1.5, -1.5, Number.MAX_SAFE_INTEGER])('refuses a retention of %d days', (days) => {
    expect(problemsWith('copySnapshot', { manualSnapshotRetentionPeriod: days })).toEqual([
      'manualSnapshotRetentionPeriod: must be -1 (for ever) or a whole number of days from 1 to 3653',
    ]);
  });

  it.each(['7', null, NaN, Infinity])('refuses a retention that is no number: %j', (days) => {
    expect(problemsWith('copySnapshot', { manualSnapshotRetentionPeriod: days })).toEqual([
      expect.stringMatching(/^manualSnapshotRetentionPeriod: must be a number/),
    ]);
  });

  it.each([
    'rs:analytics-2026-11-20-03-00-00',
    'cm:a-1',
    'awsbackup:job-1',
    'manual-1',
    'A',
    `a${'b'.repeat(254)}`,
  ])('takes the source %s', (source) => {
    expect(problemsWith('copySnapshot', { sourceSnapshotIdentifier: source })).toEqual([]);
  });

  it.each([
    '',
    'rs:',
    'rs:1',
    '1a',
    'a_b',
    'a b',
    'a--b',
    'a-',
    'rs:a:b',
    'ä',
    `a${'b'.repeat(255)}`,
    "a'; --",
  ])('refuses the source %j', (source) => {
    expect(problemsWith('copySnapshot', { sourceSnapshotIdentifier: source })).toEqual([
      expect.stringContaining('sourceSnapshotIdentifier: must be a snapshot identifier'),
    ]);
  });

  it.each(['before-the-change', 'A1', 'a'.repeat(255)])('takes the target %s', (target) => {
    expect(problemsWith('copySnapshot', { targetSnapshotIdentifier: target })).toEqual([]);
  });

  it.each(['rs:a-1', '', '1a', 'a--b', 'a-', 'a_b', 'a'.repeat(256)])('refuses the target %j', (target) => {
    expect(problemsWith('copySnapshot', { targetSnapshotIdentifier: target })).toEqual([
      expect.stringContaining('targetSnapshotIdentifier: must be 1 to 255 letters'),
    ]);
  });
});

describe('a warehouse', () => {
  it.each(['a', 'analytics', 'analytics-eu-1', 'a'.repeat(63)])(
    'may be the cluster %s',
    (clusterIdentifier) => {
      expect(problemsWith('restoreTable', { warehouse: { clusterIdentifier } })).toEqual([]);
    },
  );

  it.each(['', 'Analytics', '1a', 'a--b', 'a-', 'a_b', 'a'.repeat(64)])(
    'cannot be the cluster %j',
    (clusterIdentifier) => {
      expect(problemsWith('restoreTable', { warehouse: { clusterIdentifier } })).toEqual([
        expect.stringContaining('warehouse.clusterIdentifier: must be 1 to 63 lower-case letters'),
      ]);
    },
  );
});

describe('a serverless warehouse', () => {
  const source = { recoveryPointId: 'rp-1' };

  it.each(['adhoc', 'a-1', '123', 'a'.repeat(64)])('may be the workgroup %s', (workgroupName) => {
    expect(problemsWith('restoreTable', { warehouse: { workgroupName }, source })).toEqual([]);
    const warehouse = { workgroupName, namespaceName: workgroupName };
    expect(problemsWith('restoreTable', { warehouse, source })).toEqual([]);
  });

  it.each(['', 'ab', 'Adhoc', 'a_b', 'a'.repeat(65)])('cannot be the workgroup %j', (workgroupName) => {
    expect(problemsWith('restoreTable', { warehouse: { workgroupName }, source })).toEqual([
      'warehouse.workgroupName: must be 3 to 64 lower-case letters, digits or hyphens',
    ]);
  });

  it('is no cluster at the same time, and no namespace alone', () => {
    const both = { clusterIdentifier: 'analytics', workgroupName: 'adhoc' };
    expect(problemsWith('restoreTable', { warehouse: both, source })).toHaveLength(1);
    expect(problemsWith('restoreTable', { warehouse: { namespaceName: 'adhoc' }, source })).toEqual([
      'warehouse.workgroupName: is missing',
    ]);
    expect(problemsWith('restoreTable', { warehouse: {}, source })).toEqual([
      'warehouse: needs clusterIdentifier, or workgroupName',
    ]);
    expect(problemsWith('restoreTable', { warehouse: undefined, source })).toEqual(['warehouse: is missing']);
  });

  it.each([{ recoveryPointId: 'rp-1' }, { snapshotName: 'weekly' }, { asOf: '2h' }])(
    'restores from %j',
    (from) => {
      const warehouse = { workgroupName: 'adhoc' };
      for (const operation of ['restoreTable', 'recoverTable'] as const)
        expect(problemsWith(operation, { warehouse, source: from })).toEqual([]);
    },
  );

  it('restores nothing of a cluster, nor a cluster anything of it', () => {
    for (const operation of ['restoreTable', 'recoverTable'] as const) {
      expect(
        problemsWith(operation, {
          warehouse: { workgroupName: 'adhoc' },
          source: { snapshotIdentifier: 'a' },
        }),
      ).toEqual([
        'source: must be a recoveryPointId, a snapshotName or asOf: the warehouse is a serverless workgroup',
      ]);
      for (const from of [{ recoveryPointId: 'rp-1' }, { snapshotName: 'weekly' }])
        expect(problemsWith(operation, { source: from })).toEqual([
          'source: must be a snapshotIdentifier or asOf: the warehouse is a provisioned cluster',
        ]);
    }
  });

  it('keeps a recovery point under a name that serverless snapshots can have', () => {
    const warehouse = { workgroupName: 'adhoc' };
    const named = (targetSnapshotIdentifier: string) =>
      problemsWith('recoverTable', { warehouse, source, copy: { targetSnapshotIdentifier } });
    expect(named('before-the-change')).toEqual([]);
    for (const name of ['Before', 'a'.repeat(65)])
      expect(named(name)).toEqual([
        'copy.targetSnapshotIdentifier: must be 3 to 64 lower-case letters, digits or hyphens, as for every serverless snapshot',
      ]);
  });
});

describe('the input of keepRecoveryPoint', () => {
  it('needs the namespace and the recovery point, or a moment', () => {
    expect(parsedWith('keepRecoveryPoint')).toEqual({
      namespaceName: 'adhoc',
      source: { recoveryPointId: 'rp-1' },
      deadline: '24 hours',
    });
    expect(problemsWith('keepRecoveryPoint', { source: { asOf: '2h' } })).toEqual([]);
    expect(problemsWith('keepRecoveryPoint', { namespaceName: undefined, source: undefined })).toEqual([
      'namespaceName: is missing',
      'source: is missing',
    ]);
    expect(problemsWith('keepRecoveryPoint', { source: {} })).toEqual([
      'source: needs recoveryPointId, or asOf',
    ]);
  });

  it.each([-1, 1, 3653])('takes a retention of %d days', (retentionPeriod) => {
    expect(problemsWith('keepRecoveryPoint', { retentionPeriod })).toEqual([]);
  });

  it.each([0, 3654, 1.5])('refuses a retention of %d days', (retentionPeriod) => {
    expect(problemsWith('keepRecoveryPoint', { retentionPeriod })).toEqual([
      'retentionPeriod: must be -1 (for ever) or a whole number of days from 1 to 3653',
    ]);
  });

  it.each(['ab', 'Kept', 'a_b', 'a'.repeat(65)])('refuses the snapshot name %j', (snapshotName) => {
    expect(problemsWith('keepRecoveryPoint', { snapshotName })).toEqual([
      'snapshotName: must be 3 to 64 lower-case letters, digits or hyphens',
    ]);
  });
});

describe('a moment to restore from', () => {
  it.each(['2026-11-20T08:00:00Z', '2026-11-20T08:00+02:00', '24h', '-24h', '90 seconds', '3660 days'])(
    'may be %s',
    (asOf) => {
      expect(problemsWith('restoreTable', { source: { asOf } })).toEqual([]);
    },
  );

  it.each(['', 'yesterday', '2026-11-20', '2026-11-20T08:00:00', '2026-02-30T08:00:00Z', '0h', '3661 days'])(
    'cannot be %j',
    (asOf) => {
      expect(problemsWith('restoreTable', { source: { asOf } })).toEqual([
        'source.asOf: must be an ISO 8601 time with a zone, such as 2026-11-20T08:00:00Z, or a duration before now, such as 24h',
      ]);
    },
  );
});

describe('the login to the database', () => {
  const secretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:redshift-AbCdEf';

  it.each([{}, { secretArn }, { dbUser: 'undrop' }])('may be %j', (dataApi) => {
    expect(problemsWith('restoreTable', { dataApi })).toEqual([]);
  });

  it('cannot be a secret and a user, and has no place for a password', () => {
    expect(problemsWith('restoreTable', { dataApi: { secretArn, dbUser: 'undrop' } })).toEqual([
      'dataApi.dbUser: give secretArn or dbUser, not both',
    ]);
    expect(problemsWith('restoreTable', { dataApi: { dbUser: 'undrop', password: 'x' } })).toEqual([
      'dataApi.password: is not a field of this input',
    ]);
    expect(problemsWith('restoreTable', { dataApi: { secretArn: 'redshift' } })).toEqual([
      'dataApi.secretArn: must be the ARN of a Secrets Manager secret',
    ]);
  });
});

describe('the input of restoreTable', () => {
  it('fills in what AWS would leave open', () => {
    expect(parsedWith('restoreTable')).toEqual({
      warehouse: { clusterIdentifier: 'analytics' },
      source: { snapshotIdentifier: 'before-the-change' },
      table: { database: 'dev', schema: 'public', table: 'orders' },
      enableCaseSensitiveIdentifier: false,
      settle: '60 seconds',
      deadline: '24 hours',
    });
  });

  it('takes any part of the target for itself', () => {
    for (const target of [{}, { table: 'orders_old' }, { database: 'other', schema: 'staging' }])
      expect(problemsWith('restoreTable', { target })).toEqual([]);
  });

  it('names every part that is wrong', () => {
    expect(
      problemsWith('restoreTable', {
        source: {},
        table: { database: '', schema: 'x'.repeat(128), name: 'orders' },
        target: { table: 'a\nb' },
        settle: 'a while',
        enableCaseSensitiveIdentifier: 'no',
      }).sort(),
    ).toEqual([
      'enableCaseSensitiveIdentifier: must be true or false, not text',
      'settle: must be a duration from one second to 365 days, such as "90 seconds", "15 minutes" or "24h"',
      'source: needs snapshotIdentifier, or snapshotName, or recoveryPointId, or asOf',
      'table.database: must not be empty',
      'table.name: is not a field of this input',
      'table.schema: must be at most 127 bytes long',
      'table.table: is missing',
      'target.table: must not contain control characters',
    ]);
  });
});

describe('the input of recoverTable', () => {
  it('copies by default, and verifies and exports only when asked', () => {
    expect(parsedWith('recoverTable')).toEqual({
      warehouse: { clusterIdentifier: 'analytics' },
      source: { snapshotIdentifier: 'rs:analytics-2026-11-20-03-00-00' },
      table: { database: 'dev', schema: 'public', table: 'orders' },
      enableCaseSensitiveIdentifier: false,
      copy: {},
      settle: '60 seconds',
      deadline: '24 hours',
    });
  });

  it('takes every step, and false for no copy', () => {
    const steps = {
      copy: { targetSnapshotIdentifier: 'kept', manualSnapshotRetentionPeriod: 30 },
      verify: { rowCount: { atLeast: 1 } },
      export: { tableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/orders', s3Bucket: 'exports' },
    };
    expect(problemsWith('recoverTable', steps)).toEqual([]);
    expect(problemsWith('recoverTable', { copy: false })).toEqual([]);
  });

  it('reports the problems of every step at once, with their paths', () => {
    expect(
      problemsWith('recoverTable', {
        copy: { manualSnapshotRetentionPeriod: 0, targetSnapshotIdentifier: 'rs:x' },
        verify: { rowCount: {} },
        export: { tableArn: 'orders', s3SseKmsKeyId: 'key' },
        verfiy: {},
      })
        .map((problem) => problem.split(':')[0]!)
        .sort(byName),
    ).toEqual([
      'copy.manualSnapshotRetentionPeriod',
      'copy.targetSnapshotIdentifier',
      'export.s3Bucket',
      'export.s3SseKmsKeyId',
      'export.tableArn',
      'verfiy',
      'verify.rowCount',
    ]);
  });

  it.each([true, 'no', null, 0])('refuses %j for the copy', (copy) => {
    expect(problemsWith('recoverTable', { copy })).toEqual(['copy: must be false or an object']);
  });
});
