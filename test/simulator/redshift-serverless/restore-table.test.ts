import {
  ConvertRecoveryPointToSnapshotCommand,
  CreateSnapshotCommand,
  DeleteSnapshotCommand,
  GetTableRestoreStatusCommand,
  RestoreTableFromRecoveryPointCommand,
  RestoreTableFromSnapshotCommand,
  type RestoreTableFromRecoveryPointRequest,
  type RestoreTableFromSnapshotRequest,
} from '@aws-sdk/client-redshift-serverless';
import { refusalOf } from '../support/refusal';
import { startServerlessWorld, startTime, type ServerlessWorld } from '../support/serverless-world';

let world: ServerlessWorld;
beforeEach(async () => {
  world = await startServerlessWorld();
});
afterEach(() => world.close());

const asked = {
  namespaceName: 'adhoc',
  workgroupName: 'adhoc',
  sourceDatabaseName: 'dev',
  sourceTableName: 'events',
  newTableName: 'events_restored',
};
const target = { database: 'dev', schema: 'public', table: 'events_restored' };

async function fromPoint(input: Partial<RestoreTableFromRecoveryPointRequest> = {}) {
  const { tableRestoreStatus } = await world.serverless.send(
    new RestoreTableFromRecoveryPointCommand({ ...asked, recoveryPointId: world.points[1].id, ...input }),
  );
  return tableRestoreStatus!;
}
async function fromSnapshot(input: Partial<RestoreTableFromSnapshotRequest> = {}) {
  const { tableRestoreStatus } = await world.serverless.send(
    new RestoreTableFromSnapshotCommand({ ...asked, snapshotName: 'adhoc-weekly', ...input }),
  );
  return tableRestoreStatus!;
}
async function statusOf(tableRestoreRequestId: string | undefined) {
  const { tableRestoreStatus } = await world.serverless.send(
    new GetTableRestoreStatusCommand({ tableRestoreRequestId }),
  );
  return tableRestoreStatus!;
}
const effects = () => world.simulator.effects.list({ kind: 'RestoreTable' });

describe('RestoreTableFromRecoveryPoint', () => {
  it('answers a pending request with everything that was asked for, and no snapshot', async () => {
    const status = await fromPoint();
    expect(status).toMatchObject({
      tableRestoreRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'PENDING',
      requestTime: startTime,
      namespaceName: 'adhoc',
      workgroupName: 'adhoc',
      recoveryPointId: world.points[1].id,
      sourceDatabaseName: 'dev',
      sourceSchemaName: 'public',
      sourceTableName: 'events',
      targetDatabaseName: 'dev',
      targetSchemaName: 'public',
      newTableName: 'events_restored',
    });
    expect(status).not.toHaveProperty('snapshotName');
    expect(status).not.toHaveProperty('message');
  });

  it('goes on with its own rows when the recovery point ends meanwhile', async () => {
    await world.simulator.advance(1790);
    const { tableRestoreRequestId } = await fromPoint({ recoveryPointId: world.points[0].id });
    await world.simulator.advance(12);
    expect(await statusOf(tableRestoreRequestId)).toMatchObject({ status: 'IN_PROGRESS' });
    await world.simulator.advance(13);
    expect(await statusOf(tableRestoreRequestId)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.tables.table(target)).toMatchObject({ megaBytes: 1000 });
  });

  it('comes too late for a recovery point that has ended', async () => {
    await world.simulator.advance(1800);
    const error = await fromPoint({ recoveryPointId: world.points[0].id }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      name: 'ResourceNotFoundException',
      resourceName: world.points[0].id,
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('RestoreTableFromSnapshot', () => {
  it('names the snapshot, and no recovery point', async () => {
    const status = await fromSnapshot();
    expect(status).toMatchObject({ status: 'PENDING', snapshotName: 'adhoc-weekly' });
    expect(status).not.toHaveProperty('recoveryPointId');
  });

  it('waits for a snapshot that is still being made, by ConflictException', async () => {
    await world.serverless.send(new CreateSnapshotCommand({ namespaceName: 'adhoc', snapshotName: 'fresh' }));
    expect(await refusalOf(fromSnapshot({ snapshotName: 'fresh' }))).toMatchObject({
      name: 'ConflictException',
      status: 409,
    });
    await world.simulator.advance(21);
    expect(await fromSnapshot({ snapshotName: 'fresh' })).toMatchObject({ status: 'PENDING' });
  });

  it('works from a converted recovery point after that has ended', async () => {
    await world.serverless.send(
      new ConvertRecoveryPointToSnapshotCommand({
        recoveryPointId: world.points[0].id,
        snapshotName: 'rescue',
      }),
    );
    await world.simulator.advance(86_400);
    const { tableRestoreRequestId } = await fromSnapshot({ snapshotName: 'rescue' });
    await world.simulator.advance(25);
    expect(await statusOf(tableRestoreRequestId)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('goes on when the snapshot is deleted meanwhile, and leaves no rows captured for it', async () => {
    const kept = world.tables.kept().length;
    const { tableRestoreRequestId } = await fromSnapshot();
    await world.serverless.send(new DeleteSnapshotCommand({ snapshotName: 'adhoc-weekly' }));
    await world.simulator.advance(25);
    expect(await statusOf(tableRestoreRequestId)).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.tables.kept()).toHaveLength(kept - 1);
  });
});

describe('a table restore', () => {
  it('goes from PENDING over IN_PROGRESS with figures to SUCCEEDED, and only then is the table there', async () => {
    const { tableRestoreRequestId: id, totalDataInMegaBytes } = await fromPoint();
    expect(totalDataInMegaBytes).toBeUndefined();
    await world.simulator.advance(4);
    expect(await statusOf(id)).toMatchObject({
      status: 'PENDING',
      progressInMegaBytes: 0,
      totalDataInMegaBytes: 1000,
    });
    await world.simulator.advance(16);
    expect(await statusOf(id)).toMatchObject({
      status: 'IN_PROGRESS',
      progressInMegaBytes: 500,
      totalDataInMegaBytes: 1000,
    });
    expect(await world.tables.table(target)).toBeUndefined();
    await world.simulator.advance(5);
    expect(await statusOf(id)).toMatchObject({ status: 'SUCCEEDED', progressInMegaBytes: 1000 });
    expect(await world.tables.table(target)).toMatchObject({ megaBytes: 1000 });
  });

  it('notes one effect per request, under workgroup and table', async () => {
    const { tableRestoreRequestId } = await fromPoint({ newTableName: 'Events_Restored' });
    expect(effects()).toMatchObject([
      {
        businessKey: 'adhoc/dev.public.events_restored',
        detail: { tableRestoreRequestId, recoveryPointId: world.points[1].id },
      },
    ]);
  });

  it('folds names to lower case unless told that they are case sensitive', async () => {
    expect(await fromPoint({ sourceTableName: 'EVENTS', newTableName: 'Backup_A' })).toMatchObject({
      sourceTableName: 'events',
      newTableName: 'backup_a',
    });
    await world.simulator.advance(600);
    const sensitive = fromPoint({ sourceTableName: 'EVENTS', activateCaseSensitiveIdentifier: true });
    expect(await refusalOf(sensitive)).toMatchObject({ name: 'ValidationException' });
  });

  it('fails with a message when the target appeared meanwhile, and leaves that table alone', async () => {
    const { tableRestoreRequestId: id } = await fromPoint();
    world.tables.add({ ...target, megaBytes: 3 });
    await world.simulator.advance(60);
    expect(await statusOf(id)).toMatchObject({
      status: 'FAILED',
      message: 'The target table dev.public.events_restored already exists.',
    });
    expect(await world.tables.table(target)).toMatchObject({ megaBytes: 3 });
  });

  it.each([
    ['FAILED', 'disk full'],
    ['CANCELED', 'cancelled by an operator'],
  ])('ends %s with its message by a terminal fault, and leaves no table', async (status, message) => {
    world.simulator.faults.add({
      operation: 'RestoreTableFromRecoveryPoint',
      action: { kind: 'terminal', status, message },
    });
    const { tableRestoreRequestId: id } = await fromPoint();
    await world.simulator.advance(60);
    expect(await statusOf(id)).toMatchObject({ status, message });
    expect(await world.tables.table(target)).toBeUndefined();
  });

  it('has ended when it is answered, where all durations are zero', async () => {
    Object.assign(world.simulator.world.settings, {
      restorePendingSeconds: 0,
      restoreSeconds: 0,
      restoreMegaBytesPerSecond: 1e12,
    });
    expect(await fromPoint()).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('one table restore at a time', () => {
  const running = 'There is an operation running on the namespace. Try restoring the table again later.';
  const conflict = { name: 'ConflictException', status: 409, message: running };

  it('refuses the second while the first runs, whatever the source, with no trace of it', async () => {
    await fromPoint();
    expect(await refusalOf(fromSnapshot({ newTableName: 'other' }))).toMatchObject(conflict);
    expect(effects()).toHaveLength(1);
  });

  it('refuses the next also for a while after the first has ended, although all is AVAILABLE', async () => {
    await fromPoint();
    await world.simulator.advance(25 + 59);
    expect(await refusalOf(fromPoint({ newTableName: 'other' }))).toMatchObject(conflict);
    await world.simulator.advance(1);
    expect(await fromPoint({ newTableName: 'other' })).toMatchObject({ status: 'PENDING' });
  });

  it('lets some wait as PENDING where the world says so, each from the end of the one before', async () => {
    world.simulator.world.settings.serverlessRestoreQueueLength = 1;
    const first = await fromPoint();
    const second = await fromSnapshot({ newTableName: 'second' });
    expect(await refusalOf(fromPoint({ newTableName: 'third' }))).toMatchObject(conflict);
    await world.simulator.advance(25);
    expect(await statusOf(first.tableRestoreRequestId)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await statusOf(second.tableRestoreRequestId)).toMatchObject({ status: 'IN_PROGRESS' });
    await world.simulator.advance(20);
    expect(await statusOf(second.tableRestoreRequestId)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('counts per namespace: another one is free', async () => {
    await fromPoint();
    const elsewhere = { namespaceName: 'science', workgroupName: 'science', snapshotName: 'science-weekly' };
    expect(await fromSnapshot(elsewhere)).toMatchObject({ status: 'PENDING' });
  });

  it('accepts one of two that are sent at once', async () => {
    const outcomes = await Promise.allSettled([fromPoint(), fromPoint()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('accepts none while the workgroup or the namespace is being changed', async () => {
    const { workgroups, namespaces } = world.simulator.rooms.serverless.context.state;
    workgroups.get('adhoc')!.status = 'MODIFYING';
    expect(await refusalOf(fromPoint())).toMatchObject(conflict);
    workgroups.get('adhoc')!.status = 'AVAILABLE';
    namespaces.get('adhoc')!.status = 'MODIFYING';
    expect(await refusalOf(fromPoint())).toMatchObject(conflict);
  });

  it('a request whose answer was lost has been accepted: sent again it conflicts, with one effect', async () => {
    world.simulator.faults.add({
      operation: 'RestoreTableFromRecoveryPoint',
      action: { kind: 'drop-after' },
    });
    await refusalOf(fromPoint());
    expect(await refusalOf(fromPoint())).toMatchObject(conflict);
    expect(effects()).toHaveLength(1);
  });
});

describe('RestoreTableFromRecoveryPoint and RestoreTableFromSnapshot refuse', () => {
  type Input = Partial<typeof asked> & Record<string, unknown>;
  const both = [
    ['recovery point', (input: Input) => fromPoint(input)],
    ['snapshot', (input: Input) => fromSnapshot(input)],
  ] as const;

  describe.each(both)('from a %s', (what, restore) => {
    it.each([
      ['a table that is not in the source', { sourceTableName: 'late' }, `does not exist in the ${what}`],
      ['a schema that is not in the source', { sourceSchemaName: 'sales' }, 'dev.sales.events'],
      ['a database that is not in the source', { sourceDatabaseName: 'prod' }, 'prod.public.events'],
      ['an interleaved sort key', { sourceTableName: 'clicks' }, 'interleaved sort key'],
      ['a target database that is not there', { targetDatabaseName: 'prod' }, 'target database prod'],
      ['a target schema that is not there', { targetSchemaName: 'lab' }, 'target schema dev.lab'],
      ['a target table that exists', { newTableName: 'clicks' }, 'dev.public.clicks already exists'],
      ['an empty new name', { newTableName: '' }, "at 'newTableName'"],
      ['an empty source table', { sourceTableName: '' }, "at 'sourceTableName'"],
      ['an empty source database', { sourceDatabaseName: '' }, "at 'sourceDatabaseName'"],
      ['a namespace name that cannot be one', { namespaceName: 'Ad' }, "at 'namespaceName'"],
      ['a workgroup name that cannot be one', { workgroupName: 'ad_hoc' }, "at 'workgroupName'"],
      [
        'the workgroup of another namespace',
        { workgroupName: 'science' },
        'is not associated with the namespace',
      ],
      [
        `a ${what} of another namespace`,
        { namespaceName: 'science', workgroupName: 'science' },
        'is not of the namespace science, but of adhoc',
      ],
    ])('%s, by ValidationException', async (_what, input, message) => {
      expect(await refusalOf(restore(input))).toMatchObject({
        name: 'ValidationException',
        status: 400,
        message: expect.stringContaining(message),
      });
      expect(effects()).toEqual([]);
    });

    it.each([
      ['namespace', { namespaceName: 'nowhere' }],
      ['workgroup', { workgroupName: 'nowhere' }],
    ])('a %s that is not there, by ResourceNotFoundException with its name', async (_what, input) => {
      const error = await restore(input).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ name: 'ResourceNotFoundException', resourceName: 'nowhere' });
    });

    it('nothing when the target exists but the world says that AWS finds out later: it is FAILED then', async () => {
      world.simulator.world.settings.existingTarget = 'fail-later';
      const { tableRestoreRequestId } = await restore({ newTableName: 'clicks' });
      await world.simulator.advance(60);
      expect(await statusOf(tableRestoreRequestId)).toMatchObject({ status: 'FAILED' });
    });

    it('a request without its required members, before anything else', async () => {
      expect(await refusalOf(restore({ newTableName: undefined }))).toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(
          "'newTableName' failed to satisfy constraint: Member must not be null",
        ),
      });
    });
  });

  it('a snapshot and a recovery point that are not there, by ResourceNotFoundException', async () => {
    expect(await refusalOf(fromSnapshot({ snapshotName: 'nothing' }))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await refusalOf(fromPoint({ recoveryPointId: 'nothing' }))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
