import {
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
} from '@aws-sdk/client-redshift-data';
import { refusalOf } from '../support/refusal';
import { startDataWorld, target, type DataWorld } from './data-world';

let world: DataWorld;
beforeAll(async () => {
  world = await startDataWorld({}, ['create table public.t (id int)']);
});
afterAll(() => world.close());

const submit = async (Sql: string) =>
  (await world.data.send(new ExecuteStatementCommand({ ...target, Sql }))).Id;
const cancel = (Id: string | undefined) => world.data.send(new CancelStatementCommand({ Id }));
const describeIt = (Id: string | undefined, WaitTimeSeconds?: number) =>
  world.data.send(new DescribeStatementCommand({ Id, WaitTimeSeconds }));

/** Resolves when the simulator has the request in hand, so that time moves while it waits. */
async function arrived(operation: string, count: number): Promise<void> {
  while (world.simulator.log.list({ operation }).length < count) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('CancelStatement', () => {
  it('aborts a running statement, of which nothing remains', async () => {
    const Id = await submit('insert into public.t values (1)');
    await world.simulator.advance(9);
    expect(await cancel(Id)).toMatchObject({ Status: true });
    expect(await describeIt(Id)).toMatchObject({ Status: 'ABORTED', HasResultSet: false, ResultRows: -1 });
    await world.simulator.advance(60);
    expect(await world.rows('select count(*) from public.t')).toEqual([[{ longValue: 0 }]]);
    expect(world.effects('CancelStatement')).toEqual([Id]);
  });

  it('answers false for a statement that has finished or failed', async () => {
    const finished = await world.finish('select 1');
    const failed = await world.finish('select 1/0');
    expect(await cancel(finished.Id)).toMatchObject({ Status: false });
    expect(await cancel(failed.Id)).toMatchObject({ Status: false });
    expect(await describeIt(finished.Id)).toMatchObject({ Status: 'FINISHED' });
  });

  it('refuses to abort a statement twice', async () => {
    const Id = await submit('select 1');
    await cancel(Id);
    expect(await refusalOf(cancel(Id))).toMatchObject({
      name: 'ValidationException',
      message: `Could not cancel a query that is already in ABORTED state with ID: ${Id}`,
    });
  });

  it('does not find a statement that was never made', async () => {
    const Id = '00000000-0000-0000-0000-000000000000';
    await expect(cancel(Id)).rejects.toMatchObject({ name: 'ResourceNotFoundException', ResourceId: Id });
  });
});

describe('WaitTimeSeconds', () => {
  it('holds DescribeStatement until the statement has ended', async () => {
    const Id = await submit('select 1');
    const before = world.simulator.log.list({ operation: 'DescribeStatement' }).length;
    const described = describeIt(Id, 30);
    await arrived('DescribeStatement', before + 1);
    await world.simulator.advance(10);
    expect(await described).toMatchObject({ Status: 'FINISHED' });
    expect(world.simulator.log.list({ operation: 'DescribeStatement' })).toHaveLength(before + 1);
  });

  it('lets go when its time is up, with the statement still running', async () => {
    const Id = await submit('select 1');
    const before = world.simulator.log.list({ operation: 'DescribeStatement' }).length;
    const described = describeIt(Id, 5);
    await arrived('DescribeStatement', before + 1);
    await world.simulator.advance(5);
    expect(await described).toMatchObject({ Status: 'STARTED' });
  });

  it('ends early when the statement is cancelled', async () => {
    const Id = await submit('select 1');
    const before = world.simulator.log.list({ operation: 'DescribeStatement' }).length;
    const described = describeIt(Id, 30);
    await arrived('DescribeStatement', before + 1);
    await cancel(Id);
    expect(await described).toMatchObject({ Status: 'ABORTED' });
  });

  it('works on ExecuteStatement and GetStatementResult as well', async () => {
    world.simulator.world.clock.speed = 100;
    const executed = await world.data.send(
      new ExecuteStatementCommand({ ...target, Sql: 'select 7', WaitTimeSeconds: 30 }),
    );
    expect(executed).toMatchObject({ Status: 'FINISHED', HasResultSet: true });
    const Id = await submit('select 8');
    const result = await world.data.send(new GetStatementResultCommand({ Id, WaitTimeSeconds: 30 }));
    expect(result.Records).toEqual([[{ longValue: 8 }]]);
    world.simulator.world.clock.speed = 0;
  });
});
