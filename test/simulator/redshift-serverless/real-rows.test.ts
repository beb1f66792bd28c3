import {
  DescribeTableCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  ListTablesCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import {
  ConvertRecoveryPointToSnapshotCommand,
  ListRecoveryPointsCommand,
  ListTableRestoreStatusCommand,
  RedshiftServerlessClient,
  RestoreTableFromRecoveryPointCommand,
  RestoreTableFromSnapshotCommand,
} from '@aws-sdk/client-redshift-serverless';
import { startSimulator, type Simulator } from '../../../simulator';
import { refusalOf } from '../support/refusal';

// Namespace `adhoc` of the default seed on the real SQL engine, spoken to as a user does: Serverless API and Data API.

const eventRows = 400;
const target = { WorkgroupName: 'adhoc', Database: 'dev' };
let simulator: Simulator;
let serverless: RedshiftServerlessClient;
let data: RedshiftDataClient;
/** Oldest first. */
let points: string[];

beforeAll(async () => {
  simulator = await startSimulator({
    settings: { clockSpeed: 0, statementSeconds: 1 },
    seedOptions: { orderRows: 16, orderItems: 1, eventRows },
  });
  const config = {
    endpoint: simulator.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
    maxAttempts: 1,
  };
  serverless = new RedshiftServerlessClient(config);
  data = new RedshiftDataClient(config);
  const { recoveryPoints = [] } = await serverless.send(
    new ListRecoveryPointsCommand({ namespaceName: 'adhoc' }),
  );
  points = recoveryPoints.map(({ recoveryPointId }) => recoveryPointId ?? '');
});
afterAll(async () => {
  serverless.destroy();
  data.destroy();
  await simulator.close();
});

async function run(Sql: string) {
  const { Id } = await data.send(new ExecuteStatementCommand({ ...target, Sql }));
  await simulator.advance(1);
  return Id;
}
async function count(table: string): Promise<number | undefined> {
  const Id = await run(`select count(*) from ${table}`);
  const { Records } = await data.send(new GetStatementResultCommand({ Id }));
  return Records?.[0]?.[0]?.longValue;
}
const asked = {
  namespaceName: 'adhoc',
  workgroupName: 'adhoc',
  sourceDatabaseName: 'dev',
  sourceTableName: 'events_live',
};
async function restore(recoveryPointId: string | undefined, newTableName: string): Promise<void> {
  await serverless.send(
    new RestoreTableFromRecoveryPointCommand({ ...asked, recoveryPointId, newTableName }),
  );
  await simulator.advance(300);
}

it('the seed has three recovery points and a table that has lost its rows', async () => {
  expect(points).toHaveLength(3);
  expect(await count('public.events_live')).toBe(eventRows * 0.05);
});

it('the Data API lists and describes tables of a workgroup', async () => {
  const { Tables } = await data.send(new ListTablesCommand({ ...target, SchemaPattern: 'public' }));
  expect(Tables?.map(({ name }) => name)).toEqual(['events_live', 'page_views']);
  const described = await data.send(
    new DescribeTableCommand({ ...target, Schema: 'public', Table: 'events_live' }),
  );
  expect(described.ColumnList?.map(({ name, typeName }) => [name, typeName])).toContainEqual([
    'payload',
    'super',
  ]);
});

it('the Data API does not know a workgroup that is not there', async () => {
  const elsewhere = new ExecuteStatementCommand({
    WorkgroupName: 'nowhere',
    Database: 'dev',
    Sql: 'select 1',
  });
  expect(await refusalOf(data.send(elsewhere))).toMatchObject({ name: 'ValidationException' });
});

it('a table with an interleaved sort key is refused', async () => {
  const clicks = new RestoreTableFromRecoveryPointCommand({
    ...asked,
    recoveryPointId: points[1],
    sourceTableName: 'page_views',
    newTableName: 'views_restored',
  });
  expect(await refusalOf(serverless.send(clicks))).toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('interleaved'),
  });
});

it('each recovery point brings back the rows of its own moment: the newest is later than the loss', async () => {
  const rows: (number | undefined)[] = [];
  for (const [index, point] of points.entries()) {
    await restore(point, `events_${index}`);
    rows.push(await count(`public.events_${index}`));
  }
  expect(rows).toEqual([eventRows * 0.8, eventRows, eventRows * 0.05]);
  const { tableRestoreStatuses } = await serverless.send(new ListTableRestoreStatusCommand({}));
  expect(tableRestoreStatuses?.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
});

it('the snapshot of five days ago brings back fewer', async () => {
  await serverless.send(
    new RestoreTableFromSnapshotCommand({
      ...asked,
      snapshotName: 'adhoc-weekly',
      newTableName: 'events_weekly',
    }),
  );
  await simulator.advance(300);
  expect(await count('public.events_weekly')).toBe(eventRows * 0.6);
});

it('a recovery point that the clock makes holds what was there then', async () => {
  await run(
    'insert into public.events_live select * from public.events_1 where event_id between 100 and 109',
  );
  await simulator.advance(1800);
  await run('delete from public.events_live');
  const { recoveryPoints } = await serverless.send(new ListRecoveryPointsCommand({ namespaceName: 'adhoc' }));
  await restore(recoveryPoints?.at(-1)?.recoveryPointId, 'events_newest');
  expect(await count('public.events_newest')).toBe(eventRows * 0.05 + 10);
});

it('a recovery point kept as a snapshot still has its rows a day later, when all of them have ended', async () => {
  await serverless.send(
    new ConvertRecoveryPointToSnapshotCommand({ recoveryPointId: points[1], snapshotName: 'kept' }),
  );
  await simulator.advance(86_400);
  const late = new RestoreTableFromRecoveryPointCommand({
    ...asked,
    recoveryPointId: points[1],
    newTableName: 'too_late',
  });
  expect(await refusalOf(serverless.send(late))).toMatchObject({ name: 'ResourceNotFoundException' });
  await serverless.send(
    new RestoreTableFromSnapshotCommand({ ...asked, snapshotName: 'kept', newTableName: 'events_kept' }),
  );
  await simulator.advance(300);
  expect(await count('public.events_kept')).toBe(eventRows);
});
