import {
  CancelStatementCommand,
  ExecuteStatementCommand,
  ListStatementsCommand,
  RedshiftDataClient,
  paginateListStatements,
  type ListStatementsRequest,
} from '@aws-sdk/client-redshift-data';
import { refusalOf } from '../support/refusal';
import { startDataWorld, target, type DataWorld } from './data-world';

let world: DataWorld;
beforeAll(async () => {
  world = await startDataWorld();
  await world.finish('select 1', { StatementName: 'run-1/verify' });
  await world.finish('select 2', { StatementName: 'run-1/verify/columns' });
  await world.finish('select 1/0', { StatementName: 'run-2/verify' });
  const { Id } = await world.data.send(
    new ExecuteStatementCommand({ ...target, Sql: 'select 4', StatementName: 'run-3' }),
  );
  await world.data.send(new CancelStatementCommand({ Id }));
  await world.data.send(new ExecuteStatementCommand({ ...target, Sql: 'select 5', StatementName: 'run-4' }));
});
afterAll(() => world.close());

const list = async (input: ListStatementsRequest = {}) => {
  const { Statements = [] } = await world.data.send(new ListStatementsCommand(input));
  return Statements.map(({ StatementName, Status }) => `${StatementName} ${Status}`);
};

describe('ListStatements', () => {
  it('shows only finished statements unless told otherwise, newest first', async () => {
    expect(await list()).toEqual(['run-1/verify/columns FINISHED', 'run-1/verify FINISHED']);
  });

  it('shows every state with Status ALL', async () => {
    expect(await list({ Status: 'ALL' })).toEqual([
      'run-4 SUBMITTED',
      'run-3 ABORTED',
      'run-2/verify FAILED',
      'run-1/verify/columns FINISHED',
      'run-1/verify FINISHED',
    ]);
  });

  it('shows one state when asked', async () => {
    expect(await list({ Status: 'FAILED' })).toEqual(['run-2/verify FAILED']);
    expect(await list({ Status: 'SUBMITTED' })).toEqual(['run-4 SUBMITTED']);
  });

  it('finds statements by the beginning of their name, case-sensitively', async () => {
    expect(await list({ StatementName: 'run-1' })).toHaveLength(2);
    expect(await list({ StatementName: 'run-1/verify/' })).toEqual(['run-1/verify/columns FINISHED']);
    expect(await list({ StatementName: 'RUN-1' })).toEqual([]);
  });

  it('filters by cluster and database', async () => {
    expect(await list({ ClusterIdentifier: 'analytics', Database: 'dev' })).toHaveLength(2);
    expect(await list({ ClusterIdentifier: 'reporting' })).toEqual([]);
    expect(await list({ Database: 'other' })).toEqual([]);
  });

  it('pages', async () => {
    const pages = [];
    const input = { Status: 'ALL' as const };
    for await (const { Statements } of paginateListStatements({ client: world.data, pageSize: 2 }, input)) {
      pages.push(Statements?.map(({ StatementName }) => StatementName));
    }
    expect(pages).toEqual([['run-4', 'run-3'], ['run-2/verify', 'run-1/verify/columns'], ['run-1/verify']]);
  });

  it('without role level shows only those of the same session', async () => {
    const other = new RedshiftDataClient({
      endpoint: world.simulator.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'another', secretAccessKey: 'secret' },
    });
    const found = async (RoleLevel: boolean) =>
      (await other.send(new ListStatementsCommand({ RoleLevel }))).Statements;
    expect(await found(true)).toHaveLength(2);
    expect(await found(false)).toEqual([]);
    other.destroy();
  });

  it('shows the list of a moment ago under a stale fault', async () => {
    world.simulator.faults.add({
      service: 'redshift-data',
      operation: 'ListStatements',
      action: { kind: 'stale', seconds: 15 },
    });
    expect(await list({ Status: 'ALL' })).toEqual(['run-1/verify/columns FINISHED', 'run-1/verify FINISHED']);
    expect(await list({ Status: 'ALL' })).toHaveLength(5);
  });

  it('refuses an unknown status and too large a page', async () => {
    const Status = 'DONE' as 'ALL';
    expect(await refusalOf(world.data.send(new ListStatementsCommand({ Status })))).toMatchObject({
      name: 'ValidationException',
    });
    expect(await refusalOf(world.data.send(new ListStatementsCommand({ MaxResults: 101 })))).toMatchObject({
      name: 'ValidationException',
    });
  });
});
