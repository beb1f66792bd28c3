import { setTimeout as sleep } from 'node:timers/promises';
import { ConvertRecoveryPointToSnapshotCommand } from '@aws-sdk/client-redshift-serverless';
import { failures, type FailureType } from '../../domain/failures';
import type {
  KeepRecoveryPointInput,
  KeepRecoveryPointResult,
} from '../../domain/operations/keep-recovery-point';
import { resetSmall, seededPoints, type SeededPoints, snapshotsOf } from '../support/adhoc';
import { quickSettings, Rig } from '../support/rig';

const convert = 'ConvertRecoveryPointToSnapshot';
const usual = { ...quickSettings, serverlessSnapshotQuota: 100, convertedSnapshotTime: 'recovery-point' };

describe('keepRecoveryPoint', () => {
  let rig: Rig;
  let points: SeededPoints;

  beforeAll(async () => {
    rig = await Rig.start();
    await resetSmall(rig, usual);
    points = await seededPoints(rig);
    await rig.startWorker();
  });

  afterEach(async () => {
    await rig.control.clearFaults();
    await rig.control.set(usual);
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const input = (more: Partial<KeepRecoveryPointInput> = {}): KeepRecoveryPointInput => ({
    namespaceName: 'adhoc',
    source: { recoveryPointId: points.good.recoveryPointId! },
    ...more,
  });
  const sent = async (snapshotName: string) =>
    (await rig.control.operations(convert)).filter(
      ({ parameters }) => parameters.snapshotName === snapshotName,
    );
  const untilSent = async (snapshotName: string) => {
    while ((await sent(snapshotName)).length === 0) await sleep(20);
  };
  const made = async (snapshotName: string) => (await rig.effectCounts(convert))[snapshotName] ?? 0;
  const fault = (snapshotName: string, action: object, more: object = {}) =>
    rig.control.addFault({ operation: convert, match: { snapshotName }, action, ...more });
  const resultOf = async (more?: Partial<KeepRecoveryPointInput>) => {
    const run = await rig.run('keepRecoveryPoint', input(more));
    expect(run.failure).toBeUndefined();
    return { run, result: run.result as KeepRecoveryPointResult };
  };

  it('makes a snapshot of it under a name of its own, waits until that is available, and tells all about it', async () => {
    const { run, result } = await resultOf();
    expect(result).toEqual({
      snapshotName: expect.stringMatching(/^adhoc-keep-[0-9a-f]{8}$/),
      namespaceName: 'adhoc',
      recoveryPointId: points.good.recoveryPointId!,
      snapshotCreateTime: points.good.recoveryPointCreateTime!.toISOString(),
      totalBackupSizeInMegaBytes: points.good.totalSizeInMegaBytes,
      snapshotRetentionPeriod: -1,
      adopted: false,
    } satisfies KeepRecoveryPointResult);
    const [kept] = (await snapshotsOf(rig)).filter(
      ({ snapshotName }) => snapshotName === result.snapshotName,
    );
    expect(kept).toMatchObject({ status: 'AVAILABLE', namespaceName: 'adhoc' });
    expect(run.state).toMatchObject({
      outcome: 'done',
      aws: [{ kind: 'snapshot', id: result.snapshotName, step: 'keep' }],
    });
    expect(await made(result.snapshotName)).toBe(1);
  });

  it('keeps it under the name and for the days that are asked for', async () => {
    const { result } = await resultOf({ snapshotName: 'before-the-change', retentionPeriod: 7 });
    expect(result).toMatchObject({ snapshotName: 'before-the-change', snapshotRetentionPeriod: 7 });
    const [request] = await sent('before-the-change');
    expect(request?.parameters).toEqual({
      recoveryPointId: points.good.recoveryPointId,
      snapshotName: 'before-the-change',
      retentionPeriod: 7,
    });
  });

  it('takes over the snapshot that it made before, under any name; AWS is asked once', async () => {
    await resultOf({ snapshotName: 'asked-twice' });
    expect((await resultOf({ snapshotName: 'asked-twice', retentionPeriod: 1 })).result).toMatchObject({
      snapshotName: 'asked-twice',
      adopted: true,
    });
    expect(await sent('asked-twice')).toHaveLength(1);
  });

  it('chooses by time among the recovery points, not the snapshots, and records why', async () => {
    const asOf = new Date(points.good.recoveryPointCreateTime!.getTime() + 60_000).toISOString();
    const { run, result } = await resultOf({ source: { asOf } });
    expect(result.recoveryPointId).toBe(points.good.recoveryPointId);
    expect(result.choice).toMatchObject({ asOf, ageSeconds: 60, chosen: { kind: 'recovery point' } });
    const reasons = result.choice!.rejected.map(({ source, reason }) => [Object.values(source)[0], reason]);
    expect(reasons).toEqual(
      expect.arrayContaining([
        [points.late.recoveryPointId, 'later than asked for'],
        ['adhoc-weekly', 'a serverless snapshot, which is kept already'],
        [points.expiring.recoveryPointId, 'older than the chosen one'],
      ]),
    );
    expect(run.state?.choice).toEqual(result.choice);
    expect(run.state?.steps.map(({ name }) => name)).toEqual(expect.arrayContaining(['choose', 'keep']));
  });

  it('fails when nothing is old enough, and names what there is; AWS is asked for nothing', async () => {
    const before = await rig.control.effects();
    const run = await rig.run('keepRecoveryPoint', input({ source: { asOf: '20 days' } }));
    expect(run.failure).toMatchObject({ type: 'NoUsableSource', exit: 5 });
    expect(run.failure!.message).toContain(`${points.late.recoveryPointId} (later than asked for)`);
    expect(run.state?.choice?.rejected.length).toBeGreaterThanOrEqual(4);
    expect(await rig.control.effects()).toEqual(before);
  });

  it.each<{ what: string; more: () => Partial<KeepRecoveryPointInput>; type: FailureType; why: RegExp }>([
    {
      what: 'a recovery point that is not there',
      more: () => ({ source: { recoveryPointId: 'nowhere' } }),
      type: 'RecoveryPointNotFound',
      why: /nowhere/,
    },
    {
      what: 'a recovery point of another namespace',
      more: () => ({ namespaceName: 'other' }),
      type: 'SnapshotNotOfCluster',
      why: /it is of the namespace adhoc/,
    },
    {
      what: 'a name that another snapshot has',
      more: () => ({ snapshotName: 'adhoc-weekly' }),
      type: 'SnapshotNameTaken',
      why: /snapshot=adhoc-weekly.*not of this recovery point/,
    },
  ])('refuses $what; nothing is made', async ({ more, type, why }) => {
    const before = await rig.control.effects();
    const run = await rig.run('keepRecoveryPoint', { ...input(more()), skipPreflight: true });
    const { exit, http, remedy } = failures[type];
    expect(run.failure).toEqual({ type, exit, http, remedy, message: expect.stringMatching(why) });
    expect(run.state?.aws).toEqual([]);
    expect(await rig.control.effects()).toEqual(before);
  });

  it('looks for the namespace first, and names one that is not there', async () => {
    const run = await rig.run('keepRecoveryPoint', input({ namespaceName: 'nowhere' }));
    expect(run.failure).toMatchObject({ type: 'WorkgroupNotFound', exit: 5 });
    expect(run.failure!.message).toContain('nowhere');
  });

  it('fails when the quota of snapshots is used up', async () => {
    await rig.control.set({ serverlessSnapshotQuota: 1 });
    const run = await rig.run('keepRecoveryPoint', input({ snapshotName: 'one-too-many' }));
    expect(run.failure).toMatchObject({ type: 'SnapshotQuotaExceeded', exit: 6 });
    expect(run.failure!.message).toMatch(/ServiceQuotaExceededException: .*\(1\)/);
    expect(await made('one-too-many')).toBe(0);
  });

  it.each<{ status: string; type: FailureType }>([
    { status: 'FAILED', type: 'SnapshotCopyFailed' },
    { status: 'CANCELLED', type: 'SnapshotCopyFailed' },
    { status: 'DELETED', type: 'SnapshotNotFound' },
    { status: 'PAUSED', type: 'UnknownStatus' },
  ])('that AWS ends as $status fails as $type and names the snapshot', async ({ status, type }) => {
    const snapshotName = `ends-${status.toLowerCase()}`;
    await fault(snapshotName, { kind: 'terminal', status, message: 'as told' });
    const run = await rig.run('keepRecoveryPoint', input({ snapshotName }));
    expect(run.failure).toMatchObject({ type, remedy: failures[type].remedy });
    expect(run.failure!.message).toContain(
      `snapshot ${snapshotName} failed [namespace=adhoc, recoveryPoint=${points.good.recoveryPointId}, snapshot=${snapshotName}]`,
    );
    expect(run.state?.aws).toEqual([{ kind: 'snapshot', id: snapshotName, step: 'keep' }]);
  });

  it('waits while AWS is busy with something else, and is done once', async () => {
    const message = 'There is an operation running on the namespace.';
    await fault('busy-first', { kind: 'error', code: 'ConflictException', status: 409, message });
    const workflowId = await rig.begin('keepRecoveryPoint', input({ snapshotName: 'busy-first' }));
    const waiting = await rig.until(workflowId, ({ state }) =>
      Boolean(state?.steps.some(({ name, state: at }) => name === 'keep' && at === 'waiting')),
    );
    expect(waiting.state!.steps.at(-1)!.note).toBe(failures.ClusterBusy.remedy);
    expect((await rig.end(workflowId)).result).toMatchObject({ adopted: false });
    expect((await sent('busy-first')).map(({ outcome }) => outcome)).toEqual(['ConflictException', 'ok']);
    expect(await made('busy-first')).toBe(1);
  });

  it('goes through throttles, also those inside a ValidationException, and an internal error', async () => {
    await fault('in-the-fog', { kind: 'throttle' });
    await fault('in-the-fog', { kind: 'throttle', wrapped: true });
    await fault('in-the-fog', { kind: 'error', code: 'InternalServerException', status: 500 });
    const { result } = await resultOf({ snapshotName: 'in-the-fog' });
    expect(result).toMatchObject({ adopted: false });
    expect(await made('in-the-fog')).toBe(1);
  });

  describe.each(['recovery-point', 'request'])(
    'whose answer is lost, where AWS stamps the snapshot with the time of the %s',
    (convertedSnapshotTime) => {
      it.each([
        ['under a name of its own', undefined],
        ['under a name of the user’s', `lost-${convertedSnapshotTime}`],
      ])('is recognised again, %s', async (_what, snapshotName) => {
        await rig.control.set({ convertedSnapshotTime });
        await rig.control.addFault({ operation: convert, action: { kind: 'drop-after' } });
        const { result } = await resultOf({ snapshotName });
        expect(result).toMatchObject({ adopted: true });
        expect(await sent(result.snapshotName)).toHaveLength(2);
        expect(await made(result.snapshotName)).toBe(1);
      });
    },
  );

  it('whose answer is lost is recognised again also when its recovery point has ended meanwhile', async () => {
    await fault('just-in-time', { kind: 'drop-after' });
    await fault('just-in-time', {
      kind: 'error',
      code: 'ResourceNotFoundException',
      status: 404,
      message: 'The recovery point could not be found.',
    });
    const { result } = await resultOf({ snapshotName: 'just-in-time' });
    expect(result).toMatchObject({ adopted: true });
    expect(await made('just-in-time')).toBe(1);
  });

  it('leaves a snapshot alone that somebody makes under the name from something else meanwhile', async () => {
    await fault('squatted', { kind: 'latency', milliseconds: 6_000 });
    const workflowId = await rig.begin('keepRecoveryPoint', input({ snapshotName: 'squatted' }));
    await untilSent('squatted');
    const { recoveryPointId } = points.expiring;
    await rig.clients.redshiftServerless.send(
      new ConvertRecoveryPointToSnapshotCommand({ recoveryPointId, snapshotName: 'squatted' }),
    );
    const run = await rig.end(workflowId);
    expect(run.failure).toMatchObject({ type: 'SnapshotNameTaken' });
    expect(await made('squatted')).toBe(1);
  });

  it('that is not done by its deadline names the snapshot; asked for again it takes it over', async () => {
    await rig.control.set({ snapshotCopySeconds: 50 });
    const workflowId = `${rig.taskQueue}/late`;
    const first = await rig.operations.start(
      'keepRecoveryPoint',
      { ...input(), deadline: '1 second' },
      { workflowId },
    );
    rig.track(first);
    const late = await rig.end(workflowId);
    expect(late.failure).toMatchObject({ type: 'DeadlinePassed' });
    const [handle] = late.state!.aws;
    expect(handle).toMatchObject({ kind: 'snapshot', orphaned: true });
    expect(late.failure!.message).toContain(`AWS goes on making ${handle!.id}`);
    await rig.control.advance(60);
    const second = await rig.operations.start('keepRecoveryPoint', input(), { workflowId });
    rig.track(second);
    const done = await rig.end(workflowId);
    expect(done.result).toMatchObject({ snapshotName: handle!.id, adopted: true });
    expect(await made(handle!.id)).toBe(1);
  });

  it('that is cancelled while it waits ends so, and names what AWS goes on with', async () => {
    await rig.control.set({ snapshotCopySeconds: 600 });
    const workflowId = await rig.begin('keepRecoveryPoint', input({ snapshotName: 'left-behind' }));
    await rig.until(workflowId, ({ state }) => state?.aws.length === 1);
    await rig.operations.cancel(workflowId, 'not needed');
    const run = await rig.end(workflowId);
    expect(run).toMatchObject({ outcome: 'cancelled' });
    expect(run.state!.aws).toEqual([{ kind: 'snapshot', id: 'left-behind', step: 'keep', orphaned: true }]);
  });

  it('keeps what would have ended: the snapshot outlives the recovery point, also for a run that is started again', async () => {
    const workflowId = `${rig.taskQueue}/ending`;
    const source = { recoveryPointId: points.expiring.recoveryPointId! };
    await rig.control.set({ snapshotCopySeconds: 60 });
    const tooShort = { ...input({ source }), deadline: '1 second' };
    rig.track(await rig.operations.start('keepRecoveryPoint', tooShort, { workflowId }));
    expect((await rig.end(workflowId)).failure).toMatchObject({ type: 'DeadlinePassed' });
    await rig.control.advance(15 * 60);
    rig.track(await rig.operations.start('keepRecoveryPoint', input({ source }), { workflowId }));
    const run = await rig.end(workflowId);
    expect(run.failure).toBeUndefined();
    const { snapshotName, adopted } = run.result as KeepRecoveryPointResult;
    expect(adopted).toBe(true);
    expect(await made(snapshotName)).toBe(1);

    const another = await rig.run('keepRecoveryPoint', input({ source }));
    expect(another.failure).toMatchObject({ type: 'RecoveryPointNotFound', exit: 5 });
    expect(another.failure!.message).toContain(source.recoveryPointId);
  });
});
