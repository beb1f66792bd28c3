import {
  GetRecoveryPointCommand,
  ListRecoveryPointsCommand,
  paginateListRecoveryPoints,
  type ListRecoveryPointsRequest,
} from '@aws-sdk/client-redshift-serverless';
import { refusalOf } from '../support/refusal';
import { hoursAgo, startServerlessWorld, startTime, type ServerlessWorld } from '../support/serverless-world';

let world: ServerlessWorld;
beforeEach(async () => {
  world = await startServerlessWorld();
});
afterEach(() => world.close());

const hour = 3600;

async function list(input: ListRecoveryPointsRequest = { namespaceName: 'adhoc' }) {
  const { recoveryPoints } = await world.serverless.send(new ListRecoveryPointsCommand(input));
  return recoveryPoints ?? [];
}
const times = async (input?: ListRecoveryPointsRequest) =>
  (await list(input)).map(({ recoveryPointCreateTime }) => recoveryPointCreateTime);
const get = (recoveryPointId: string) =>
  world.serverless.send(new GetRecoveryPointCommand({ recoveryPointId }));

describe('a recovery point', () => {
  it('shows its time, size, namespace and workgroup', async () => {
    const { recoveryPoint } = await get(world.points[1].id);
    expect(recoveryPoint).toEqual({
      recoveryPointId: world.points[1].id,
      recoveryPointCreateTime: hoursAgo(2),
      totalSizeInMegaBytes: 1010,
      namespaceName: 'adhoc',
      workgroupName: 'adhoc',
      namespaceArn: expect.stringMatching(
        /^arn:aws:redshift-serverless:eu-central-1:123456789012:namespace\//,
      ),
    });
  });

  it('has its time on the wire as ISO text, not as a number', async () => {
    const response = await fetch(world.simulator.url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'RedshiftServerless.GetRecoveryPoint',
        'content-type': 'application/x-amz-json-1.1',
      },
      body: JSON.stringify({ recoveryPointId: world.points[1].id }),
    });
    expect(await response.json()).toMatchObject({
      recoveryPoint: { recoveryPointCreateTime: '2026-03-01T10:00:00.000Z' },
    });
  });

  it('is gone 24 hours after it was made, and not before', async () => {
    const { id } = world.points[0];
    await world.simulator.advance(hour / 2 - 1);
    expect((await get(id)).recoveryPoint?.recoveryPointId).toBe(id);
    await world.simulator.advance(1);
    expect(await refusalOf(get(id))).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    expect((await list()).map(({ recoveryPointId }) => recoveryPointId)).not.toContain(id);
  });

  it('gives the rows that it held free when it ends', async () => {
    const { contentKey } = world.points[0];
    await world.simulator.advance(hour / 2);
    await world.simulator.world.warehouse('adhoc');
    expect(world.tables.kept()).not.toContain(contentKey);
    expect(world.tables.kept()).toContain(world.points[1].contentKey);
  });

  it('is not found by an id that is none', async () => {
    const error = await get('nothing').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'ResourceNotFoundException', resourceName: 'nothing' });
  });
});

describe('new recovery points', () => {
  it('are made every 30 minutes, on the minute of the one before', async () => {
    await world.simulator.advance(20 * 60 - 1);
    expect(await list()).toHaveLength(3);
    await world.simulator.advance(1);
    await world.simulator.advance(30 * 60);
    expect((await times()).slice(-2)).toEqual([
      new Date(startTime.getTime() + 20 * 60_000),
      new Date(startTime.getTime() + 50 * 60_000),
    ]);
  });

  it('are not more than two after a leap of days: the last ones that are due', async () => {
    await world.simulator.advance(72 * hour);
    const at = (minutes: number): Date => new Date(startTime.getTime() + (72 * 60 - minutes) * 60_000);
    expect(await times()).toEqual([at(40), at(10)]);
  });

  it('start no engine by themselves: rows nobody has touched are captured when somebody does', async () => {
    await world.simulator.advance(20 * 60);
    const before = world.tables.kept().length;
    expect(world.simulator.world.warehouseStarted('adhoc')).toBe(false);
    await world.simulator.world.warehouse('adhoc');
    expect(world.tables.kept()).toHaveLength(before + 1);
  });

  it('capture at once, with the size of the moment, where the engine runs', async () => {
    await world.simulator.world.warehouse('adhoc');
    world.tables.add({ database: 'dev', schema: 'public', table: 'more', megaBytes: 500 });
    await world.simulator.advance(20 * 60);
    expect((await list()).at(-1)).toMatchObject({ totalSizeInMegaBytes: 1510 });
  });

  it('are none with an interval of 0', async () => {
    const still = await startServerlessWorld({ recoveryPointMinutes: 0 });
    try {
      await still.simulator.advance(10 * hour);
      const { recoveryPoints } = await still.serverless.send(
        new ListRecoveryPointsCommand({ namespaceName: 'adhoc' }),
      );
      expect(recoveryPoints).toHaveLength(2);
    } finally {
      await still.close();
    }
  });
});

describe('ListRecoveryPoints', () => {
  it('has all namespaces without a filter, in order of time', async () => {
    expect(await times({})).toEqual([hoursAgo(23.5), hoursAgo(2), hoursAgo(1), hoursAgo(1 / 6)]);
  });

  it('goes by namespace name, by namespace ARN, and by both', async () => {
    const [{ namespaceArn }] = (await list({ namespaceName: 'science' })) as [{ namespaceArn?: string }];
    expect(await times({ namespaceArn })).toEqual([hoursAgo(1)]);
    expect(await list({ namespaceArn, namespaceName: 'adhoc' })).toEqual([]);
  });

  it('goes by start and end time, both inclusive', async () => {
    expect(await times({ startTime: hoursAgo(2), endTime: hoursAgo(1) })).toEqual([hoursAgo(2), hoursAgo(1)]);
    expect(await times({ endTime: hoursAgo(3) })).toEqual([hoursAgo(23.5)]);
  });

  it('comes page by page, and a recovery point that ends between two pages does not break the listing', async () => {
    const seen: (Date | undefined)[] = [];
    for await (const { recoveryPoints = [] } of paginateListRecoveryPoints(
      { client: world.serverless, pageSize: 1 },
      { namespaceName: 'adhoc' },
    )) {
      seen.push(...recoveryPoints.map(({ recoveryPointCreateTime }) => recoveryPointCreateTime));
      if (seen.length === 1) await world.simulator.advance(hour / 2);
    }
    expect(seen).toEqual([
      hoursAgo(23.5),
      hoursAgo(2),
      hoursAgo(1 / 6),
      new Date(startTime.getTime() + 20 * 60_000),
    ]);
  });

  it('is empty for a namespace that is not there, and refuses a name that cannot be one', async () => {
    expect(await list({ namespaceName: 'nowhere' })).toEqual([]);
    const refusal = await refusalOf(list({ namespaceName: 'No_Where' }));
    expect(refusal).toMatchObject({ name: 'ValidationException', status: 400 });
  });

  it('refuses a token that it never gave', async () => {
    expect(await refusalOf(list({ nextToken: 'made-up-token' }))).toMatchObject({
      name: 'ValidationException',
    });
  });

  it('hides what is newer than a stale look sees', async () => {
    world.simulator.faults.add({
      operation: 'ListRecoveryPoints',
      action: { kind: 'stale', seconds: 3 * hour },
    });
    expect(await times()).toEqual([hoursAgo(23.5)]);
    expect(await list()).toHaveLength(3);
  });
});
