import {
  GetTableRestoreStatusCommand,
  ListTableRestoreStatusCommand,
  RestoreTableFromSnapshotCommand,
  paginateListTableRestoreStatus,
  type ListTableRestoreStatusRequest,
} from '@aws-sdk/client-redshift-serverless';
import { refusalOf } from '../support/refusal';
import { startServerlessWorld, type ServerlessWorld } from '../support/serverless-world';

let world: ServerlessWorld;
beforeEach(async () => {
  world = await startServerlessWorld({ serverlessRestoreQueueLength: 9 });
});
afterEach(() => world.close());

async function restore(newTableName: string, name = 'adhoc') {
  const { tableRestoreStatus } = await world.serverless.send(
    new RestoreTableFromSnapshotCommand({
      namespaceName: name,
      workgroupName: name,
      snapshotName: `${name}-weekly`,
      sourceDatabaseName: 'dev',
      sourceTableName: 'events',
      newTableName,
    }),
  );
  return tableRestoreStatus?.tableRestoreRequestId ?? '';
}
const get = (tableRestoreRequestId: string) =>
  world.serverless.send(new GetTableRestoreStatusCommand({ tableRestoreRequestId }));
async function listed(input: ListTableRestoreStatusRequest = {}) {
  const { tableRestoreStatuses } = await world.serverless.send(new ListTableRestoreStatusCommand(input));
  return tableRestoreStatuses?.map(({ newTableName }) => newTableName);
}

describe('GetTableRestoreStatus', () => {
  it('answers ResourceNotFoundException for an id that nobody has', async () => {
    const error = await get('nothing').catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      name: 'ResourceNotFoundException',
      resourceName: 'nothing',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('has the time of the request on the wire as a number, unlike the times of snapshots', async () => {
    const id = await restore('first');
    const response = await fetch(world.simulator.url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'RedshiftServerless.GetTableRestoreStatus',
        'content-type': 'application/x-amz-json-1.1',
      },
      body: JSON.stringify({ tableRestoreRequestId: id }),
    });
    expect(await response.json()).toMatchObject({
      tableRestoreStatus: { requestTime: Date.parse('2026-03-01T12:00:00Z') / 1000 },
    });
  });

  it('does not find a new request in a stale look', async () => {
    const id = await restore('first');
    world.simulator.faults.add({ operation: 'GetTableRestoreStatus', action: { kind: 'stale', seconds: 5 } });
    expect(await refusalOf(get(id))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await get(id)).tableRestoreStatus).toMatchObject({ status: 'PENDING' });
  });
});

describe('ListTableRestoreStatus', () => {
  it('has all requests in their order, those that ended too', async () => {
    await restore('first');
    await world.simulator.advance(600);
    await restore('second', 'science');
    await restore('third');
    expect(await listed()).toEqual(['first', 'second', 'third']);
  });

  it('goes by namespace, by workgroup, and by both', async () => {
    await restore('first');
    await world.simulator.advance(1);
    await restore('second', 'science');
    expect(await listed({ namespaceName: 'science' })).toEqual(['second']);
    expect(await listed({ workgroupName: 'adhoc' })).toEqual(['first']);
    expect(await listed({ workgroupName: 'adhoc', namespaceName: 'science' })).toEqual([]);
  });

  it.each([{ namespaceName: 'nowhere' }, { workgroupName: 'nowhere' }])(
    'answers ResourceNotFoundException for %j',
    async (input) => {
      expect(await refusalOf(listed(input))).toMatchObject({ name: 'ResourceNotFoundException' });
    },
  );

  it('comes page by page, also while new requests arrive', async () => {
    for (const name of ['a', 'b', 'c']) {
      await restore(name);
      await world.simulator.advance(1);
    }
    const pages: (string | undefined)[][] = [];
    for await (const { tableRestoreStatuses = [] } of paginateListTableRestoreStatus(
      { client: world.serverless, pageSize: 2 },
      { namespaceName: 'adhoc' },
    )) {
      pages.push(tableRestoreStatuses.map(({ newTableName }) => newTableName));
      if (pages.length === 1) await restore('d');
    }
    expect(pages).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('has an error of its own for a token that it never gave', async () => {
    expect(await refusalOf(listed({ nextToken: 'made-up-token' }))).toMatchObject({
      name: 'InvalidPaginationException',
      status: 400,
    });
    expect(await refusalOf(listed({ nextToken: 'short' }))).toMatchObject({ name: 'ValidationException' });
  });

  it('shows a new request only after the lag of lists, while it is found by its id at once', async () => {
    world.simulator.world.settings.listLagSeconds = 5;
    const id = await restore('first');
    expect(await listed()).toEqual([]);
    expect((await get(id)).tableRestoreStatus).toMatchObject({ status: 'PENDING' });
    await world.simulator.advance(5);
    expect(await listed()).toEqual(['first']);
  });
});
