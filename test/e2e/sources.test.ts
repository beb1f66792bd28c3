import {
  CreateClusterSnapshotCommand,
  DescribeClusterSnapshotsCommand,
  type Snapshot,
} from '@aws-sdk/client-redshift';
import { runCli } from '../../client/cli/program';
import type { SourceList } from '../../domain/look-ups/sources';
import type { CopySnapshotResult } from '../../domain/operations/copy-snapshot';
import type { RecoverTableResult } from '../../domain/operations/recover-table';
import type { RestoreTableResult } from '../../domain/operations/restore-table';
import type { SourceChoice } from '../../domain/sources';
import { fakeIo } from '../client/cli/fake-io';
import { adhoc, eventsLive, resetSmall, rowsOf, seededPoints, type SeededPoints } from '../support/adhoc';
import { cluster, quickSettings, Rig } from '../support/rig';
import { temporalAddress } from '../support/stand-in-rig';

const orders = { database: 'dev', schema: 'public', table: 'orders' };

/**
 * What can be restored from, and the choice by time: cluster `analytics` has an automated snapshot (6 hours old), a
 * manual one (5 days), and manual ones made now of which only the first can be used.
 */
describe('sources', () => {
  let rig: Rig;
  let points: SeededPoints;
  let automated: Snapshot;
  let weekly: Snapshot;
  let fresh: Snapshot;

  beforeAll(async () => {
    rig = await Rig.start();
    await resetSmall(rig, { ...quickSettings, snapshotCopySeconds: 0 });
    points = await seededPoints(rig);
    for (const status of [undefined, 'failed', 'deleted']) {
      const SnapshotIdentifier = `fresh-${status ?? 'good'}`;
      if (status)
        await rig.control.addFault({
          operation: 'CreateClusterSnapshot',
          match: { SnapshotIdentifier },
          action: { kind: 'terminal', status },
        });
      await rig.clients.redshift.send(
        new CreateClusterSnapshotCommand({ ClusterIdentifier: cluster, SnapshotIdentifier }),
      );
    }
    await rig.control.set({ snapshotCopySeconds: 100_000 });
    await rig.clients.redshift.send(
      new CreateClusterSnapshotCommand({ ClusterIdentifier: cluster, SnapshotIdentifier: 'fresh-slow' }),
    );
    await rig.control.set(quickSettings);
    const { Snapshots = [] } = await rig.clients.redshift.send(
      new DescribeClusterSnapshotsCommand({ ClusterIdentifier: cluster }),
    );
    const named = (name: string) => Snapshots.find(({ SnapshotIdentifier }) => SnapshotIdentifier === name)!;
    automated = Snapshots.find(({ SnapshotType }) => SnapshotType === 'automated')!;
    weekly = named('analytics-weekly');
    fresh = named('fresh-good');
    await rig.startWorker();
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const after = (moment: Date | undefined, seconds = 60) =>
    new Date(moment!.getTime() + seconds * 1000).toISOString();
  const reasonsOf = ({ rejected }: SourceChoice) =>
    Object.fromEntries(rejected.map(({ source, reason }) => [Object.values(source)[0] as string, reason]));
  const nothingNewUsable = {
    'fresh-slow': 'not available: creating',
    'fresh-failed': 'not available: failed',
    'fresh-deleted': 'being deleted',
  };

  describe('asOf of a cluster', () => {
    it('restores from the newest usable snapshot, and records the choice, its age and every other candidate', async () => {
      const run = await rig.run('restoreTable', {
        warehouse: { clusterIdentifier: cluster },
        source: { asOf: after(new Date(), 5) },
        table: orders,
        target: { table: 'as_of_now' },
      });
      expect(run.failure).toBeUndefined();
      const { choice, source } = run.result as RestoreTableResult;
      expect(source).toEqual({ snapshotIdentifier: 'fresh-good' });
      expect(choice).toMatchObject({
        chosen: {
          source,
          kind: 'manual snapshot',
          of: cluster,
          status: 'available',
          createdAt: fresh.SnapshotCreateTime!.toISOString(),
        },
      });
      expect(choice!.ageSeconds).toBe(
        Math.round((Date.parse(choice!.asOf) - fresh.SnapshotCreateTime!.getTime()) / 1000),
      );
      expect(reasonsOf(choice!)).toEqual({
        ...nothingNewUsable,
        [automated.SnapshotIdentifier!]: 'older than the chosen one',
        'analytics-weekly': 'older than the chosen one',
      });
      expect(run.state!.choice).toEqual(choice);
      expect(run.state!.timeline.map(({ text }) => text).join('\n')).toContain(
        'chose manual snapshot fresh-good',
      );
    });

    it('recovers from the automated snapshot of that time, which is copied first', async () => {
      const run = await rig.run('recoverTable', {
        warehouse: { clusterIdentifier: cluster },
        source: { asOf: after(automated.SnapshotCreateTime) },
        table: orders,
        copy: { targetSnapshotIdentifier: 'kept-as-of', manualSnapshotRetentionPeriod: 1 },
      });
      expect(run.failure).toBeUndefined();
      const { choice, copy, restore } = run.result as RecoverTableResult;
      expect(choice!.chosen!.source).toEqual({ snapshotIdentifier: automated.SnapshotIdentifier });
      expect(copy).toMatchObject({ snapshotIdentifier: 'kept-as-of', adopted: false });
      expect(restore.source).toEqual({ snapshotIdentifier: 'kept-as-of' });
      expect(run.state!.steps.map(({ name }) => name)).toEqual(['preflight', 'choose', 'copy', 'restore']);
      // The name is made of the source: a preflight that runs before the choice must not tell another one.
      const name = run.state!.findings!.find(({ subject }) => subject === 'target name');
      expect(name!.text).toBe('made from the run and the source it chooses: no other run makes it');
    });

    it('copies the newest automated snapshot, and no manual one, which is kept already', async () => {
      const run = await rig.run('copySnapshot', {
        asOf: '1s',
        sourceSnapshotClusterIdentifier: cluster,
        targetSnapshotIdentifier: 'copied-as-of',
      });
      expect(run.failure).toBeUndefined();
      const { choice, snapshotCreateTime } = run.result as CopySnapshotResult;
      expect(snapshotCreateTime).toBe(automated.SnapshotCreateTime!.toISOString());
      expect(choice!.chosen).toMatchObject({ kind: 'automated snapshot' });
      expect(reasonsOf(choice!)).toMatchObject({ 'fresh-good': 'a manual snapshot, which is kept already' });
      expect(Date.parse(choice!.asOf)).toBe(Date.parse(run.state!.startedAt) - 1_000);
      const [request] = await rig.requests('CopyClusterSnapshot', {
        TargetSnapshotIdentifier: 'copied-as-of',
      });
      expect(request!.parameters).toMatchObject({
        SourceSnapshotIdentifier: automated.SnapshotIdentifier,
        SourceSnapshotClusterIdentifier: cluster,
      });
    });

    it('recovers from a copy that is there already, rather than from the automated snapshot of the same moment', async () => {
      const run = await rig.run('recoverTable', {
        warehouse: { clusterIdentifier: cluster },
        source: { asOf: after(automated.SnapshotCreateTime) },
        table: orders,
      });
      expect(run.failure).toBeUndefined();
      const { choice, copy, restore } = run.result as RecoverTableResult;
      expect(choice!.ageSeconds).toBe(60);
      expect(copy).toBeUndefined();
      expect(restore.source).toEqual({ snapshotIdentifier: 'copied-as-of' });
      expect(reasonsOf(choice!)).toMatchObject({
        'fresh-good': 'later than asked for',
        [automated.SnapshotIdentifier!]: 'of the same moment as the chosen one',
      });
    });

    it('recovers from a manual snapshot without a copy, when that is the right one', async () => {
      const run = await rig.run('recoverTable', {
        warehouse: { clusterIdentifier: cluster },
        source: { asOf: after(weekly.SnapshotCreateTime) },
        table: orders,
      });
      expect(run.failure).toBeUndefined();
      expect((run.result as RecoverTableResult).restore.source).toEqual({
        snapshotIdentifier: 'analytics-weekly',
      });
      expect(run.state!.steps.find(({ name }) => name === 'copy')).toMatchObject({ state: 'skipped' });
    });

    it('fails when nothing is that old, with the reason against every candidate; nothing is begun', async () => {
      const before = await rig.changes();
      const run = await rig.run('restoreTable', {
        warehouse: { clusterIdentifier: cluster },
        source: { asOf: '300 days' },
        table: orders,
      });
      expect(run.failure).toMatchObject({ type: 'NoUsableSource', exit: 5 });
      expect(run.failure!.message).toMatch(/\(later than asked for\)/);
      expect(new Set(Object.values(reasonsOf(run.state!.choice!)))).toEqual(
        new Set(['later than asked for']),
      );
      expect(run.state!.choice!.chosen).toBeUndefined();
      expect(await rig.changes()).toEqual(before);
    });
  });

  describe('asOf of a workgroup', () => {
    it.each<[string, () => string, () => object, keyof typeof rowsOf]>([
      [
        'a recovery point',
        () => after(points.good.recoveryPointCreateTime),
        () => ({ recoveryPointId: points.good.recoveryPointId }),
        'good',
      ],
      [
        'a snapshot',
        () => after(points.expiring.recoveryPointCreateTime, -60),
        () => ({ snapshotName: 'adhoc-weekly' }),
        'weekly',
      ],
    ])('restores from %s, whatever kind is the newest', async (_what, asOf, source, rows) => {
      const target = `as_of_${rows}`;
      const run = await rig.run('restoreTable', {
        warehouse: { workgroupName: 'adhoc' },
        source: { asOf: asOf() },
        table: eventsLive,
        target: { table: target },
      });
      expect(run.failure).toBeUndefined();
      expect((run.result as RestoreTableResult).source).toEqual(source());
      expect(await rig.control.count('adhoc', 'dev', `public.${target}`)).toBe(rowsOf[rows]);
    });
  });

  describe('undrop sources list', () => {
    it('lists the snapshots of a cluster, newest first, with ages and ends', async () => {
      const list = await rig.operations.lookUp('sources', { warehouse: { clusterIdentifier: cluster } });
      expect(list.of).toBe(cluster);
      const times = list.sources.map(({ createdAt }) => Date.parse(createdAt));
      expect(times).toEqual([...times].sort((a, b) => b - a));
      const byName = (name?: string) => list.sources.find(({ source }) => Object.values(source)[0] === name)!;
      // Kept for 7 days, and 6 hours old.
      const { remainingSeconds, ageSeconds, ...rest } = byName(automated.SnapshotIdentifier);
      expect(rest).toMatchObject({
        kind: 'automated snapshot',
        usable: true,
        sizeMegaBytes: expect.any(Number),
      });
      // Each is rounded for itself: two halves make one second more.
      const week = 7 * 24 * 3600;
      expect([week, week + 1]).toContain(ageSeconds + remainingSeconds!);
      expect(byName('analytics-weekly')).not.toHaveProperty('expiresAt');
      expect(byName('fresh-failed')).toMatchObject({ usable: false, problem: 'not available: failed' });
    });

    it.each([{ workgroupName: 'adhoc' }, adhoc, { namespaceName: 'adhoc' }])(
      'lists recovery points and snapshots of %j',
      async (warehouse) => {
        const list = await rig.operations.lookUp('sources', { warehouse });
        expect(list.of).toBe('adhoc');
        const names = list.sources.map(({ source }) => Object.values(source)[0]);
        expect(names).toEqual([
          points.late.recoveryPointId,
          points.good.recoveryPointId,
          points.expiring.recoveryPointId,
          'adhoc-weekly',
        ]);
        const [late] = list.sources;
        const day = 24 * 3600;
        expect([day, day + 1]).toContain(late!.ageSeconds + late!.remainingSeconds!);
      },
    );

    it('marks what a run told the same time would choose', async () => {
      const asOf = after(points.good.recoveryPointCreateTime);
      const list = await rig.operations.lookUp('sources', { warehouse: adhoc, asOf });
      const chosen = list.sources.filter((source) => source.chosen);
      expect(chosen.map(({ source }) => source)).toEqual([{ recoveryPointId: points.good.recoveryPointId }]);
      expect(list.choice).toMatchObject({ asOf, ageSeconds: 60 });
    });

    it.each([
      [{ clusterIdentifier: 'nowhere' }, 'ClusterNotFound'],
      [{ workgroupName: 'nowhere' }, 'WorkgroupNotFound'],
      [{ namespaceName: 'nowhere' }, 'WorkgroupNotFound'],
    ])('tells what is not there: %j', async (warehouse, type) => {
      await expect(rig.operations.lookUp('sources', { warehouse })).rejects.toMatchObject({
        type,
        exit: 5,
        message: expect.stringContaining('nowhere'),
      });
    });

    async function undrop(...argv: string[]) {
      const terminal = fakeIo({ TEMPORAL_ADDRESS: temporalAddress(), UNDROP_TASK_QUEUE: rig.taskQueue });
      const exitCode = await runCli(['sources', 'list', ...argv], terminal.io);
      return { exitCode, out: terminal.out(), err: terminal.err() };
    }

    it('is a table for people, with the choice marked', async () => {
      const { exitCode, out } = await undrop('--workgroup', 'adhoc', '--as-of', '2.5h');
      expect(exitCode).toBe(0);
      const lines = out.trimEnd().split('\n');
      expect(lines).toHaveLength(5);
      expect(lines[0]).toMatch(/ROWS OF +AGE +KIND +MB +EXPIRES +STATE +NAME/);
      expect(lines.filter((line) => line.includes('✔ chosen'))).toEqual([
        expect.stringContaining(points.expiring.recoveryPointId!),
      ]);
    });

    it('is JSON for programs', async () => {
      const { exitCode, out, err } = await undrop('--cluster', cluster, '--as-of', '300 days', '-o', 'json');
      expect(exitCode).toBe(0);
      const list = JSON.parse(out) as SourceList;
      expect(list.sources.length).toBeGreaterThanOrEqual(6);
      expect(list.choice!.rejected).toHaveLength(list.sources.length);
      expect(list.choice).not.toHaveProperty('chosen');
      expect(err).toBe('');
    });

    it('is CSV for spreadsheets', async () => {
      const { exitCode, out } = await undrop('--namespace-name', 'adhoc', '-o', 'csv');
      expect(exitCode).toBe(0);
      expect(out.split('\n')[0]).toBe('ROWS OF,AGE,KIND,MB,EXPIRES,STATE,NAME');
      expect(out.trimEnd().split('\n')).toHaveLength(5);
    });

    it('says on stderr when nothing can be used', async () => {
      const { exitCode, err } = await undrop('--cluster', cluster, '--as-of', '300 days');
      expect(exitCode).toBe(0);
      expect(err).toMatch(/^nothing at or before .* can be restored from$/m);
    });

    it.each<[string, string[], number, RegExp]>([
      ['no warehouse', [], 2, /warehouse: is missing: give --cluster, --workgroup or --namespace-name/],
      [
        'a moment that is none',
        ['--cluster', cluster, '--as-of', 'lately'],
        2,
        /--as-of \(asOf\): must be an ISO/,
      ],
      ['a cluster that is not there', ['--cluster', 'nowhere'], 5, /nowhere not found[^]*What to do/],
    ])('refuses %s', async (_what, argv, code, message) => {
      const { exitCode, out, err } = await undrop(...argv);
      expect(exitCode).toBe(code);
      expect(err).toMatch(message);
      expect(out).toBe('');
    });
  });
});
