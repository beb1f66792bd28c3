import {
  CopyClusterSnapshotCommand,
  DescribeClusterSnapshotsCommand,
  waitUntilSnapshotAvailable,
  type CopyClusterSnapshotMessage,
} from '@aws-sdk/client-redshift';
import { refusalOf } from '../support/refusal';
import { startRedshiftWorld, startTime, type RedshiftWorld } from '../support/redshift-world';

let world: RedshiftWorld;
beforeEach(async () => {
  world = await startRedshiftWorld({ manualSnapshotQuota: 4 });
});
afterEach(() => world.close());

function copy(input: Partial<CopyClusterSnapshotMessage> = {}) {
  return world.redshift.send(
    new CopyClusterSnapshotCommand({
      SourceSnapshotIdentifier: world.automated.identifier,
      TargetSnapshotIdentifier: 'rescue-1',
      ...input,
    }),
  );
}

async function describe1(SnapshotIdentifier: string) {
  const { Snapshots } = await world.redshift.send(
    new DescribeClusterSnapshotsCommand({ SnapshotIdentifier }),
  );
  return Snapshots?.[0];
}

describe('CopyClusterSnapshot', () => {
  it("keeps the source's moment, cluster and size, and starts as creating", async () => {
    const { Snapshot } = await copy();
    expect(Snapshot).toMatchObject({
      SnapshotIdentifier: 'rescue-1',
      ClusterIdentifier: 'analytics',
      SnapshotType: 'manual',
      Status: 'creating',
      SnapshotCreateTime: world.automated.createTime,
      SnapshotRetentionStartTime: startTime,
      ManualSnapshotRetentionPeriod: -1,
      TotalBackupSizeInMegaBytes: 1010,
      BackupProgressInMegaBytes: 0,
      EstimatedSecondsToCompletion: 21,
      ElapsedTimeInSeconds: 0,
      OwnerAccount: '123456789012',
      Encrypted: false,
    });
    expect(Snapshot?.ManualSnapshotRemainingDays).toBeUndefined();
  });

  it('progresses with the clock: nothing during the set-up, then at the rate, then available', async () => {
    await copy();
    await world.simulator.advance(10);
    expect(await describe1('rescue-1')).toMatchObject({ Status: 'creating', BackupProgressInMegaBytes: 0 });
    await world.simulator.advance(5);
    expect(await describe1('rescue-1')).toMatchObject({
      Status: 'creating',
      BackupProgressInMegaBytes: 500,
      CurrentBackupRateInMegaBytesPerSecond: 100,
      EstimatedSecondsToCompletion: 6,
      ElapsedTimeInSeconds: 15,
    });
    await world.simulator.advance(10);
    expect(await describe1('rescue-1')).toMatchObject({
      Status: 'available',
      BackupProgressInMegaBytes: 1010,
      CurrentBackupRateInMegaBytesPerSecond: 0,
      EstimatedSecondsToCompletion: 0,
      ElapsedTimeInSeconds: 20,
    });
  });

  it("satisfies the SDK's own waiter once available", async () => {
    await copy();
    await world.simulator.advance(30);
    const result = await waitUntilSnapshotAvailable(
      { client: world.redshift, maxWaitTime: 30 },
      { SnapshotIdentifier: 'rescue-1' },
    );
    expect(result.state).toBe('SUCCESS');
  });

  it('notes one effect under the name of the copy', async () => {
    await copy();
    expect(world.simulator.effects.list()).toMatchObject([
      {
        kind: 'CopyClusterSnapshot',
        businessKey: 'rescue-1',
        detail: { source: world.automated.identifier },
      },
    ]);
  });

  it('stores the name in lower case', async () => {
    await copy({ TargetSnapshotIdentifier: 'Rescue-A' });
    expect(await describe1('rescue-a')).toBeDefined();
    await expect(copy({ TargetSnapshotIdentifier: 'RESCUE-a' })).rejects.toMatchObject({
      name: 'ClusterSnapshotAlreadyExistsFault',
    });
  });

  it('is gone when its retention ends, and its rows with it', async () => {
    const before = world.tables.kept().length;
    const { Snapshot } = await copy({ ManualSnapshotRetentionPeriod: 2 });
    expect(Snapshot).toMatchObject({ ManualSnapshotRetentionPeriod: 2, ManualSnapshotRemainingDays: 2 });
    expect(world.tables.kept()).toHaveLength(before + 1);
    await world.simulator.advance(2 * 86_400);
    await expect(describe1('rescue-1')).rejects.toMatchObject({ name: 'ClusterSnapshotNotFoundFault' });
    // The automated snapshot's one day is over as well.
    expect(world.tables.kept()).toHaveLength(before - 1);
  });

  it('ends in the status of a terminal fault', async () => {
    world.simulator.faults.add({
      operation: 'CopyClusterSnapshot',
      action: { kind: 'terminal', status: 'failed' },
    });
    await copy();
    await world.simulator.advance(30);
    expect(await describe1('rescue-1')).toMatchObject({ Status: 'failed' });
  });

  describe('refuses', () => {
    const refusal = (input: Partial<CopyClusterSnapshotMessage>) => refusalOf(copy(input));

    it('a target name that is taken', async () => {
      await copy();
      expect(await refusal({})).toMatchObject({
        name: 'ClusterSnapshotAlreadyExistsFault',
        code: 'ClusterSnapshotAlreadyExists',
        status: 400,
      });
    });

    it('a source that is not there', async () => {
      expect(await refusal({ SourceSnapshotIdentifier: 'rs:nothing' })).toMatchObject({
        name: 'ClusterSnapshotNotFoundFault',
        code: 'ClusterSnapshotNotFound',
        status: 404,
      });
    });

    it('a source of another cluster than the one named', async () => {
      expect(await refusal({ SourceSnapshotClusterIdentifier: 'reporting' })).toMatchObject({
        code: 'ClusterSnapshotNotFound',
        message: expect.stringContaining('analytics'),
      });
    });

    it('a manual source', async () => {
      expect(await refusal({ SourceSnapshotIdentifier: 'analytics-weekly' })).toMatchObject({
        name: 'InvalidClusterSnapshotStateFault',
        code: 'InvalidClusterSnapshotState',
        status: 400,
      });
    });

    it('a source that is not available yet', async () => {
      const { state } = world.simulator.rooms.redshift.context;
      const source = state.snapshots.get(world.automated.identifier);
      source!.readyTime = new Date(startTime.getTime() + 1000);
      expect(await refusal({})).toMatchObject({
        code: 'InvalidClusterSnapshotState',
        message: expect.stringContaining('creating'),
      });
    });

    it('one manual snapshot more than the quota', async () => {
      await copy();
      await copy({ TargetSnapshotIdentifier: 'rescue-2' });
      expect(await refusal({ TargetSnapshotIdentifier: 'rescue-3' })).toMatchObject({
        name: 'ClusterSnapshotQuotaExceededFault',
        code: 'ClusterSnapshotQuotaExceeded',
        status: 400,
      });
    });

    it.each([0, -2, 3654, 1.5])('a retention of %p days', async (days) => {
      expect(await refusal({ ManualSnapshotRetentionPeriod: days })).toMatchObject({
        name: 'InvalidRetentionPeriodFault',
        code: 'InvalidRetentionPeriodFault',
        status: 400,
      });
    });

    it.each([
      ['starting with a digit', '1abc'],
      ['with two hyphens', 'a--b'],
      ['ending in a hyphen', 'abc-'],
      ['with an underscore', 'a_b'],
      ['like an automated one', 'rs:a'],
      ['with another letter', 'ä'],
      ['of 256 characters', 'a'.repeat(256)],
    ])('a name %s', async (_what, name) => {
      expect(await refusal({ TargetSnapshotIdentifier: name })).toMatchObject({
        code: 'InvalidParameterValue',
        status: 400,
        message: expect.stringContaining('TargetSnapshotIdentifier'),
      });
    });

    it('a request without its required parameter', async () => {
      expect(await refusal({ SourceSnapshotIdentifier: undefined })).toMatchObject({
        code: 'MissingParameter',
        message: expect.stringContaining('SourceSnapshotIdentifier'),
      });
    });

    it('and leaves nothing behind', async () => {
      await refusal({ SourceSnapshotIdentifier: 'analytics-weekly' });
      expect(world.simulator.effects.list()).toEqual([]);
      expect(world.simulator.log.list()).toMatchObject([
        { outcome: 'InvalidClusterSnapshotState', effectIds: [] },
      ]);
    });
  });

  it.each([-1, 1, 3653])('accepts a retention of %p days', async (days) => {
    const { Snapshot } = await copy({ ManualSnapshotRetentionPeriod: days });
    expect(Snapshot?.ManualSnapshotRetentionPeriod).toBe(days);
  });
});
