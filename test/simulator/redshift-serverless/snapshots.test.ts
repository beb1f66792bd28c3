import {
  ConvertRecoveryPointToSnapshotCommand,
  CreateSnapshotCommand,
  DeleteSnapshotCommand,
  GetSnapshotCommand,
  ListSnapshotsCommand,
  ListTagsForResourceCommand,
  UpdateSnapshotCommand,
  paginateListSnapshots,
  type CreateSnapshotRequest,
  type ListSnapshotsRequest,
} from '@aws-sdk/client-redshift-serverless';
import { refusalOf } from '../support/refusal';
import { hoursAgo, startServerlessWorld, startTime, type ServerlessWorld } from '../support/serverless-world';

let world: ServerlessWorld;
beforeEach(async () => {
  world = await startServerlessWorld();
});
afterEach(() => world.close());

const dayMs = 24 * 3_600_000;

async function create(input: Partial<CreateSnapshotRequest> = {}) {
  const { snapshot } = await world.serverless.send(
    new CreateSnapshotCommand({ namespaceName: 'adhoc', snapshotName: 'fresh', ...input }),
  );
  return snapshot!;
}
async function get(snapshotName: string) {
  const { snapshot } = await world.serverless.send(new GetSnapshotCommand({ snapshotName }));
  return snapshot!;
}
async function names(input: ListSnapshotsRequest = {}) {
  const { snapshots } = await world.serverless.send(new ListSnapshotsCommand(input));
  return snapshots?.map(({ snapshotName }) => snapshotName);
}
const update = (snapshotName: string, retentionPeriod?: number) =>
  world.serverless.send(new UpdateSnapshotCommand({ snapshotName, retentionPeriod }));
const remove = (snapshotName: string) => world.serverless.send(new DeleteSnapshotCommand({ snapshotName }));

describe('CreateSnapshot', () => {
  it('holds the rows of now, starts as CREATING and becomes AVAILABLE with the clock', async () => {
    expect(await create({ retentionPeriod: 7 })).toMatchObject({
      snapshotName: 'fresh',
      namespaceName: 'adhoc',
      status: 'CREATING',
      snapshotCreateTime: startTime,
      snapshotRetentionStartTime: startTime,
      snapshotRetentionPeriod: 7,
      snapshotRemainingDays: 7,
      totalBackupSizeInMegaBytes: 1010,
      backupProgressInMegaBytes: 0,
      estimatedSecondsToCompletion: 21,
      elapsedTimeInSeconds: 0,
      adminUsername: 'admin',
      ownerAccount: '123456789012',
    });
    await world.simulator.advance(15);
    expect(await get('fresh')).toMatchObject({
      status: 'CREATING',
      backupProgressInMegaBytes: 500,
      currentBackupRateInMegaBytesPerSecond: 100,
      estimatedSecondsToCompletion: 6,
      elapsedTimeInSeconds: 15,
    });
    await world.simulator.advance(6);
    expect(await get('fresh')).toMatchObject({
      status: 'AVAILABLE',
      backupProgressInMegaBytes: 1010,
      estimatedSecondsToCompletion: 0,
    });
  });

  it('is kept for ever without a period', async () => {
    const snapshot = await create();
    expect(snapshot).toMatchObject({ snapshotRetentionPeriod: -1 });
    expect(snapshot.snapshotRemainingDays).toBeUndefined();
  });

  it('has a namespace that is not there as ResourceNotFoundException', async () => {
    expect(await refusalOf(create({ namespaceName: 'nowhere' }))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('conflicts with a change of the namespace that is under way', async () => {
    world.simulator.rooms.serverless.context.state.namespaces.get('adhoc')!.status = 'MODIFYING';
    expect(await refusalOf(create())).toMatchObject({ name: 'ConflictException', status: 409 });
  });

  it.each(['FAILED', 'CANCELLED'])('ends %s by a terminal fault, and can then be deleted', async (status) => {
    world.simulator.faults.add({ operation: 'CreateSnapshot', action: { kind: 'terminal', status } });
    expect(await create()).toMatchObject({ status: 'CREATING' });
    await world.simulator.advance(21);
    expect(await get('fresh')).toMatchObject({ status });
    expect((await remove('fresh')).snapshot).toMatchObject({ status: 'DELETED' });
  });
});

describe('what both CreateSnapshot and ConvertRecoveryPointToSnapshot refuse', () => {
  const makers = [
    ['CreateSnapshot', (input: object) => create(input)],
    [
      'ConvertRecoveryPointToSnapshot',
      (input: object) =>
        world.serverless.send(
          new ConvertRecoveryPointToSnapshotCommand({
            recoveryPointId: world.points[1].id,
            snapshotName: 'fresh',
            ...input,
          }),
        ),
    ],
  ] as const;

  describe.each(makers)('%s', (operation, make) => {
    it('a name that is taken, by ConflictException', async () => {
      expect(await refusalOf(make({ snapshotName: 'adhoc-weekly' }))).toMatchObject({
        name: 'ConflictException',
        status: 409,
        message: 'The snapshot adhoc-weekly already exists.',
      });
    });

    it.each(['ab', 'Fresh', 'fresh_1', 'x'.repeat(65)])(
      'the name %j, by ValidationException',
      async (snapshotName) => {
        expect(await refusalOf(make({ snapshotName }))).toMatchObject({
          name: 'ValidationException',
          status: 400,
        });
      },
    );

    it.each([0, -2, 3654])('a retention of %d days, by ValidationException', async (retentionPeriod) => {
      expect(await refusalOf(make({ retentionPeriod }))).toMatchObject({ name: 'ValidationException' });
    });

    it('one snapshot more than the quota, by ServiceQuotaExceededException', async () => {
      world.simulator.world.settings.serverlessSnapshotQuota = 2;
      expect(await refusalOf(make({}))).toMatchObject({ name: 'ServiceQuotaExceededException', status: 402 });
    });

    it.each([
      [
        'TooManyTagsException',
        'more than 50 tags',
        Array.from({ length: 51 }, (_, at) => ({ key: `k${at}`, value: '' })),
      ],
      [
        'ValidationException',
        'more than 200 tags',
        Array.from({ length: 201 }, (_, at) => ({ key: `k${at}`, value: '' })),
      ],
      [
        'ValidationException',
        'a key twice',
        [
          { key: 'team', value: 'a' },
          { key: 'team', value: 'b' },
        ],
      ],
      ['ValidationException', 'a key of 129 characters', [{ key: 'k'.repeat(129), value: '' }]],
      ['ValidationException', 'an empty key', [{ key: '', value: '' }]],
      ['ValidationException', 'a value of 257 characters', [{ key: 'k', value: 'v'.repeat(257) }]],
    ])('by %s %s', async (name, _what, tags) => {
      expect(await refusalOf(make({ tags }))).toMatchObject({ name });
    });

    it('and leaves neither a snapshot nor an effect nor captured rows behind', async () => {
      await world.simulator.world.warehouse('adhoc');
      const kept = world.tables.kept();
      await refusalOf(make({ snapshotName: 'adhoc-weekly' }));
      expect(world.tables.kept()).toEqual(kept);
      expect(world.simulator.effects.list()).toEqual([]);
      expect(world.simulator.log.list({ operation })).toMatchObject([{ outcome: 'ConflictException' }]);
    });

    it('not: the longest period and 50 tags, which are shown afterwards', async () => {
      const tags = Array.from({ length: 50 }, (_, at) => ({ key: `k${at}`, value: `v${at}` }));
      await make({ retentionPeriod: 3653, tags });
      const { snapshotArn, snapshotRetentionPeriod } = await get('fresh');
      expect(snapshotRetentionPeriod).toBe(3653);
      const shown = await world.serverless.send(new ListTagsForResourceCommand({ resourceArn: snapshotArn }));
      expect(shown.tags).toEqual(tags);
    });
  });
});

describe('ConvertRecoveryPointToSnapshot', () => {
  const convert = (recoveryPointId: string, snapshotName = 'rescue') =>
    world.serverless.send(new ConvertRecoveryPointToSnapshotCommand({ recoveryPointId, snapshotName }));

  it("makes a snapshot of the recovery point's moment, which outlives it", async () => {
    const { snapshot } = await convert(world.points[0].id);
    expect(snapshot).toMatchObject({
      snapshotName: 'rescue',
      namespaceName: 'adhoc',
      status: 'CREATING',
      snapshotCreateTime: hoursAgo(23.5),
      snapshotRetentionStartTime: startTime,
      snapshotRetentionPeriod: -1,
      totalBackupSizeInMegaBytes: 1010,
    });
    await world.simulator.advance(3600);
    expect(await get('rescue')).toMatchObject({ status: 'AVAILABLE' });
    const { contentKey } = world.simulator.rooms.serverless.context.state.snapshots.get('rescue')!;
    expect(world.tables.kept()).toContain(contentKey);
    expect(world.tables.kept()).not.toContain(world.points[0].contentKey);
  });

  it('has the time of the request where the world says so: AWS does not', async () => {
    world.simulator.world.settings.convertedSnapshotTime = 'request';
    expect((await convert(world.points[0].id)).snapshot).toMatchObject({ snapshotCreateTime: startTime });
  });

  it('notes one effect under the name', async () => {
    await convert(world.points[1].id);
    expect(world.simulator.effects.list()).toMatchObject([
      {
        kind: 'ConvertRecoveryPointToSnapshot',
        businessKey: 'rescue',
        detail: { recoveryPointId: world.points[1].id },
      },
    ]);
  });

  it('comes too late for a recovery point that has ended', async () => {
    await world.simulator.advance(1800);
    expect(await refusalOf(convert(world.points[0].id))).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
  });

  it('finds the snapshot there when the answer to it was lost', async () => {
    world.simulator.faults.add({
      operation: 'ConvertRecoveryPointToSnapshot',
      action: { kind: 'drop-after' },
    });
    await refusalOf(convert(world.points[1].id));
    expect(await refusalOf(convert(world.points[1].id))).toMatchObject({ name: 'ConflictException' });
    expect(await get('rescue')).toMatchObject({ status: 'CREATING' });
    expect(world.simulator.effects.list({ kind: 'ConvertRecoveryPointToSnapshot' })).toHaveLength(1);
  });

  it('makes one of two that ask for the same name at once', async () => {
    const outcomes = await Promise.allSettled([convert(world.points[1].id), convert(world.points[2].id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(world.simulator.effects.list()).toHaveLength(1);
  });
});

describe('retention', () => {
  it('deletes the snapshot and its rows when it ends', async () => {
    await create({ retentionPeriod: 2 });
    const { contentKey } = world.simulator.rooms.serverless.context.state.snapshots.get('fresh')!;
    await world.simulator.advance(2 * 86_400 - 1);
    expect(await get('fresh')).toMatchObject({ snapshotRemainingDays: 1 });
    await world.simulator.advance(1);
    expect(await refusalOf(get('fresh'))).toMatchObject({ name: 'ResourceNotFoundException' });
    await world.simulator.world.warehouse('adhoc');
    expect(world.tables.kept()).not.toContain(contentKey);
  });

  it('is changed by UpdateSnapshot, and the old period then ends nothing', async () => {
    await create({ retentionPeriod: 1 });
    await world.simulator.advance(60);
    expect((await update('fresh', 3)).snapshot).toMatchObject({ snapshotRetentionPeriod: 3 });
    await world.simulator.advance(86_400);
    expect(await get('fresh')).toMatchObject({ snapshotRemainingDays: 2 });
    await update('fresh', -1);
    await world.simulator.advance(10 * 86_400);
    expect(await get('fresh')).toMatchObject({ snapshotRetentionPeriod: -1 });
  });

  it('stays as it is when UpdateSnapshot names none', async () => {
    expect((await update('adhoc-weekly')).snapshot).toMatchObject({ snapshotRetentionPeriod: -1 });
  });

  it('is refused when it would be over already, or no number of days', async () => {
    expect(await refusalOf(update('adhoc-weekly', 5))).toMatchObject({ name: 'ValidationException' });
    expect(await refusalOf(update('adhoc-weekly', 0))).toMatchObject({ name: 'ValidationException' });
    expect((await update('adhoc-weekly', 6)).snapshot).toMatchObject({ snapshotRemainingDays: 1 });
  });

  it('counts from the retention start, not from the moment of the rows', async () => {
    const { snapshot } = await world.serverless.send(
      new ConvertRecoveryPointToSnapshotCommand({
        recoveryPointId: world.points[0].id,
        snapshotName: 'rescue',
        retentionPeriod: 1,
      }),
    );
    expect(snapshot?.snapshotRetentionStartTime?.getTime()).toBe(startTime.getTime());
    await world.simulator.advance(dayMs / 1000 - 1);
    expect(await get('rescue')).toMatchObject({ status: 'AVAILABLE' });
  });
});

describe('UpdateSnapshot and DeleteSnapshot', () => {
  it('conflict with a snapshot that is still being made', async () => {
    await create();
    expect(await refusalOf(update('fresh', 5))).toMatchObject({ name: 'ConflictException', status: 409 });
    expect(await refusalOf(remove('fresh'))).toMatchObject({ name: 'ConflictException', status: 409 });
  });

  it('do not find what is not there', async () => {
    expect(await refusalOf(update('nothing', 5))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await refusalOf(remove('nothing'))).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('free the name when it is deleted, and note their effects', async () => {
    expect((await remove('adhoc-weekly')).snapshot).toMatchObject({ status: 'DELETED' });
    await create({ snapshotName: 'adhoc-weekly' });
    expect(world.simulator.effects.list().map(({ kind, businessKey }) => [kind, businessKey])).toEqual([
      ['DeleteSnapshot', 'adhoc-weekly'],
      ['CreateSnapshot', 'adhoc-weekly'],
    ]);
  });
});

describe('GetSnapshot', () => {
  it('goes by name or by ARN, and needs one of them', async () => {
    const { snapshotArn } = await get('adhoc-weekly');
    const byArn = await world.serverless.send(new GetSnapshotCommand({ snapshotArn }));
    expect(byArn.snapshot?.snapshotName).toBe('adhoc-weekly');
    expect(await refusalOf(world.serverless.send(new GetSnapshotCommand({})))).toMatchObject({
      name: 'ValidationException',
    });
  });

  it('finds nothing of another owner, and nothing that a stale look does not see', async () => {
    const ofAnother = new GetSnapshotCommand({ snapshotName: 'adhoc-weekly', ownerAccount: '999999999999' });
    expect(await refusalOf(world.serverless.send(ofAnother))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await create();
    world.simulator.faults.add({ operation: 'GetSnapshot', action: { kind: 'stale', seconds: 5 } });
    expect(await refusalOf(get('fresh'))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await get('fresh')).toMatchObject({ status: 'CREATING' });
  });
});

describe('ListSnapshots', () => {
  it('goes by namespace, its ARN, owner and times', async () => {
    const { namespaceArn } = await get('science-weekly');
    expect(await names()).toEqual(['adhoc-weekly', 'science-weekly']);
    expect(await names({ namespaceName: 'adhoc' })).toEqual(['adhoc-weekly']);
    expect(await names({ namespaceArn })).toEqual(['science-weekly']);
    expect(await names({ ownerAccount: '999999999999' })).toEqual([]);
    expect(await names({ startTime: hoursAgo(1) })).toEqual([]);
    expect(await names({ startTime: hoursAgo(120), endTime: hoursAgo(120) })).toHaveLength(2);
  });

  it('comes page by page', async () => {
    const pages: (string | undefined)[][] = [];
    for await (const { snapshots = [] } of paginateListSnapshots(
      { client: world.serverless, pageSize: 1 },
      {},
    )) {
      pages.push(snapshots.map(({ snapshotName }) => snapshotName));
    }
    expect(pages).toEqual([['adhoc-weekly'], ['science-weekly']]);
  });

  it('does not know a namespace that never was', async () => {
    expect(await refusalOf(names({ namespaceName: 'nowhere' }))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('shows a new snapshot only after the lag of lists', async () => {
    world.simulator.world.settings.listLagSeconds = 5;
    await create();
    expect(await names({ namespaceName: 'adhoc' })).toEqual(['adhoc-weekly']);
    await world.simulator.advance(5);
    expect(await names({ namespaceName: 'adhoc' })).toEqual(['adhoc-weekly', 'fresh']);
  });
});

it('ListTagsForResource has nothing for an ARN that is nobody’s', async () => {
  const nobody = new ListTagsForResourceCommand({
    resourceArn: 'arn:aws:redshift-serverless:eu-central-1:123456789012:snapshot/none',
  });
  expect(await refusalOf(world.serverless.send(nobody))).toMatchObject({ name: 'ResourceNotFoundException' });
});
