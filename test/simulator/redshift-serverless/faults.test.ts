import { GetWorkgroupCommand } from '@aws-sdk/client-redshift-serverless';
import { DescribeClustersCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import { DescribeStatementCommand, RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { refusalOf } from '../support/refusal';
import { startServerlessWorld, type ServerlessWorld } from '../support/serverless-world';

let world: ServerlessWorld;
beforeEach(async () => {
  world = await startServerlessWorld();
});
afterEach(() => world.close());

const look = (workgroupName = 'adhoc') => world.serverless.send(new GetWorkgroupCommand({ workgroupName }));
const config = () => ({
  endpoint: world.simulator.url,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
  maxAttempts: 1,
});

describe('a throttle of Redshift Serverless', () => {
  it('is ThrottlingException with status 429', async () => {
    world.simulator.faults.add({ operation: 'GetWorkgroup', action: { kind: 'throttle' } });
    expect(await refusalOf(look())).toMatchObject({ name: 'ThrottlingException', status: 429 });
  });

  it('can come wrapped in a ValidationException that only its text gives away', async () => {
    world.simulator.faults.add({ operation: 'GetWorkgroup', action: { kind: 'throttle', wrapped: true } });
    expect(await refusalOf(look())).toMatchObject({
      name: 'ValidationException',
      status: 400,
      message: expect.stringContaining('Service returned error code ThrottlingException'),
    });
    expect((await look()).workgroup?.status).toBe('AVAILABLE');
  });

  it('can come wrapped through the Data API as well, but not from Redshift itself', async () => {
    world.simulator.faults.add({ operation: '*', times: 2, action: { kind: 'throttle', wrapped: true } });
    const data = new RedshiftDataClient(config());
    const redshift = new RedshiftClient(config());
    try {
      const id = 'd9b6c0c9-0747-4bf4-b142-e8883122f766';
      expect(await refusalOf(data.send(new DescribeStatementCommand({ Id: id })))).toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining('ThrottlingException'),
      });
      expect(await refusalOf(redshift.send(new DescribeClustersCommand({})))).toMatchObject({
        code: 'Throttling',
      });
    } finally {
      data.destroy();
      redshift.destroy();
    }
  });
});

it('access denied names the action in the words of the service', async () => {
  world.simulator.faults.add({ operation: 'GetWorkgroup', action: { kind: 'access-denied' } });
  expect(await refusalOf(look())).toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('not authorized to perform: redshift-serverless:GetWorkgroup'),
  });
});

it('client errors have the status of the model, or 400 as on the API pages', async () => {
  expect(await refusalOf(look('nowhere'))).toMatchObject({ status: 404 });
  world.simulator.world.settings.jsonErrorStatus = '400';
  expect(await refusalOf(look('nowhere'))).toMatchObject({ name: 'ResourceNotFoundException', status: 400 });
});

it('an operation that is not simulated is refused by its name', async () => {
  const response = await fetch(world.simulator.url, {
    method: 'POST',
    headers: {
      'x-amz-target': 'RedshiftServerless.DeleteNamespace',
      'content-type': 'application/x-amz-json-1.1',
    },
    body: JSON.stringify({ namespaceName: 'adhoc' }),
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('UnknownOperationException');
});

it('the state report shows namespaces, recovery points, snapshots and restores', async () => {
  const response = await fetch(`${world.simulator.url}/_simulator/state`);
  expect(await response.json()).toMatchObject({
    redshiftServerless: {
      namespaces: [{ name: 'adhoc', status: 'AVAILABLE' }, { name: 'science' }],
      workgroups: [{ name: 'adhoc', namespace: 'adhoc' }, { name: 'science' }],
      recoveryPoints: [{ id: world.points[0].id, megaBytes: 1010 }, {}, {}, {}],
      snapshots: [{ name: 'adhoc-weekly', status: 'AVAILABLE' }, { name: 'science-weekly' }],
      tableRestores: [],
    },
  });
});
