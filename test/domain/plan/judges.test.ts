import type { SnapshotFacts } from '../../../domain/aws/snapshot';
import type { TableRestoreFacts } from '../../../domain/aws/table-restore';
import { failures, type FailureType } from '../../../domain/failures';
import {
  blocking,
  countFindings,
  type Finding,
  type Looked,
  ok,
  refusalOf,
  warning,
} from '../../../domain/plan/finding';
import { judgeCopy } from '../../../domain/plan/judge-copy';
import {
  judgeBucket,
  judgeDynamoTable,
  judgeExportTimes,
  type ExportTimes,
} from '../../../domain/plan/judge-export';
import { judgeChoice, judgeSource, missingSource } from '../../../domain/plan/judge-source';
import {
  judgeCase,
  judgeSchema,
  judgeSourceTable,
  judgeTarget,
  judgeVerified,
} from '../../../domain/plan/judge-table';
import { judgeQuiet, judgeWarehouse } from '../../../domain/plan/judge-warehouse';
import { sourceOfSnapshot } from '../../../domain/plan/snapshot-source';
import type { SourceChoice, SourceFacts } from '../../../domain/sources';

const seen = <T>(facts: T): Looked<T> => ({ seen: facts });
const failed = (failure: FailureType, why = 'as told'): Looked<never> => ({ failure, why });
const short = (findings: Finding[]) =>
  findings.map(({ subject, level, failure }) => `${level} ${subject}${failure ? ` ${failure}` : ''}`);
const now = Date.parse('2026-11-21T12:00:00Z');
const hours = (count: number) => new Date(now + count * 3_600_000).toISOString();

describe('what cannot be looked at', () => {
  const every = (looked: Looked<never>): Finding[][] => [
    judgeWarehouse(looked),
    judgeQuiet(looked),
    judgeSource(looked, { nowMs: now, neededSeconds: 1, use: 'restore' }),
    judgeChoice(looked, { nowMs: now, neededSeconds: 1, use: 'restore' }),
    judgeCopy(looked, { name: 'copy', source: looked }),
    judgeSchema(looked, { database: 'dev', schema: 'public' }),
    judgeTarget({ database: 'dev', schema: 'public', table: 'orders' }, looked),
    judgeSourceTable({ database: 'dev', schema: 'public', table: 'orders' }, looked, looked),
    judgeVerified({ database: 'dev', schema: 'public', table: 'orders' }, looked),
    judgeDynamoTable('orders', looked),
    judgeExportTimes('orders', {}, { table: looked, recovery: looked, nowMs: now }),
    judgeBucket('exports', 'eu-central-1', looked),
  ];

  it.each<FailureType>([
    'AccessDenied',
    'Throttled',
    'AwsUnavailable',
    'OutcomeUnknown',
    'DatabaseUnavailable',
  ])('because of %s is a warning with a remedy, everywhere', (failure) => {
    for (const findings of every(failed(failure))) {
      expect(findings.length).toBeGreaterThan(0);
      for (const finding of findings)
        expect(finding).toMatchObject({ level: 'warning', remedy: expect.any(String) });
    }
  });

  it('says which right is missing', () => {
    const [finding] = judgeWarehouse(
      failed('AccessDenied', 'not authorized to perform: redshift:DescribeClusters'),
    );
    expect(finding!.text).toBe(
      'could not be looked at: not authorized to perform: redshift:DescribeClusters',
    );
    expect(finding!.remedy).toMatch(/^Allow the worker role this read/);
  });
});

describe('the warehouse', () => {
  it.each([
    ['available', 'ok'],
    ['AVAILABLE', 'ok'],
    ['paused', 'warning'],
    ['resizing', 'warning'],
    ['MODIFYING', 'warning'],
    ['', 'warning'],
    ['deleting', 'blocking'],
    ['DELETING', 'blocking'],
    ['final-snapshot', 'blocking'],
    ['incompatible-network', 'blocking'],
  ])('in state "%s" is %s', (status, level) => {
    expect(judgeWarehouse(seen({ what: 'cluster analytics', status }))).toMatchObject([{ level }]);
  });

  it.each<FailureType>(['ClusterNotFound', 'WorkgroupNotFound'])(
    'that is not there blocks as %s',
    (failure) => {
      expect(judgeWarehouse(failed(failure))).toMatchObject([
        { level: 'blocking', failure, remedy: failures[failure].remedy },
      ]);
    },
  );

  it('is quiet, or has restores before ours', () => {
    const running = {
      target: { database: 'dev', schema: 'public', table: 'a' },
      progressInMegaBytes: 512,
      totalDataInMegaBytes: 1024,
    };
    const one = running as TableRestoreFacts;
    expect(judgeQuiet(seen([]))).toEqual([ok('table restores', 'none is running')]);
    expect(judgeQuiet(seen([one]))).toMatchObject([
      { level: 'warning', text: 'one is running: dev.public.a, 512 of 1,024 MB' },
    ]);
    expect(judgeQuiet(seen([one, one]))[0]!.text).toMatch(/^2 are running/);
  });
});

describe('the source', () => {
  const facts = (more: Partial<SourceFacts> = {}): SourceFacts => ({
    source: { snapshotIdentifier: 'rs:a' },
    kind: 'automated snapshot',
    of: 'analytics',
    status: 'available',
    usable: true,
    createdAt: hours(-6),
    ...more,
  });
  const judge = (
    more: Partial<SourceFacts> = {},
    use: 'copy' | 'restore' = 'restore',
    of: string | undefined = 'analytics',
  ) => judgeSource(seen(facts(more)), { of, nowMs: now, neededSeconds: 1200, use });

  it('that is available is told with the age of its rows', () => {
    expect(judge()).toEqual([
      ok('source', `automated snapshot rs:a is available, and holds the rows of 6 h ago (${hours(-6)})`),
    ]);
  });

  it.each<[string, Partial<SourceFacts>, FailureType]>([
    ['of another cluster', { of: 'reporting' }, 'SnapshotNotFound'],
    [
      'of another namespace',
      { of: 'other', kind: 'recovery point', source: { recoveryPointId: 'r' } },
      'RecoveryPointNotFound',
    ],
    ['being made', { usable: false, status: 'creating' }, 'InvalidSnapshotState'],
    ['that failed', { usable: false, status: 'FAILED' }, 'InvalidSnapshotState'],
  ])('%s blocks', (_, more, failure) => {
    expect(judge(more)).toMatchObject([{ level: 'blocking', subject: 'source', failure }]);
  });

  it('that is manual can be restored from, not copied', () => {
    expect(judge({ kind: 'manual snapshot' })).toMatchObject([{ level: 'ok' }]);
    expect(judge({ kind: 'manual snapshot' }, 'copy')).toMatchObject([
      { level: 'blocking', failure: 'InvalidSnapshotState' },
    ]);
  });

  it.each<[string, string, RegExp]>([
    [hours(48), 'ok', /for another 2 d/],
    [hours(0.25), 'warning', /in 15 min, .* before the estimated end/],
    [hours(-1), 'warning', /may delete it at any moment/],
  ])('that AWS deletes at %s is %s', (expiresAt, level, text) => {
    expect(judge({ expiresAt })[1]).toMatchObject({
      subject: 'source expiry',
      level,
      text: expect.stringMatching(text),
    });
  });

  it.each<FailureType>(['SnapshotNotFound', 'RecoveryPointNotFound'])(
    'that is not there blocks as %s',
    (failure) => {
      const use = { nowMs: now, neededSeconds: 1, use: 'restore' } as const;
      expect(judgeSource(failed(failure), use)).toMatchObject([
        { level: 'blocking', failure, text: 'as told' },
      ]);
    },
  );

  it('is missing under the name of its kind', () => {
    expect(missingSource({ recoveryPointId: 'r' })).toBe('RecoveryPointNotFound');
    expect(missingSource({ snapshotName: 's' })).toBe('SnapshotNotFound');
  });

  it('that is chosen by time is judged as a named one; none blocks, with reasons', () => {
    const use = { of: 'analytics', nowMs: now, neededSeconds: 1, use: 'restore' } as const;
    expect(judgeChoice(seen({ asOf: hours(-1), chosen: facts(), rejected: [] }), use)).toMatchObject([
      { level: 'ok' },
    ]);
    const rejected: SourceChoice['rejected'] = [
      {
        source: { snapshotIdentifier: 'x' },
        kind: 'manual snapshot',
        createdAt: hours(0),
        reason: 'later than asked for',
      },
    ];
    expect(judgeChoice(seen({ asOf: hours(-1), rejected }), use)).toMatchObject([
      {
        level: 'blocking',
        failure: 'NoUsableSource',
        text: expect.stringContaining('none of 1 can be used: x (later than asked for)'),
      },
    ]);
    expect(judgeChoice(seen({ asOf: hours(-1), rejected: [] }), use)[0]!.text).toMatch(
      /AWS lists none at all$/,
    );
  });

  it.each<[string, Partial<SnapshotFacts>, number | undefined, string | undefined]>([
    ['automated, by the cluster', { snapshotType: 'automated' }, 7, hours(7 * 24)],
    ['automated, cluster unknown', { snapshotType: 'automated' }, undefined, undefined],
    ['manual, for ever', { snapshotType: 'manual', manualSnapshotRetentionPeriod: -1 }, 7, undefined],
    [
      'manual, from its start',
      { snapshotType: 'manual', manualSnapshotRetentionPeriod: 1, snapshotRetentionStartTime: hours(5) },
      7,
      hours(29),
    ],
  ])('expires as AWS counts: %s', (_, more, days, expiresAt) => {
    const snapshot = {
      snapshotIdentifier: 's',
      clusterIdentifier: 'c',
      status: 'available',
      snapshotCreateTime: hours(0),
      snapshotType: '',
      ...more,
    };
    expect(sourceOfSnapshot(snapshot, days).expiresAt).toBe(expiresAt);
  });
});

describe('the copy', () => {
  const snapshot = {
    snapshotIdentifier: 'rs:a',
    snapshotType: 'automated',
    clusterIdentifier: 'c',
    status: 'available',
    snapshotCreateTime: hours(-6),
  };
  const copy = { ...snapshot, snapshotIdentifier: 'kept', snapshotType: 'manual' };
  const judge = (count: number, named?: SnapshotFacts, source: Looked<SnapshotFacts> = seen(snapshot)) =>
    judgeCopy(seen({ count, ...(named && { named }) }), { name: 'kept', source });

  it.each<[string, Finding[], string]>([
    ['a free name and room', judge(19), 'ok copy'],
    ['a name that a copy of this source has', judge(3, copy), 'ok copy'],
    [
      'a name that another snapshot has',
      judge(3, { ...copy, snapshotCreateTime: hours(-7) }),
      'blocking copy SnapshotNameTaken',
    ],
    ['a taken name, the source unseen', judge(3, copy, failed('AccessDenied')), 'ok copy'],
    ['a full quota', judge(20), 'warning copy'],
    ['a full quota, but the copy is there', judge(20, copy), 'ok copy'],
  ])('with %s', (_, findings, expected) => {
    expect(short(findings)).toEqual([expected]);
  });
});

describe('tables, schemas and names', () => {
  const orders = { database: 'dev', schema: 'public', table: 'orders' };

  it.each<[string, Finding[], string[]]>([
    ['a free target', judgeTarget(orders, seen({ exists: false })), ['ok target name']],
    [
      'a taken target',
      judgeTarget(orders, seen({ exists: true })),
      ['blocking target name TargetTableExists'],
    ],
    ['a target of the run itself', judgeTarget(orders, undefined), ['ok target name']],
    [
      'a target that a source still to be chosen is part of',
      judgeTarget(undefined, undefined),
      ['ok target name'],
    ],
    [
      'a schema that is there, in capitals',
      judgeSchema(seen({ schemas: ['public'] }), { database: 'dev', schema: 'Public' }),
      ['ok target schema'],
    ],
    [
      'a schema that is not there',
      judgeSchema(seen({ schemas: [] }), orders),
      ['blocking target schema TableNotInSnapshot'],
    ],
    [
      'a database that is not there',
      judgeSchema(failed('InvalidRequest', 'FATAL: database "dev" does not exist'), orders),
      ['blocking target schema TableNotInSnapshot'],
    ],
    [
      'a database that does not answer',
      judgeSchema(failed('DatabaseUnavailable', 'the cluster is paused'), orders),
      ['warning target schema'],
    ],
    [
      'a table with rows',
      judgeSourceTable(orders, seen({ info: { megaBytes: 1, rows: 1, sortKey: 'id' } }), undefined),
      ['ok source table', 'ok sort key'],
    ],
    [
      'an interleaved one',
      judgeSourceTable(orders, seen({ info: { megaBytes: 1, rows: 1, sortKey: 'INTERLEAVED' } }), undefined),
      ['ok source table', 'blocking sort key InterleavedSortKey'],
    ],
    [
      'an empty table',
      judgeSourceTable(orders, seen({}), seen({ exists: true })),
      ['ok source table', 'warning sort key'],
    ],
    [
      'a dropped table',
      judgeSourceTable(orders, seen({}), seen({ exists: false })),
      ['warning source table'],
    ],
    ['a table that is listed to be verified', judgeVerified(orders, seen({ exists: true })), ['ok table']],
    ['one that is not', judgeVerified(orders, seen({ exists: false })), ['warning table']],
  ])('%s', (_, findings, expected) => {
    expect(short(findings)).toEqual(expected);
  });

  it('warns of capital letters, once for each name, unless case matters', () => {
    expect(judgeCase(['dev', 'Sales', 'Orders', 'Sales'], false)).toMatchObject([
      { level: 'warning', text: expect.stringContaining('Sales, Orders:') },
    ]);
    expect(judgeCase(['Sales'], true)).toEqual([]);
    expect(judgeCase(['sales'], false)).toEqual([]);
  });
});

describe('an export', () => {
  const bounds = {
    table: seen({ status: 'ACTIVE', createdAt: hours(-24 * 10) }),
    recovery: seen({ enabled: true, earliest: hours(-24 * 5), latest: hours(-0.1) }),
    nowMs: now,
  };
  const judge = (times: ExportTimes, more: Partial<typeof bounds> = {}) =>
    judgeExportTimes('orders', times, { ...bounds, ...more });
  const window = (from: number, to?: number): ExportTimes => ({
    window: { exportFromTime: hours(from), ...(to !== undefined && { exportToTime: hours(to) }) },
  });

  it.each<[string, ExportTimes]>([
    ['now', {}],
    ['the first moment of the window', { exportTime: hours(-24 * 5) }],
    ['the last moment of the window', { exportTime: hours(-0.1) }],
    ['15 minutes up to now', window(-0.25)],
    ['24 hours', window(-30, -6)],
  ])('of %s can be made', (_, times) => {
    expect(judge(times).map(({ level }) => level)).toEqual(['ok', 'ok']);
  });

  it.each<[string, ExportTimes, RegExp]>([
    ['a moment to come', { exportTime: hours(1) }, /is yet to come/],
    ['a moment before the table', { exportTime: hours(-24 * 11) }, /before the table was made/],
    ['a moment before the window', { exportTime: hours(-24 * 6) }, /before the restorable window/],
    ['a moment after the window', { exportTime: hours(-0.05) }, /too recent/],
    ['a window to come', window(-1, 1), /yet to come/],
    ['a window that ends before it begins', window(-1, -2), /not before its end/],
    ['a window before the table', window(-24 * 11, -24 * 11 + 1), /before the table was made/],
    ['a window before the restorable one', window(-24 * 6, -24 * 6 + 1), /before the restorable window/],
    ['14 minutes', window(-14 / 60), /less than 15 minutes/],
    ['25 hours', window(-25), /more than 24 hours/],
  ])('of %s cannot be made, and why', (_, times, text) => {
    expect(judge(times)[1]).toMatchObject({
      level: 'blocking',
      failure: 'InvalidExportTime',
      text: expect.stringMatching(text),
    });
  });

  it("counts by AWS's clock where ours is late", () => {
    expect(judge({ exportTime: hours(-0.2) }, { nowMs: now - 3_600_000 }).map(({ level }) => level)).toEqual([
      'ok',
      'ok',
    ]);
  });

  it('needs point-in-time recovery', () => {
    expect(judge({}, { recovery: seen({ enabled: false, earliest: '', latest: '' }) })).toMatchObject([
      { level: 'blocking', failure: 'PointInTimeRecoveryOff' },
    ]);
  });

  it.each<[string, Finding[], string[]]>([
    [
      'a table that is there',
      judgeDynamoTable('orders', seen({ status: 'ACTIVE', itemCount: 3 })),
      ['ok table'],
    ],
    [
      'a table that is being deleted',
      judgeDynamoTable('orders', seen({ status: 'DELETING' })),
      ['blocking table TableNotFound'],
    ],
    [
      'a table that is not there',
      judgeDynamoTable('orders', failed('NotFound')),
      ['blocking table TableNotFound'],
    ],
    [
      'its recovery, which is not told twice',
      judgeExportTimes('orders', {}, { ...bounds, recovery: failed('TableNotFound') }),
      [],
    ],
    [
      'a bucket in the same Region',
      judgeBucket('exports', 'eu-central-1', seen({ region: 'eu-central-1' })),
      ['ok bucket'],
    ],
    [
      'a bucket in another Region',
      judgeBucket('exports', 'eu-central-1', seen({ region: 'us-east-1' })),
      ['warning bucket'],
    ],
    ['a bucket of an unknown Region', judgeBucket('exports', 'eu-central-1', seen({})), ['ok bucket']],
    [
      'a bucket that is not there',
      judgeBucket('exports', 'eu-central-1', failed('NotFound')),
      ['blocking bucket ExportBucketMissing'],
    ],
    [
      'a bucket that must not be looked at',
      judgeBucket('exports', 'eu-central-1', failed('AccessDenied')),
      ['warning bucket'],
    ],
  ])('%s', (_, findings, expected) => {
    expect(short(findings)).toEqual(expected);
  });
});

describe('what the findings come to', () => {
  const taken = blocking('target name', 'x exists already', 'TargetTableExists');
  const bucket = blocking('bucket', 'there is no bucket b', 'ExportBucketMissing');

  it('nothing, as long as nothing blocks', () => {
    expect(refusalOf([ok('a', 'fine'), warning('b', 'hm', 'look')])).toBeUndefined();
  });

  it('the row of the failure table of the one that blocks', () => {
    expect(refusalOf([ok('a', 'fine'), taken])).toEqual({
      type: 'TargetTableExists',
      why: 'x exists already',
    });
  });

  it('PreflightRefused with all of several, and what to do about each', () => {
    expect(refusalOf([taken, bucket])).toEqual({
      type: 'PreflightRefused',
      why: `target name: x exists already (${failures.TargetTableExists.remedy}); bucket: there is no bucket b (${failures.ExportBucketMissing.remedy})`,
    });
  });

  it('counts them in words', () => {
    const hm = warning('b', 'hm', 'look');
    expect(countFindings([])).toBe('0 ok');
    expect(countFindings([ok('a', 'fine'), hm, taken])).toBe('1 ok, 1 warning, 1 blocking');
    expect(countFindings([hm, hm])).toBe('0 ok, 2 warnings');
  });
});
