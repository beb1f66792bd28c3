import { parsedWith, problemsWith } from './inputs';

const byName = (a: string, b: string) => (a < b ? -1 : 1);

describe('the input of copySnapshot', () => {
  it('needs the source only, and waits for 24 hours at most', () => {
    expect(parsedWith('copySnapshot')).toEqual({
      sourceSnapshotIdentifier: 'rs:analytics-2026-11-20-03-00-00',
      deadline: '24 hours',
    });
    expect(problemsWith('copySnapshot', { sourceSnapshotIdentifier: undefined })).toEqual([
      'sourceSnapshotIdentifier: is missing',
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
      'source.snapshotIdentifier: is missing',
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
