import {
  CopyClusterSnapshotCommand,
  CreateClusterSnapshotCommand,
  DescribeClusterSnapshotsCommand,
  DescribeTableRestoreStatusCommand,
  RedshiftClient,
  RestoreTableFromClusterSnapshotCommand,
} from '@aws-sdk/client-redshift';
import { startSimulator, type Simulator } from '../../../simulator';
import { refusalOf } from '../support/refusal';

// The default seed on the real SQL engine: what a snapshot holds is really there, and really comes back.

const orderRows = 3200;
let simulator: Simulator;
let redshift: RedshiftClient;
let automated: string;

beforeAll(async () => {
  simulator = await startSimulator({
    settings: { clockSpeed: 0 },
    seedOptions: { orderRows, orderItems: 20 },
  });
  redshift = new RedshiftClient({
    endpoint: simulator.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
    maxAttempts: 1,
  });
  const { Snapshots } = await redshift.send(
    new DescribeClusterSnapshotsCommand({ ClusterIdentifier: 'analytics', SnapshotType: 'automated' }),
  );
  automated = Snapshots?.[0]?.SnapshotIdentifier ?? '';
});
afterAll(async () => {
  redshift.destroy();
  await simulator.close();
});

async function sql(text: string): Promise<{ rows: unknown[][]; error?: string; status: number }> {
  const response = await fetch(`${simulator.url}/_simulator/sql`, {
    method: 'POST',
    body: JSON.stringify({ warehouse: 'analytics', database: 'dev', sql: text }),
  });
  return { ...((await response.json()) as { rows: unknown[][]; error?: string }), status: response.status };
}
const value = async (text: string): Promise<unknown> => (await sql(text)).rows[0]?.[0];
const restore = (input: object) =>
  redshift.send(
    new RestoreTableFromClusterSnapshotCommand({
      ClusterIdentifier: 'analytics',
      SnapshotIdentifier: automated,
      SourceDatabaseName: 'dev',
      SourceTableName: 'orders',
      NewTableName: 'orders_restored',
      ...input,
    }),
  );
/** Lets everything end that was started, the cluster's busy time too. */
const settle = () => simulator.advance(600);

it('the world begins after the accident: about 6 % of the orders are left', async () => {
  expect(await value('select count(*) from public.orders')).toBe(orderRows / 16);
  expect(await value('select count(*) from public.customers')).toBe(2000);
  expect(await value('select count(*) from sales.events')).toBe(5000);
  expect(automated).toMatch(/^rs:analytics-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d$/);
});

it('a restore from a copy of the automated snapshot brings every row back, with the primary key', async () => {
  await redshift.send(
    new CopyClusterSnapshotCommand({
      SourceSnapshotIdentifier: automated,
      TargetSnapshotIdentifier: 'rescue',
    }),
  );
  await simulator.advance(60);
  await restore({ SnapshotIdentifier: 'rescue' });
  expect((await sql('select 1 from public.orders_restored')).error).toContain('does not exist');
  await settle();
  expect(await value('select count(*) from public.orders_restored')).toBe(orderRows);
  expect(
    await value(
      'select count(*) from public.orders o join public.orders_restored r on r.order_id = o.order_id and r.amount = o.amount',
    ),
  ).toBe(orderRows / 16);
  expect(
    (await sql('insert into public.orders_restored select * from public.orders_restored limit 1')).error,
  ).toContain('duplicate key');
  const { TableRestoreStatusDetails } = await redshift.send(new DescribeTableRestoreStatusCommand({}));
  const size = Math.ceil((orderRows * 24_000) / (1024 * 1024));
  expect(TableRestoreStatusDetails).toMatchObject([
    { Status: 'SUCCEEDED', ProgressInMegaBytes: size, TotalDataInMegaBytes: size },
  ]);
});

it('a snapshot made now holds the rows of now, whatever happens afterwards', async () => {
  await redshift.send(
    new CreateClusterSnapshotCommand({
      ClusterIdentifier: 'analytics',
      SnapshotIdentifier: 'after-the-loss',
    }),
  );
  await sql('delete from public.orders');
  await settle();
  await restore({ SnapshotIdentifier: 'after-the-loss', NewTableName: 'orders_left' });
  await settle();
  expect(await value('select count(*) from public.orders_left')).toBe(orderRows / 16);
  expect(await value('select count(*) from public.orders')).toBe(0);
});

it('the interleaved table, a table that is not in the snapshot and one that is in the way are refused', async () => {
  await sql('create table public.late (id int)');
  const refusals = [
    await refusalOf(restore({ SourceTableName: 'clicks', NewTableName: 'clicks_restored' })),
    await refusalOf(restore({ SourceTableName: 'late', NewTableName: 'late_restored' })),
    await refusalOf(restore({ NewTableName: 'customers' })),
  ];
  expect(refusals.map(({ code }) => code)).toEqual([
    'UnsupportedOperation',
    'InvalidTableRestoreArgument',
    'InvalidTableRestoreArgument',
  ]);
});

it('a table made by SQL meanwhile makes the restore fail and is left alone', async () => {
  await restore({ NewTableName: 'in_the_way' });
  await sql('create table public.in_the_way (id int)');
  await settle();
  const { TableRestoreStatusDetails = [] } = await redshift.send(new DescribeTableRestoreStatusCommand({}));
  expect(TableRestoreStatusDetails.at(-1)).toMatchObject({
    Status: 'FAILED',
    Message: 'The target table dev.public.in_the_way already exists.',
  });
  expect(await value('select count(*) from public.in_the_way')).toBe(0);
});

it('failing SQL answers 400 with the message of the engine', async () => {
  expect(await sql('select * from nothing')).toMatchObject({
    status: 400,
    error: expect.stringContaining('relation "nothing" does not exist'),
  });
});

it('a reset brings the seeded world back', async () => {
  await simulator.reset();
  expect(await value('select count(*) from public.orders')).toBe(orderRows / 16);
  expect((await sql('select 1 from public.orders_restored')).error).toContain('does not exist');
});
