import {
  DescribeClustersCommand,
  DescribeClusterSnapshotsCommand,
  ModifyClusterSnapshotCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { FaultAction, FaultRule } from '../../../simulator/core/faults';
import { refusalOf } from '../support/refusal';
import { startRedshiftWorld, type RedshiftWorld } from '../support/redshift-world';

let world: RedshiftWorld;
beforeEach(async () => {
  world = await startRedshiftWorld();
});
afterEach(() => world.close());

const credentials = { accessKeyId: 'simulated', secretAccessKey: 'simulated' };
const add = (action: FaultAction, rule: Partial<FaultRule> = {}) =>
  world.simulator.faults.add({ operation: 'ModifyClusterSnapshot', action, ...rule });
const modify = (client: RedshiftClient = world.redshift) =>
  client.send(
    new ModifyClusterSnapshotCommand({
      SnapshotIdentifier: 'analytics-weekly',
      ManualSnapshotRetentionPeriod: 90,
    }),
  );
const effects = () => world.simulator.effects.list().length;
const outcomes = () => world.simulator.log.list().map(({ outcome, fault }) => [outcome, fault]);

describe('a fault', () => {
  it('throttle answers Throttling and does nothing', async () => {
    add({ kind: 'throttle' });
    expect(await refusalOf(modify())).toMatchObject({ name: 'Throttling', code: 'Throttling', status: 400 });
    expect(effects()).toBe(0);
    await modify();
    expect(outcomes()).toEqual([
      ['Throttling', 'fault-1 throttle'],
      ['ok', undefined],
    ]);
  });

  it('error answers any code, with or without the effect', async () => {
    add({ kind: 'error', code: 'InternalFailure', status: 500, message: 'broken' });
    expect(await refusalOf(modify())).toMatchObject({
      name: 'InternalFailure',
      status: 500,
      message: 'broken',
    });
    expect(effects()).toBe(0);
    add({ kind: 'error', code: 'ServiceUnavailable', status: 503, effect: 'kept' });
    expect(await refusalOf(modify())).toMatchObject({ status: 503 });
    expect(effects()).toBe(1);
  });

  it('error with a modelled code has the status of the model', async () => {
    add({ kind: 'error', code: 'ClusterNotFound', status: 400 });
    expect(await refusalOf(modify())).toMatchObject({ name: 'ClusterNotFoundFault', status: 404 });
  });

  it('access-denied names the action', async () => {
    add({ kind: 'access-denied' });
    expect(await refusalOf(modify())).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: expect.stringContaining('redshift:ModifyClusterSnapshot'),
    });
  });

  it('drop-before cuts the connection and does nothing', async () => {
    add({ kind: 'drop-before' });
    expect(await refusalOf(modify())).toMatchObject({ code: undefined, status: undefined });
    expect(effects()).toBe(0);
    expect(outcomes()).toEqual([['dropped', 'fault-1 drop-before']]);
  });

  it('drop-after does the work and loses the answer', async () => {
    add({ kind: 'drop-after' });
    expect(await refusalOf(modify())).toMatchObject({ code: undefined, status: undefined });
    expect(effects()).toBe(1);
    expect(world.simulator.log.list()[0]).toMatchObject({ outcome: 'dropped', effectIds: ['effect-1'] });
  });

  it('drop-after is seen as several attempts of one invocation by an SDK that retries by itself', async () => {
    const eager = new RedshiftClient({ endpoint: world.simulator.url, region: 'eu-central-1', credentials });
    add({ kind: 'drop-after' }, { times: 2 });
    await modify(eager);
    eager.destroy();
    const lines = world.simulator.log.list();
    expect(lines.map(({ attempt }) => attempt)).toEqual([
      'attempt=1; max=3',
      'attempt=2; max=3',
      'attempt=3; max=3',
    ]);
    expect(new Set(lines.map(({ invocationId }) => invocationId)).size).toBe(1);
    expect(lines[0]).toMatchObject({ accessKeyId: 'simulated', service: 'redshift' });
    expect(effects()).toBe(3);
  });

  it('truncate does the work and cuts the answer in its middle', async () => {
    add({ kind: 'truncate' });
    await expect(modify()).rejects.toBeInstanceOf(Error);
    expect(effects()).toBe(1);
  });

  it('hang never answers; the client gives up by itself', async () => {
    const impatient = new RedshiftClient({
      endpoint: world.simulator.url,
      region: 'eu-central-1',
      credentials,
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler({ requestTimeout: 50, throwOnRequestTimeout: true }),
    });
    add({ kind: 'hang' });
    expect(await refusalOf(modify(impatient))).toMatchObject({ name: 'TimeoutError' });
    expect(effects()).toBe(0);
    add({ kind: 'hang', effect: 'kept' });
    expect(await refusalOf(modify(impatient))).toMatchObject({ name: 'TimeoutError' });
    expect(effects()).toBe(1);
    impatient.destroy();
  });

  it('html answers 200 with a page that no client can read', async () => {
    add({ kind: 'html' });
    await expect(modify()).rejects.toBeInstanceOf(Error);
    expect(effects()).toBe(0);
  });

  it('html with a well-formed page is an answer without members to the SDK, not an error', async () => {
    add({ kind: 'html', body: '<html><body>Please wait</body></html>' });
    expect((await modify()).Snapshot).toBeUndefined();
    expect(effects()).toBe(0);
  });

  it('latency delays, and the request then goes well', async () => {
    add({ kind: 'latency', milliseconds: 5 });
    await modify();
    expect(outcomes()).toEqual([['ok', 'fault-1 latency']]);
  });

  it("speaks DynamoDB's and S3's language too", async () => {
    const config = { endpoint: world.simulator.url, region: 'eu-central-1', credentials, maxAttempts: 1 };
    const dynamodb = new DynamoDBClient(config);
    const s3 = new S3Client({ ...config, forcePathStyle: true });
    add({ kind: 'throttle' }, { service: 'dynamodb', operation: 'ListTables' });
    add({ kind: 'access-denied' }, { service: 'dynamodb', operation: 'ListTables' });
    add({ kind: 'access-denied' }, { operation: 'GetObject', match: { Bucket: 'b', Key: 'k' } });
    add({ kind: 'throttle' }, { operation: 'ListBuckets' });
    const list = () => dynamodb.send(new ListTablesCommand({}));
    expect(await refusalOf(list())).toMatchObject({ name: 'ThrottlingException', status: 400 });
    expect(await refusalOf(list())).toMatchObject({ name: 'AccessDeniedException', status: 400 });
    const get = (Key: string) => s3.send(new GetObjectCommand({ Bucket: 'b', Key }));
    expect(await refusalOf(get('other'))).toMatchObject({ name: 'NoSuchBucket', status: 404 });
    expect(await refusalOf(get('k'))).toMatchObject({ name: 'AccessDenied', status: 403 });
    expect(await refusalOf(s3.send(new ListBucketsCommand({})))).toMatchObject({
      name: 'SlowDown',
      status: 503,
    });
    dynamodb.destroy();
    s3.destroy();
  });
});

describe('a fault rule', () => {
  const describeOne = (ClusterIdentifier: string) =>
    world.redshift.send(new DescribeClustersCommand({ ClusterIdentifier }));

  it('fires only for requests with its parameters', async () => {
    add({ kind: 'throttle' }, { operation: 'DescribeClusters', match: { ClusterIdentifier: 'reporting' } });
    await describeOne('analytics');
    expect(await refusalOf(describeOne('reporting'))).toMatchObject({ code: 'Throttling' });
  });

  it('lets some requests pass, then fires as often as it says', async () => {
    const rule = add({ kind: 'throttle' }, { operation: 'DescribeClusters', skip: 1, times: 2 });
    const results = [];
    for (let n = 0; n < 4; n += 1)
      results.push((await Promise.allSettled([describeOne('analytics')]))[0].status);
    expect(results).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(world.simulator.faults.list()).toMatchObject([
      { id: rule.id, matched: 3, fired: 2, exhausted: true },
    ]);
  });

  it('for every operation fires for all of them, always if it says so, and not for other services', async () => {
    add({ kind: 'throttle' }, { operation: '*', times: 'always', service: 'redshift' });
    add({ kind: 'error', code: 'Other' }, { operation: '*', times: 'always', service: 'dynamodb' });
    for (let n = 0; n < 3; n += 1)
      expect(await refusalOf(describeOne('analytics'))).toMatchObject({ code: 'Throttling' });
    const snapshots = world.redshift.send(new DescribeClusterSnapshotsCommand({}));
    expect(await refusalOf(snapshots)).toMatchObject({ code: 'Throttling' });
    expect(world.simulator.faults.remove()).toBe(2);
    await describeOne('analytics');
  });

  it('that could never fire is refused, in tests too', () => {
    expect(() => add({ kind: 'throttle' }, { operation: 'redshift.DescribeClusters' })).toThrow(
      'operation redshift.DescribeClusters is not simulated',
    );
    expect(() => add({ kind: 'throttle' }, { operation: 'DescribeClusters', service: 'dynamodb' })).toThrow(
      'operation DescribeClusters is not simulated in dynamodb',
    );
    expect(world.simulator.faults.list()).toEqual([]);
  });
});
