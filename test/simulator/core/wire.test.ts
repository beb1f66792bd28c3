import { startRedshiftWorld, type RedshiftWorld } from '../support/redshift-world';

// What a client that is no AWS SDK sees: raw HTTP.

let world: RedshiftWorld;
beforeAll(async () => {
  world = await startRedshiftWorld();
});
afterAll(() => world.close());

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const post = (headers: Record<string, string>, body: string) =>
  fetch(world.simulator.url, { method: 'POST', headers, body });

it('answers an unknown action with InvalidAction, and logs it', async () => {
  const response = await post(form, 'Action=DropEverything&Version=2012-12-01');
  const body = await response.text();
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('text/xml');
  expect(body).toMatch(
    /^<ErrorResponse .*<Type>Sender<\/Type><Code>InvalidAction<\/Code>.*<RequestId>[0-9a-f-]{36}</,
  );
  expect(world.simulator.log.list({ operation: 'DropEverything' })).toMatchObject([
    { outcome: 'InvalidAction' },
  ]);
});

it.each([
  ['an operation of a known service', 'DynamoDB_20120810.DropEverything'],
  ['an operation that is inherited by every object', 'DynamoDB_20120810.constructor'],
  ['an unknown service', 'Nothing.ListTables'],
  ['a target without a dot', 'ListTables'],
])('answers %s with UnknownOperationException', async (_what, target) => {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  const response = await post(headers, '{}');
  expect(response.status).toBe(400);
  expect(response.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
  expect(await response.json()).toMatchObject({
    __type: 'com.amazon.coral.service#UnknownOperationException',
  });
});

it.each([
  ['no JSON', '{"TableName":', 'SerializationException'],
  ['a number for a name', '{"TableName": 7}', 'SerializationException'],
  ['a list for a structure', '[]', 'SerializationException'],
  ['no table name', '{}', 'ValidationException'],
])('refuses a JSON body with %s', async (_what, body, code) => {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'DynamoDB_20120810.DescribeTable',
  };
  const response = await post(headers, body);
  expect(response.status).toBe(400);
  expect(response.headers.get('x-amzn-errortype')).toBe(code);
});

it('answers a query in XML with a request id, also when asked by GET', async () => {
  const query = 'Action=DescribeClusters&ClusterIdentifier=analytics';
  for (const response of [await post(form, query), await fetch(`${world.simulator.url}/?${query}`)]) {
    const body = await response.text();
    expect(body).toMatch(
      /^<DescribeClustersResponse xmlns="http:\/\/redshift.amazonaws.com\/doc\/2012-12-01\/"><DescribeClustersResult><Clusters><Cluster>/,
    );
    expect(body).toMatch(/<ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId><\/ResponseMetadata>/);
  }
});

it('understands lists by member name and lists that always say member', async () => {
  for (const list of ['TagKeys.TagKey.1=team', 'TagKeys.member.1=team']) {
    const body = await (await post(form, `Action=DescribeClusterSnapshots&${list}`)).text();
    expect(body).toContain('<Snapshots></Snapshots>');
  }
});

it.each([
  ['MaxRecords=many', 'InvalidParameterValue'],
  ['StartTime=yesterday', 'InvalidParameterValue'],
  ['ClusterExists=perhaps', 'InvalidParameterValue'],
])('refuses the parameter %s', async (parameter, code) => {
  expect(await (await post(form, `Action=DescribeClusterSnapshots&${parameter}`)).text()).toContain(
    `<Code>${code}</Code>`,
  );
});

it('tells the real time in its Date header, however far virtual time is', async () => {
  const response = await post(form, 'Action=DescribeClusters');
  const difference = Math.abs(new Date(response.headers.get('date') ?? 0).getTime() - Date.now());
  expect(difference).toBeLessThan(60_000);
  expect(world.simulator.world.clock.now().getUTCFullYear()).toBe(2026);
});

it('answers a path that cannot be decoded as S3 does', async () => {
  const response = await fetch(`${world.simulator.url}/bucket/%E0%A4%A`);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('<Code>InvalidURI</Code>');
});

it('listens on the loopback address only', () => {
  expect(world.simulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});
