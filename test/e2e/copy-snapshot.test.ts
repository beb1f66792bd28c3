import { failures, type FailureType } from '../../domain/failures';
import type { CopySnapshotInput, CopySnapshotResult } from '../../domain/operations/copy-snapshot';
import { cluster, quickSettings, Rig } from '../support/rig';

/** A copy that is done, or has failed, as soon as it is asked for. */
const atOnce = { snapshotCopySeconds: 0, snapshotCopyMegaBytesPerSecond: 1e12 };

describe('copySnapshot', () => {
  let rig: Rig;
  let snapshot: string;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
    snapshot = await rig.automatedSnapshot();
  });

  afterEach(async () => {
    await rig.control.clearFaults();
    await rig.control.set({ ...quickSettings, manualSnapshotQuota: 20 });
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const input = (target: string, more: Partial<CopySnapshotInput> = {}): CopySnapshotInput => ({
    sourceSnapshotIdentifier: snapshot,
    sourceSnapshotClusterIdentifier: cluster,
    targetSnapshotIdentifier: target,
    ...more,
  });
  const effectsOf = async (target: string) => (await rig.effectCounts('CopyClusterSnapshot'))[target] ?? 0;
  const requestsFor = async (target: string) =>
    (await rig.control.operations('CopyClusterSnapshot')).filter(
      ({ parameters }) => parameters.TargetSnapshotIdentifier === target,
    );
  const fault = (target: string, action: object, more: object = {}) =>
    rig.control.addFault({
      operation: 'CopyClusterSnapshot',
      match: { TargetSnapshotIdentifier: target },
      action,
      ...more,
    });

  it('copies an automated snapshot, waits until it is available, and tells all about it', async () => {
    const run = await rig.run('copySnapshot', input('kept-one', { manualSnapshotRetentionPeriod: 7 }));
    expect(run.failure).toBeUndefined();
    const { DescribeClusterSnapshotsCommand } = await import('@aws-sdk/client-redshift');
    const { Snapshots } = await rig.clients.redshift.send(
      new DescribeClusterSnapshotsCommand({ SnapshotIdentifier: 'kept-one' }),
    );
    expect(Snapshots).toMatchObject([{ Status: 'available', SnapshotType: 'manual' }]);
    expect(run.result).toEqual({
      snapshotIdentifier: 'kept-one',
      clusterIdentifier: cluster,
      snapshotCreateTime: Snapshots![0]!.SnapshotCreateTime!.toISOString(),
      totalBackupSizeInMegaBytes: Snapshots![0]!.TotalBackupSizeInMegaBytes,
      manualSnapshotRetentionPeriod: 7,
      adopted: false,
    } satisfies CopySnapshotResult);
    expect(run.state).toMatchObject({
      outcome: 'done',
      steps: [
        { name: 'preflight', state: 'done' },
        { name: 'copy', state: 'done' },
      ],
    });
    expect(run.state?.aws).toEqual([{ kind: 'snapshot', id: 'kept-one', step: 'copy' }]);
    expect(await effectsOf('kept-one')).toBe(1);
  });

  it('takes over a copy of the same source that is there already', async () => {
    await rig.control.set(atOnce);
    await rig.run('copySnapshot', input('kept-twice'));
    const again = await rig.run('copySnapshot', input('kept-twice'));
    expect(again.result).toMatchObject({ snapshotIdentifier: 'kept-twice', adopted: true });
    expect(await effectsOf('kept-twice')).toBe(1);
  });

  it('makes a name from the source and the run, and keeps the copy for ever, where nothing is said', async () => {
    await rig.control.set(atOnce);
    const run = await rig.run('copySnapshot', { sourceSnapshotIdentifier: snapshot });
    const { snapshotIdentifier, manualSnapshotRetentionPeriod } = run.result as CopySnapshotResult;
    expect(snapshotIdentifier).toMatch(/^analytics-[\d-]+-keep-[0-9a-f]{8}$/);
    expect(manualSnapshotRetentionPeriod).toBe(-1);
    expect(await effectsOf(snapshotIdentifier)).toBe(1);
  });

  const wire = (code: string, status?: number) => ({ kind: 'error', code, message: `told: ${code}`, status });
  it.each<{
    what: string;
    target?: string;
    more?: Partial<CopySnapshotInput>;
    settings?: object;
    answer?: object;
    type: FailureType;
    exit: number;
    why: RegExp;
  }>([
    {
      what: 'a name that another snapshot has',
      target: 'analytics-weekly',
      type: 'SnapshotNameTaken',
      exit: 6,
      why: /not a copy of this source/,
    },
    {
      what: 'an unknown source',
      more: { sourceSnapshotIdentifier: 'rs:nowhere' },
      type: 'SnapshotNotFound',
      exit: 5,
      why: /rs:nowhere not found/,
    },
    {
      what: 'a source of another cluster',
      more: { sourceSnapshotClusterIdentifier: 'reporting' },
      type: 'SnapshotNotFound',
      exit: 5,
      why: /reporting/,
    },
    {
      what: 'a manual source',
      more: { sourceSnapshotIdentifier: 'analytics-weekly' },
      type: 'InvalidSnapshotState',
      exit: 6,
      why: /only automated snapshots/,
    },
    {
      what: 'one manual snapshot too many',
      settings: { manualSnapshotQuota: 1 },
      type: 'SnapshotQuotaExceeded',
      exit: 6,
      why: /\(1\)/,
    },
    {
      what: 'a retention that AWS does not take',
      answer: wire('InvalidRetentionPeriodFault'),
      type: 'InvalidRetentionPeriod',
      exit: 2,
      why: /told/,
    },
    {
      what: 'a source in another state',
      answer: wire('InvalidClusterSnapshotState'),
      type: 'InvalidSnapshotState',
      exit: 6,
      why: /told/,
    },
    {
      what: 'a missing right, naming it',
      answer: { kind: 'access-denied' },
      type: 'AccessDenied',
      exit: 4,
      why: /redshift:CopyClusterSnapshot/,
    },
    {
      what: 'keys that AWS does not know',
      answer: wire('InvalidClientTokenId', 403),
      type: 'CredentialsMissing',
      exit: 4,
      why: /told/,
    },
    {
      what: 'an error that is in no table',
      answer: wire('QuantumFlux', 418),
      type: 'AwsError',
      exit: 1,
      why: /QuantumFlux: told/,
    },
  ])(
    'is refused $what, with and without the preflight; nothing is begun',
    async ({ target = 'never-made', more, settings, answer, type, exit, why }) => {
      if (settings) await rig.control.set(settings);
      const before = await rig.control.effects();
      const { remedy, http } = failures[type];
      for (const skipPreflight of [false, true]) {
        if (answer) await fault(target, answer);
        const run = await rig.run('copySnapshot', input(target, { ...more, skipPreflight }));
        expect(run.failure).toEqual({ type, exit, http, remedy, message: expect.stringMatching(why) });
        expect(run.failure!.message).toMatch(
          new RegExp(
            `^copy of the snapshot failed \\[source=${more?.sourceSnapshotIdentifier ?? snapshot}, target=${target}\\]: `,
          ),
        );
        expect(run.state).toMatchObject({ outcome: 'failed', aws: [], failure: { type, remedy } });
      }
      expect(await rig.control.effects()).toEqual(before);
    },
  );

  it.each<{ status: string; type: FailureType; why: RegExp }>([
    { status: 'failed', type: 'SnapshotCopyFailed', why: /AWS reports the snapshot as failed/ },
    { status: 'deleted', type: 'SnapshotNotFound', why: /was deleted/ },
    {
      status: 'incompatible-moon',
      type: 'UnknownStatus',
      why: /a state that is not known: incompatible-moon/,
    },
  ])(
    'that AWS ends as "$status" fails as $type, and the copy stays on record',
    async ({ status, type, why }) => {
      await rig.control.set(atOnce);
      const target = `ends-${status}`;
      await fault(target, { kind: 'terminal', status });
      const run = await rig.run('copySnapshot', input(target));
      expect(run.failure).toMatchObject({ type, remedy: failures[type].remedy });
      expect(run.failure!.message).toMatch(why);
      expect(run.failure!.message).toContain(`snapshot=${target}, source=${snapshot}`);
      expect(run.state?.aws).toEqual([{ kind: 'snapshot', id: target, step: 'copy' }]);
    },
  );

  it('that is not done by its deadline says what AWS goes on with; a second run takes that over', async () => {
    await rig.control.set({ snapshotCopySeconds: 50 });
    const request = input('slow-copy', { deadline: '1 second' });
    const run = await rig.run('copySnapshot', request);
    expect(run.failure).toMatchObject({
      type: 'DeadlinePassed',
      exit: 1,
      remedy: failures.DeadlinePassed.remedy,
    });
    expect(run.failure!.message).toMatch(
      /^snapshot copy slow-copy failed \[snapshot=slow-copy, .*\]: still not done after \d s; AWS goes on copying to slow-copy/,
    );
    expect(run.state?.aws).toEqual([{ kind: 'snapshot', id: 'slow-copy', step: 'copy', orphaned: true }]);
    await rig.control.advance(60);
    const longer = await rig.run('copySnapshot', { ...request, deadline: '1 minute' });
    expect(longer.result).toMatchObject({ snapshotIdentifier: 'slow-copy', adopted: true });
    expect(await effectsOf('slow-copy')).toBe(1);
  });

  it('that is cancelled while it waits ends so, and names the copy that AWS goes on with', async () => {
    await rig.control.set({ snapshotCopySeconds: 3600 });
    const workflowId = await rig.begin('copySnapshot', input('left-behind'));
    await rig.until(workflowId, ({ state }) => (state?.steps[1]?.progress?.looks ?? 0) >= 1);
    await rig.operations.cancel(workflowId, 'not needed');
    const run = await rig.end(workflowId);
    expect(run).toMatchObject({ outcome: 'cancelled', status: 'cancelled', failure: { type: 'Cancelled' } });
    expect(run.state?.aws).toEqual([{ kind: 'snapshot', id: 'left-behind', step: 'copy', orphaned: true }]);
    expect(run.state?.timeline.map(({ text }) => text)).toContain(
      'AWS goes on copying to left-behind; delete the copy if it is not wanted',
    );
  });

  it('that is throttled and meets errors of AWS goes through, once', async () => {
    await fault('unruly', { kind: 'throttle' });
    await fault('unruly', wire('InternalFailure', 500));
    const run = await rig.run('copySnapshot', input('unruly'));
    expect(run.result).toMatchObject({ snapshotIdentifier: 'unruly', adopted: false });
    expect((await requestsFor('unruly')).map(({ outcome }) => outcome)).toEqual([
      'Throttling',
      'InternalFailure',
      'ok',
    ]);
    expect(await effectsOf('unruly')).toBe(1);
  });

  it('waits through looks that fail, are cut off and do not show the copy yet', async () => {
    const looks = (action: object) =>
      rig.control.addFault({
        operation: 'DescribeClusterSnapshots',
        match: { SnapshotIdentifier: 'in-the-fog' },
        action,
      });
    await looks(wire('ServiceUnavailable', 503));
    await looks({ kind: 'drop-before' });
    await looks({ kind: 'stale', seconds: 60 });
    const run = await rig.run('copySnapshot', input('in-the-fog'));
    expect(run.result).toMatchObject({ snapshotIdentifier: 'in-the-fog', adopted: false });
    expect(run.state?.timeline.map(({ text }) => text)).toContain(
      'waiting: AWS took the snapshot copy in-the-fog but does not show it yet',
    );
    expect(await effectsOf('in-the-fog')).toBe(1);
  });
});
