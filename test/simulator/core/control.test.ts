import {
  CopyClusterSnapshotCommand,
  DescribeClustersCommand,
  DescribeClusterSnapshotsCommand,
} from '@aws-sdk/client-redshift';
import { refusalOf } from '../support/refusal';
import { startRedshiftWorld, type RedshiftWorld } from '../support/redshift-world';

let world: RedshiftWorld;
beforeEach(async () => {
  world = await startRedshiftWorld();
});
afterEach(() => world.close());

// Bodies are looked into member by member; a type for each endpoint would say nothing more.
// oxlint-disable-next-line typescript/no-explicit-any
async function control(method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> {
  const response = await fetch(`${world.simulator.url}/_simulator/${path}`, {
    method,
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

describe('the control endpoints', () => {
  it('tell that requests are served', async () => {
    expect(await control('GET', 'healthz')).toEqual({
      status: 200,
      body: { ok: true, now: '2026-03-01T12:00:00.000Z' },
    });
  });

  it('show the log, filtered by operation, and are not in it themselves', async () => {
    await world.redshift.send(new DescribeClustersCommand({ ClusterIdentifier: 'analytics' }));
    await world.redshift.send(new DescribeClusterSnapshotsCommand({}));
    expect((await control('GET', 'log')).body.count).toBe(2);
    const { body } = await control('GET', 'log?operation=DescribeClusters');
    expect(body.operations).toMatchObject([
      {
        seq: 1,
        service: 'redshift',
        operation: 'DescribeClusters',
        parameters: { ClusterIdentifier: 'analytics' },
        time: '2026-03-01T12:00:00.000Z',
        outcome: 'ok',
      },
    ]);
  });

  it('show the effects since a time, as one line each for people', async () => {
    const copy = (name: string) =>
      world.redshift.send(
        new CopyClusterSnapshotCommand({
          SourceSnapshotIdentifier: world.automated.identifier,
          TargetSnapshotIdentifier: name,
        }),
      );
    await copy('before');
    await control('POST', 'advance', { seconds: 60 });
    await copy('after');
    const { body } = await control('GET', 'effects?since=2026-03-01T12:00:30Z');
    expect(body.effects).toMatchObject([{ kind: 'CopyClusterSnapshot', businessKey: 'after' }]);
    const text = await fetch(`${world.simulator.url}/_simulator/effects?format=text`);
    expect(text.headers.get('content-type')).toContain('text/plain');
    expect(await text.text()).toBe(
      '2026-03-01T12:00:00.000Z  CopyClusterSnapshot  before\n2026-03-01T12:01:00.000Z  CopyClusterSnapshot  after\n',
    );
    expect(await control('GET', 'effects?since=yesterday')).toMatchObject({
      status: 400,
      body: { problems: ['since must be a time, such as 2026-03-01T12:00:00Z'] },
    });
  });

  it('add, show and remove faults', async () => {
    const rule = { operation: 'DescribeClusters', times: 'always', action: { kind: 'throttle' } };
    const { body: added } = await control('POST', 'faults', rule);
    expect(added).toMatchObject({ ...rule, id: 'fault-1', fired: 0 });
    const call = () => world.redshift.send(new DescribeClustersCommand({}));
    expect(await refusalOf(call())).toMatchObject({ code: 'Throttling' });
    expect((await control('GET', 'faults')).body.faults).toMatchObject([{ id: 'fault-1', fired: 1 }]);
    expect((await control('DELETE', 'faults?id=fault-9')).status).toBe(404);
    expect((await control('DELETE', 'faults?id=fault-1')).body).toEqual({ removed: 1 });
    await call();
  });

  it.each([
    [{}, ['operation is missing', 'action is missing']],
    [{ operation: 'DescribeClusters', action: { kind: 'explode' } }, ['action.kind must be one of']],
    [{ operation: 'DescribeClusters', action: { kind: 'latency' } }, ['action.milliseconds is missing']],
    [
      { operation: 'DescribeClusters', action: { kind: 'throttle', code: 'x' } },
      ['action.code is not known'],
    ],
    [{ operation: 'DescribeClusters', times: 0, action: { kind: 'throttle' } }, ['times must be']],
    [{ operation: 'DescribeClusters', tiems: 2, action: { kind: 'throttle' } }, ['tiems is not known']],
    [
      { operation: 'DescribeCluster', action: { kind: 'throttle' } },
      ['operation DescribeCluster is not simulated'],
    ],
    [{ service: 'ec2', operation: '*', action: { kind: 'throttle' } }, ['service must be one of']],
    [[], ['the body must be an object']],
    ['{"operation":', ['the body is not JSON']],
    [undefined, ['the body must be an object']],
  ])('refuse the fault %j and say why', async (rule, problems) => {
    const { status, body } = await control('POST', 'faults', rule);
    expect(status).toBe(400);
    expect(body.problems).toEqual(problems.map((problem) => expect.stringContaining(problem)));
    expect((await control('GET', 'faults')).body.faults).toEqual([]);
  });

  it('move time forward and do what falls due', async () => {
    const { body } = await control('POST', 'advance', { seconds: 86_400 });
    expect(body).toEqual({ now: '2026-03-02T12:00:00.000Z' });
    // The automated snapshots lived for one day.
    expect(world.simulator.rooms.redshift.context.state.snapshots.size).toBe(2);
  });

  it.each([[{ seconds: -1 }], [{ seconds: '5' }], [{}], [{ seconds: 1, minutes: 1 }], ['nonsense']])(
    'refuse to advance by %j',
    async (body) => {
      expect((await control('POST', 'advance', body)).status).toBe(400);
    },
  );

  it('show and change settings, the speed of the clock among them', async () => {
    const { body } = await control('POST', 'settings', { clockSpeed: 60, existingTarget: 'fail-later' });
    expect(body).toMatchObject({ clockSpeed: 60, existingTarget: 'fail-later', manualSnapshotQuota: 20 });
    expect(world.simulator.world.clock.speed).toBe(60);
    expect((await control('GET', 'settings')).body).toEqual(body);
  });

  it.each([
    [{ restoreSecond: 1 }, 'restoreSecond is not a setting'],
    [{ existingTarget: 'maybe' }, 'existingTarget must be one of refuse, fail-later'],
    [{ restoreSeconds: '1' }, 'restoreSeconds must be a number of at least 0'],
    [{ restoreMegaBytesPerSecond: 0 }, 'restoreMegaBytesPerSecond must be above 0'],
    [{ restoreQueueLength: 1.5 }, 'restoreQueueLength must be a whole number'],
    [[1], 'the settings must be an object'],
  ])('refuse the settings %j and change nothing', async (settings, problem) => {
    const before = (await control('GET', 'settings')).body;
    const { status, body } = await control('POST', 'settings', settings);
    expect(status).toBe(400);
    expect(body.problems).toEqual([expect.stringContaining(problem)]);
    expect((await control('GET', 'settings')).body).toEqual(before);
  });

  it('start afresh: world, logs, faults, settings and ids', async () => {
    await control('POST', 'settings', { restoreSeconds: 99 });
    await control('POST', 'faults', { operation: '*', action: { kind: 'throttle' } });
    await control('POST', 'advance', { seconds: 60 });
    expect((await control('POST', 'reset', { seed: 'empty' })).body).toEqual({
      now: '2026-03-01T12:00:00.000Z',
    });
    const { body: state } = await control('GET', 'state');
    expect(state).toMatchObject({ operations: 0, effects: 0, faults: 0, redshift: { clusters: [] } });
    expect((await control('GET', 'settings')).body.restoreSeconds).toBe(10);
  });

  it.each([
    [{ seed: 'other' }],
    [{ options: { orderRow: 1 } }],
    [{ options: { orderRows: -1 } }],
    [{ speed: 1 }],
  ])('refuse the reset %j', async (body) => {
    expect((await control('POST', 'reset', body)).status).toBe(400);
  });

  it('show what there is', async () => {
    const { body } = await control('GET', 'state');
    expect(body).toMatchObject({
      now: '2026-03-01T12:00:00.000Z',
      redshift: {
        clusters: [
          { identifier: 'analytics', status: 'available' },
          { identifier: 'reporting', status: 'available' },
        ],
        tableRestores: [],
      },
      dynamodb: { tables: [], exports: [] },
      s3: { buckets: [] },
    });
    expect(body.redshift.snapshots).toHaveLength(4);
    expect(body.upcoming).toHaveLength(2);
  });

  it('run SQL only where there is a warehouse and a database', async () => {
    const sql = 'select 1';
    expect(await control('POST', 'sql', { warehouse: 'nothing', database: 'dev', sql })).toMatchObject({
      status: 404,
      body: { error: 'there is no warehouse nothing (known: analytics, reporting)' },
    });
    expect((await control('POST', 'sql', { warehouse: 'analytics', database: 'nothing', sql })).status).toBe(
      404,
    );
    expect((await control('POST', 'sql', { warehouse: 'analytics', sql })).status).toBe(400);
  });

  it('name the endpoints there are to who asks for another', async () => {
    expect(await control('GET', 'nothing')).toMatchObject({
      status: 404,
      body: { endpoints: expect.arrayContaining([expect.stringContaining('POST /_simulator/advance')]) },
    });
    expect((await control('POST', 'log')).status).toBe(405);
  });
});
