import {
  DeleteClusterSnapshotCommand,
  DescribeTableRestoreStatusCommand,
  RestoreTableFromClusterSnapshotCommand,
  paginateDescribeTableRestoreStatus,
  type DescribeTableRestoreStatusMessage,
  type RestoreTableFromClusterSnapshotMessage,
} from '@aws-sdk/client-redshift';
import { refusalOf } from '../support/refusal';
import { startRedshiftWorld, startTime, type RedshiftWorld } from '../support/redshift-world';

let world: RedshiftWorld;
beforeEach(async () => {
  world = await startRedshiftWorld();
});
afterEach(() => world.close());

async function restore(input: Partial<RestoreTableFromClusterSnapshotMessage> = {}) {
  const { TableRestoreStatus } = await world.redshift.send(
    new RestoreTableFromClusterSnapshotCommand({
      ClusterIdentifier: 'analytics',
      SnapshotIdentifier: world.automated.identifier,
      SourceDatabaseName: 'dev',
      SourceTableName: 'orders',
      NewTableName: 'orders_restored',
      ...input,
    }),
  );
  return TableRestoreStatus!;
}

async function statuses(input: DescribeTableRestoreStatusMessage = {}) {
  const { TableRestoreStatusDetails } = await world.redshift.send(
    new DescribeTableRestoreStatusCommand(input),
  );
  return TableRestoreStatusDetails ?? [];
}

const statusOf = async (id: string | undefined) => (await statuses({ TableRestoreRequestId: id }))[0];
const target = { database: 'dev', schema: 'public', table: 'orders_restored' };

describe('RestoreTableFromClusterSnapshot', () => {
  it('answers a pending request with everything that was asked for', async () => {
    expect(await restore()).toMatchObject({
      TableRestoreRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      Status: 'PENDING',
      RequestTime: startTime,
      ClusterIdentifier: 'analytics',
      SnapshotIdentifier: world.automated.identifier,
      SourceDatabaseName: 'dev',
      SourceSchemaName: 'public',
      SourceTableName: 'orders',
      TargetDatabaseName: 'dev',
      TargetSchemaName: 'public',
      NewTableName: 'orders_restored',
    });
  });

  it('goes from PENDING over IN_PROGRESS with figures to SUCCEEDED, and only then is the table there', async () => {
    const { TableRestoreRequestId: id, TotalDataInMegaBytes } = await restore();
    expect(TotalDataInMegaBytes).toBeUndefined();
    await world.simulator.advance(4);
    expect(await statusOf(id)).toMatchObject({
      Status: 'PENDING',
      ProgressInMegaBytes: 0,
      TotalDataInMegaBytes: 1000,
    });
    await world.simulator.advance(16);
    expect(await statusOf(id)).toMatchObject({
      Status: 'IN_PROGRESS',
      ProgressInMegaBytes: 500,
      TotalDataInMegaBytes: 1000,
    });
    expect(await world.tables.table(target)).toBeUndefined();
    await world.simulator.advance(5);
    expect(await statusOf(id)).toMatchObject({ Status: 'SUCCEEDED', ProgressInMegaBytes: 1000 });
    expect(await world.tables.table(target)).toMatchObject({ megaBytes: 1000 });
  });

  it('notes one effect per request, under the table that is to appear', async () => {
    const { TableRestoreRequestId } = await restore({ NewTableName: 'Orders_Restored' });
    expect(world.simulator.effects.list()).toMatchObject([
      {
        kind: 'RestoreTable',
        businessKey: 'analytics/dev.public.orders_restored',
        detail: { tableRestoreRequestId: TableRestoreRequestId },
      },
    ]);
  });

  it('folds names to lower case unless told that they are case sensitive', async () => {
    expect(await restore({ SourceTableName: 'ORDERS', NewTableName: 'Backup_A' })).toMatchObject({
      SourceTableName: 'orders',
      NewTableName: 'backup_a',
    });
    world.tables.add({ database: 'dev', schema: 'public', table: 'Mixed', megaBytes: 1 });
    const sensitive = restore({ SourceTableName: 'ORDERS', EnableCaseSensitiveIdentifier: true });
    expect(await refusalOf(sensitive)).toMatchObject({ code: 'InvalidTableRestoreArgument' });
  });

  it('finishes from its own copy of the rows when the snapshot is deleted meanwhile', async () => {
    const { TableRestoreRequestId: id } = await restore({ SnapshotIdentifier: 'analytics-weekly' });
    await world.redshift.send(new DeleteClusterSnapshotCommand({ SnapshotIdentifier: 'analytics-weekly' }));
    await world.simulator.advance(60);
    expect(await statusOf(id)).toMatchObject({ Status: 'SUCCEEDED' });
    expect(world.tables.kept()).toHaveLength(1);
  });

  it('fails with a message when the target appeared meanwhile', async () => {
    const { TableRestoreRequestId: id } = await restore();
    world.tables.add({ ...target, megaBytes: 3 });
    await world.simulator.advance(60);
    expect(await statusOf(id)).toMatchObject({
      Status: 'FAILED',
      Message: 'The target table dev.public.orders_restored already exists.',
    });
    expect(await world.tables.table(target)).toMatchObject({ megaBytes: 3 });
  });

  it.each([
    ['FAILED', 'disk full'],
    ['CANCELED', 'cancelled by an operator'],
  ])('ends %s with its message by a terminal fault, and leaves no table', async (status, message) => {
    world.simulator.faults.add({
      operation: 'RestoreTableFromClusterSnapshot',
      action: { kind: 'terminal', status, message },
    });
    const { TableRestoreRequestId: id } = await restore();
    await world.simulator.advance(20);
    expect(await statusOf(id)).toMatchObject({ Status: 'IN_PROGRESS' });
    await world.simulator.advance(20);
    expect(await statusOf(id)).toMatchObject({ Status: status, Message: message });
    expect(await world.tables.table(target)).toBeUndefined();
  });
});

describe('one table restore at a time', () => {
  it('runs them in order, each from the end of the one before', async () => {
    const ids = [];
    for (const NewTableName of ['a', 'b', 'c'])
      ids.push((await restore({ NewTableName })).TableRestoreRequestId);
    const all = async () => (await statuses()).map(({ Status }) => Status);
    await world.simulator.advance(6);
    expect(await all()).toEqual(['IN_PROGRESS', 'PENDING', 'PENDING']);
    await world.simulator.advance(20);
    expect(await all()).toEqual(['SUCCEEDED', 'IN_PROGRESS', 'PENDING']);
    // One jump over both ends: the third must not start only now.
    await world.simulator.advance(40);
    expect(await all()).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    expect((await statuses()).map(({ TableRestoreRequestId }) => TableRestoreRequestId)).toEqual(ids);
  });

  it('refuses more than the queue holds, until one has ended', async () => {
    world.simulator.world.settings.restoreQueueLength = 1;
    await restore({ NewTableName: 'a' });
    await restore({ NewTableName: 'b' });
    expect(await refusalOf(restore({ NewTableName: 'c' }))).toMatchObject({
      name: 'InProgressTableRestoreQuotaExceededFault',
      code: 'InProgressTableRestoreQuotaExceededFault',
      status: 400,
    });
    await world.simulator.advance(26);
    expect(await restore({ NewTableName: 'c' })).toMatchObject({ Status: 'PENDING' });
  });

  it('says that an operation is running for some time after the last one ended', async () => {
    await restore();
    await world.simulator.advance(25 + 59);
    expect(await refusalOf(restore({ NewTableName: 'second' }))).toMatchObject({
      name: 'InvalidClusterStateFault',
      code: 'InvalidClusterState',
      message: expect.stringContaining('There is an operation running on the Cluster'),
    });
    await world.simulator.advance(1);
    expect(await restore({ NewTableName: 'second' })).toMatchObject({ Status: 'PENDING' });
  });

  it('lets another cluster work meanwhile', async () => {
    await restore();
    const other = await restore({
      ClusterIdentifier: 'reporting',
      SnapshotIdentifier: 'reporting-weekly',
    });
    await world.simulator.advance(6);
    expect(await statusOf(other.TableRestoreRequestId)).toMatchObject({ Status: 'IN_PROGRESS' });
  });
});

describe('RestoreTableFromClusterSnapshot refuses', () => {
  it.each([
    ['an unknown cluster', { ClusterIdentifier: 'nothing' }, 'ClusterNotFound', 404],
    ['an unknown snapshot', { SnapshotIdentifier: 'nothing' }, 'ClusterSnapshotNotFound', 404],
    [
      'a snapshot of another cluster',
      { SnapshotIdentifier: 'reporting-weekly' },
      'ClusterSnapshotNotFound',
      404,
    ],
    [
      'a source table not in the snapshot',
      { SourceTableName: 'nothing' },
      'InvalidTableRestoreArgument',
      400,
    ],
    [
      'a source schema not in the snapshot',
      { SourceSchemaName: 'nothing' },
      'InvalidTableRestoreArgument',
      400,
    ],
    [
      'a source database not in the snapshot',
      { SourceDatabaseName: 'nothing' },
      'InvalidTableRestoreArgument',
      400,
    ],
    [
      'a target database that is not there',
      { TargetDatabaseName: 'nothing' },
      'InvalidTableRestoreArgument',
      400,
    ],
    [
      'a target schema that is not there',
      { TargetSchemaName: 'nothing' },
      'InvalidTableRestoreArgument',
      400,
    ],
    ['an existing target table', { NewTableName: 'ORDERS' }, 'InvalidTableRestoreArgument', 400],
    ['an empty table name', { NewTableName: '' }, 'InvalidTableRestoreArgument', 400],
    ['an interleaved sort key', { SourceTableName: 'clicks' }, 'UnsupportedOperation', 400],
    ['a request without a target name', { NewTableName: undefined }, 'MissingParameter', 400],
  ])('%s', async (_what, input, code, status) => {
    expect(await refusalOf(restore(input))).toMatchObject({ code, status });
    expect(world.simulator.effects.list()).toEqual([]);
    expect(await statuses()).toEqual([]);
  });

  it('a snapshot that is not available', async () => {
    const { state } = world.simulator.rooms.redshift.context;
    state.snapshots.get(world.automated.identifier)!.terminal = { status: 'failed' };
    expect(await refusalOf(restore())).toMatchObject({
      name: 'InvalidClusterSnapshotStateFault',
      code: 'InvalidClusterSnapshotState',
      status: 400,
    });
  });

  it('an existing target only later, as FAILED, when the settings say so', async () => {
    world.simulator.world.settings.existingTarget = 'fail-later';
    const { TableRestoreRequestId: id } = await restore({ NewTableName: 'orders' });
    await world.simulator.advance(60);
    expect(await statusOf(id)).toMatchObject({
      Status: 'FAILED',
      Message: expect.stringContaining('exists'),
    });
  });
});

describe('DescribeTableRestoreStatus', () => {
  it('answers TableRestoreNotFoundFault with 400 for an unknown id', async () => {
    expect(await refusalOf(statuses({ TableRestoreRequestId: 'nothing' }))).toMatchObject({
      name: 'TableRestoreNotFoundFault',
      code: 'TableRestoreNotFoundFault',
      status: 400,
    });
  });

  it('filters by cluster and refuses an unknown one', async () => {
    await restore();
    expect(await statuses({ ClusterIdentifier: 'analytics' })).toHaveLength(1);
    expect(await statuses({ ClusterIdentifier: 'reporting' })).toEqual([]);
    expect(await refusalOf(statuses({ ClusterIdentifier: 'nothing' }))).toMatchObject({
      code: 'ClusterNotFound',
    });
  });

  it.each([
    ['all', 1],
    ['in-progress', 0],
  ] as const)('lists ended requests by the list mode: %s', async (mode, ended) => {
    world.simulator.world.settings.restoreListMode = mode;
    const { TableRestoreRequestId } = await restore();
    expect(await statuses()).toHaveLength(1);
    await world.simulator.advance(60);
    expect(await statuses()).toHaveLength(ended);
    expect(await statuses({ TableRestoreRequestId })).toHaveLength(1);
  });

  it('shows a new request in lists only after the list lag, but at once by its id', async () => {
    world.simulator.world.settings.listLagSeconds = 10;
    const { TableRestoreRequestId } = await restore();
    expect(await statuses()).toEqual([]);
    expect(await statuses({ TableRestoreRequestId })).toHaveLength(1);
    await world.simulator.advance(10);
    expect(await statuses()).toHaveLength(1);
  });

  it('is behind by as much as a stale fault says, for who asks by id too', async () => {
    const { TableRestoreRequestId } = await restore();
    world.simulator.faults.add({
      operation: 'DescribeTableRestoreStatus',
      times: 2,
      action: { kind: 'stale', seconds: 5 },
    });
    expect(await statuses()).toEqual([]);
    expect(await refusalOf(statuses({ TableRestoreRequestId }))).toMatchObject({
      code: 'TableRestoreNotFoundFault',
    });
    expect(await statuses()).toHaveLength(1);
  });

  it('gives every request once over pages', async () => {
    world.simulator.world.settings.restoreQueueLength = 50;
    for (let n = 0; n < 25; n += 1) await restore({ NewTableName: `t${n}` });
    const sizes: number[] = [];
    for await (const page of paginateDescribeTableRestoreStatus(
      { client: world.redshift, pageSize: 20 },
      {},
    )) {
      sizes.push(page.TableRestoreStatusDetails?.length ?? 0);
    }
    expect(sizes).toEqual([20, 5]);
  });
});
