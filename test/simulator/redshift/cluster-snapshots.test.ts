import {
  CreateClusterSnapshotCommand,
  DeleteClusterSnapshotCommand,
  DescribeClusterSnapshotsCommand,
  ModifyClusterSnapshotCommand,
  paginateDescribeClusterSnapshots,
  type DescribeClusterSnapshotsMessage,
} from '@aws-sdk/client-redshift';
import { addSnapshot } from '../../../simulator/redshift/setup';
import { refusalOf } from '../support/refusal';
import { startRedshiftWorld, startTime, type RedshiftWorld } from '../support/redshift-world';

let world: RedshiftWorld;
beforeEach(async () => {
  world = await startRedshiftWorld();
});
afterEach(() => world.close());

const names = async (input: DescribeClusterSnapshotsMessage): Promise<(string | undefined)[]> => {
  const { Snapshots = [] } = await world.redshift.send(new DescribeClusterSnapshotsCommand(input));
  return Snapshots.map(({ SnapshotIdentifier }) => SnapshotIdentifier);
};
const create = (
  SnapshotIdentifier: string,
  ClusterIdentifier = 'analytics',
  Tags?: { Key: string; Value: string }[],
) => world.redshift.send(new CreateClusterSnapshotCommand({ SnapshotIdentifier, ClusterIdentifier, Tags }));

describe('CreateClusterSnapshot', () => {
  it('holds the tables of its moment', async () => {
    world.tables.add({ database: 'dev', schema: 'public', table: 'late', megaBytes: 90 });
    const { Snapshot } = await create('before-upgrade');
    expect(Snapshot).toMatchObject({
      SnapshotIdentifier: 'before-upgrade',
      Status: 'creating',
      SnapshotCreateTime: startTime,
      TotalBackupSizeInMegaBytes: 1100,
    });
    expect(world.simulator.effects.list()).toMatchObject([
      { kind: 'CreateClusterSnapshot', businessKey: 'before-upgrade' },
    ]);
  });

  it('refuses an unknown cluster', async () => {
    expect(await refusalOf(create('a', 'nothing'))).toMatchObject({ code: 'ClusterNotFound', status: 404 });
  });

  it('refuses a name that is taken', async () => {
    expect(await refusalOf(create('analytics-weekly'))).toMatchObject({
      code: 'ClusterSnapshotAlreadyExists',
    });
  });

  it('makes one snapshot of two requests at once for one name', async () => {
    const results = await Promise.allSettled([create('same'), create('same')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(world.simulator.effects.list()).toHaveLength(1);
  });
});

describe('DescribeClusterSnapshots', () => {
  const automated = 'rs:analytics-2026-03-01-06-00-00';

  it('lists all by create time', async () => {
    expect(await names({})).toEqual([
      'analytics-weekly',
      'reporting-weekly',
      automated,
      'rs:reporting-2026-03-01-06-00-00',
    ]);
  });

  it('filters by cluster, type and time', async () => {
    expect(await names({ ClusterIdentifier: 'Analytics' })).toEqual(['analytics-weekly', automated]);
    expect(await names({ SnapshotType: 'manual' })).toEqual(['analytics-weekly', 'reporting-weekly']);
    const noon = new Date('2026-02-28T12:00:00Z');
    expect(await names({ ClusterIdentifier: 'analytics', StartTime: noon })).toEqual([automated]);
    expect(await names({ ClusterIdentifier: 'analytics', EndTime: noon })).toEqual(['analytics-weekly']);
  });

  it('filters by tag and sorts as asked', async () => {
    await create('tagged', 'analytics', [{ Key: 'team', Value: 'data' }]);
    expect(await names({ TagKeys: ['team', 'other'] })).toEqual(['tagged']);
    expect(await names({ TagValues: ['nobody'] })).toEqual([]);
    expect(
      await names({
        ClusterIdentifier: 'analytics',
        SortingEntities: [{ Attribute: 'CREATE_TIME', SortOrder: 'DESC' }],
      }),
    ).toEqual(['tagged', automated, 'analytics-weekly']);
  });

  it('tells snapshots of clusters that are there from those that are gone', async () => {
    world.simulator.rooms.redshift.context.state.clusters.delete('reporting');
    expect(await names({ ClusterExists: true, ClusterIdentifier: 'analytics' })).toHaveLength(2);
    expect(await names({ ClusterExists: false })).toEqual([
      'reporting-weekly',
      'rs:reporting-2026-03-01-06-00-00',
    ]);
    expect(await names({ ClusterExists: false, ClusterIdentifier: 'analytics' })).toEqual([]);
    expect(await refusalOf(names({ ClusterExists: true, ClusterIdentifier: 'reporting' }))).toMatchObject({
      code: 'ClusterNotFound',
    });
    expect(await refusalOf(names({ ClusterExists: true }))).toMatchObject({
      code: 'InvalidParameterCombination',
    });
  });

  it('answers ClusterSnapshotNotFound for one name, but an empty list for a cluster without any', async () => {
    expect(await refusalOf(names({ SnapshotIdentifier: 'nothing' }))).toMatchObject({
      name: 'ClusterSnapshotNotFoundFault',
      code: 'ClusterSnapshotNotFound',
      status: 404,
    });
    expect(await names({ ClusterIdentifier: 'nothing' })).toEqual([]);
  });

  it('gives every snapshot once over pages of 20, even when one is added between pages', async () => {
    const { context } = world.simulator.rooms.redshift;
    const [cluster] = [...context.state.clusters.values()];
    for (let day = 1; day <= 50; day += 1) {
      const createTime = new Date(startTime.getTime() - 100_000_000 - day * 1000);
      addSnapshot(context, cluster!, { identifier: `m${day}`, type: 'manual', createTime, megaBytes: 1 });
    }
    const seen: (string | undefined)[] = [];
    const sizes: number[] = [];
    for await (const page of paginateDescribeClusterSnapshots({ client: world.redshift, pageSize: 20 }, {})) {
      sizes.push(page.Snapshots?.length ?? 0);
      seen.push(...(page.Snapshots ?? []).map(({ SnapshotIdentifier }) => SnapshotIdentifier));
      if (sizes.length === 1) {
        const early = new Date(startTime.getTime() - 900_000_000);
        addSnapshot(context, cluster!, {
          identifier: 'early',
          type: 'manual',
          createTime: early,
          megaBytes: 1,
        });
      }
    }
    expect(sizes).toEqual([20, 20, 14]);
    expect(new Set(seen).size).toBe(54);
  });

  it.each([19, 101, 0])('refuses pages of %p', async (MaxRecords) => {
    expect(await refusalOf(names({ MaxRecords }))).toMatchObject({
      code: 'InvalidParameterValue',
      status: 400,
    });
  });

  it('refuses a marker it did not give', async () => {
    expect(await refusalOf(names({ Marker: 'nonsense' }))).toMatchObject({ code: 'InvalidParameterValue' });
  });

  it('hides a new snapshot from lists for the list lag, but not from who asks by name', async () => {
    world.simulator.world.settings.listLagSeconds = 30;
    await create('fresh');
    expect(await names({})).not.toContain('fresh');
    expect(await names({ SnapshotIdentifier: 'fresh' })).toEqual(['fresh']);
    await world.simulator.advance(30);
    expect(await names({})).toContain('fresh');
  });
});

describe('DeleteClusterSnapshot', () => {
  const remove = (SnapshotIdentifier: string) =>
    world.redshift.send(new DeleteClusterSnapshotCommand({ SnapshotIdentifier }));

  it('takes a manual snapshot and its rows away', async () => {
    await create('short-lived');
    await world.simulator.advance(60);
    const kept = world.tables.kept().length;
    expect((await remove('short-lived')).Snapshot?.Status).toBe('deleted');
    expect(world.tables.kept()).toHaveLength(kept - 1);
    expect(await refusalOf(names({ SnapshotIdentifier: 'short-lived' }))).toMatchObject({
      code: 'ClusterSnapshotNotFound',
    });
  });

  it('refuses automated ones, and those still being made', async () => {
    expect(await refusalOf(remove(world.automated.identifier))).toMatchObject({
      code: 'InvalidClusterSnapshotState',
      status: 400,
    });
    await create('half-made');
    expect(await refusalOf(remove('half-made'))).toMatchObject({ code: 'InvalidClusterSnapshotState' });
    expect(await refusalOf(remove('nothing'))).toMatchObject({ code: 'ClusterSnapshotNotFound' });
  });

  it('refuses a snapshot that other accounts may restore', async () => {
    const { state } = world.simulator.rooms.redshift.context;
    state.snapshots.get('analytics-weekly')!.authorizedAccounts.push('210987654321');
    expect(await refusalOf(remove('analytics-weekly'))).toMatchObject({
      code: 'InvalidClusterSnapshotState',
    });
  });
});

describe('ModifyClusterSnapshot', () => {
  const modify = (
    ManualSnapshotRetentionPeriod: number,
    SnapshotIdentifier = 'analytics-weekly',
    Force?: boolean,
  ) =>
    world.redshift.send(
      new ModifyClusterSnapshotCommand({ SnapshotIdentifier, ManualSnapshotRetentionPeriod, Force }),
    );

  it('changes the day on which the snapshot goes', async () => {
    const { Snapshot } = await modify(7);
    expect(Snapshot).toMatchObject({ ManualSnapshotRetentionPeriod: 7, ManualSnapshotRemainingDays: 2 });
    await modify(10);
    await world.simulator.advance(2 * 86_400);
    expect(await names({ SnapshotIdentifier: 'analytics-weekly' })).toEqual(['analytics-weekly']);
    await world.simulator.advance(3 * 86_400);
    expect(await refusalOf(names({ SnapshotIdentifier: 'analytics-weekly' }))).toMatchObject({
      code: 'ClusterSnapshotNotFound',
    });
  });

  it('refuses a period that is already over, unless forced to delete at once', async () => {
    expect(await refusalOf(modify(2))).toMatchObject({ code: 'InvalidRetentionPeriodFault' });
    await modify(2, 'analytics-weekly', true);
    expect(await names({ ClusterIdentifier: 'analytics' })).toEqual([world.automated.identifier]);
  });

  it('refuses bad periods, automated and unknown snapshots', async () => {
    expect(await refusalOf(modify(4000))).toMatchObject({ code: 'InvalidRetentionPeriodFault' });
    expect(await refusalOf(modify(3, world.automated.identifier))).toMatchObject({
      code: 'InvalidClusterSnapshotState',
    });
    expect(await refusalOf(modify(3, 'nothing'))).toMatchObject({ code: 'ClusterSnapshotNotFound' });
  });
});
