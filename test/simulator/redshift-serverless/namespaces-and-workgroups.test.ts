import {
  GetNamespaceCommand,
  GetWorkgroupCommand,
  ListNamespacesCommand,
  ListWorkgroupsCommand,
  paginateListNamespaces,
  paginateListWorkgroups,
} from '@aws-sdk/client-redshift-serverless';
import { refusalOf } from '../support/refusal';
import { hoursAgo, startServerlessWorld, type ServerlessWorld } from '../support/serverless-world';

let world: ServerlessWorld;
beforeAll(async () => {
  world = await startServerlessWorld();
});
afterAll(() => world.close());

describe('GetNamespace', () => {
  it('shows the first database, the administrator, the state and the ARN', async () => {
    const { namespace } = await world.serverless.send(new GetNamespaceCommand({ namespaceName: 'adhoc' }));
    expect(namespace).toMatchObject({
      namespaceName: 'adhoc',
      dbName: 'dev',
      adminUsername: 'admin',
      status: 'AVAILABLE',
      creationDate: hoursAgo(2000),
      namespaceArn: `arn:aws:redshift-serverless:eu-central-1:123456789012:namespace/${namespace?.namespaceId}`,
    });
  });

  it('answers ResourceNotFoundException with the name for a namespace that is not there', async () => {
    const error = await world.serverless
      .send(new GetNamespaceCommand({ namespaceName: 'nowhere' }))
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      name: 'ResourceNotFoundException',
      resourceName: 'nowhere',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('GetWorkgroup', () => {
  it('leads to its namespace and shows endpoint, capacity and the case-sensitivity parameter', async () => {
    const { workgroup } = await world.serverless.send(new GetWorkgroupCommand({ workgroupName: 'adhoc' }));
    expect(workgroup).toMatchObject({
      workgroupName: 'adhoc',
      namespaceName: 'adhoc',
      status: 'AVAILABLE',
      baseCapacity: 8,
      creationDate: hoursAgo(2000),
      endpoint: { address: 'adhoc.123456789012.eu-central-1.redshift-serverless.amazonaws.com', port: 5439 },
    });
    expect(workgroup?.configParameters).toContainEqual({
      parameterKey: 'enable_case_sensitive_identifier',
      parameterValue: 'false',
    });
  });

  it('answers ResourceNotFoundException for a workgroup that is not there', async () => {
    expect(
      await refusalOf(world.serverless.send(new GetWorkgroupCommand({ workgroupName: 'nowhere' }))),
    ).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
  });
});

it.each(['', 'ab', 'Adhoc', 'ad_hoc', 'a'.repeat(65)])(
  'the name %j is refused as a namespace and as a workgroup, not looked for',
  async (name) => {
    const refusals = [
      await refusalOf(world.serverless.send(new GetNamespaceCommand({ namespaceName: name }))),
      await refusalOf(world.serverless.send(new GetWorkgroupCommand({ workgroupName: name }))),
    ];
    expect(refusals.map((refusal) => [refusal.name, refusal.status])).toEqual([
      ['ValidationException', 400],
      ['ValidationException', 400],
    ]);
    expect(refusals[0]?.message).toContain("at 'namespaceName' failed to satisfy constraint");
    expect(refusals[1]?.message).toContain("at 'workgroupName' failed to satisfy constraint");
  },
);

it('namespaces and workgroups are listed page by page', async () => {
  const names: (string | undefined)[] = [];
  let pages = 0;
  const config = { client: world.serverless, pageSize: 1 };
  for await (const { namespaces = [] } of paginateListNamespaces(config, {})) {
    pages += 1;
    names.push(...namespaces.map(({ namespaceName }) => namespaceName));
  }
  for await (const { workgroups = [] } of paginateListWorkgroups(config, {})) {
    pages += 1;
    names.push(...workgroups.map(({ workgroupName }) => workgroupName));
  }
  expect(names).toEqual(['adhoc', 'science', 'adhoc', 'science']);
  expect(pages).toBe(4);
});

it('workgroups of another account are none', async () => {
  const list = (ownerAccount: string) => world.serverless.send(new ListWorkgroupsCommand({ ownerAccount }));
  expect((await list('999999999999')).workgroups).toEqual([]);
  expect((await list('123456789012')).workgroups).toHaveLength(2);
});

it.each([0, 101])('a page of %d is refused', async (maxResults) => {
  expect(await refusalOf(world.serverless.send(new ListNamespacesCommand({ maxResults })))).toMatchObject({
    name: 'ValidationException',
  });
});

it('a token of another list is refused', async () => {
  const { nextToken } = await world.serverless.send(new ListNamespacesCommand({ maxResults: 1 }));
  expect(await refusalOf(world.serverless.send(new ListWorkgroupsCommand({ nextToken })))).toMatchObject({
    name: 'ValidationException',
    message: 'The nextToken is not valid.',
  });
});
