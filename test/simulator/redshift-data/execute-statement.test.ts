import { DescribeStatementCommand, ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import { refusalOf } from '../support/refusal';
import { startDataWorld, target, type DataWorld } from './data-world';

let world: DataWorld;
beforeAll(async () => {
  world = await startDataWorld({}, [
    'create table public.orders (id int not null, note varchar(20))',
    "insert into public.orders values (1, 'one'), (2, 'two'), (3, 'it''s :id')",
  ]);
});
afterAll(() => world.close());

const execute = (more: object = {}) =>
  world.data.send(new ExecuteStatementCommand({ ...target, Sql: 'select 1', ...more }));

describe('ExecuteStatement', () => {
  it('answers at once, with an id, before anything ran', async () => {
    const answer = await execute({ Sql: 'create table public.later (id int)', DbUser: 'ada' });
    expect(answer).toMatchObject({
      Id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      ClusterIdentifier: 'analytics',
      Database: 'dev',
      DbUser: 'ada',
      CreatedAt: new Date('2026-03-01T12:00:00Z'),
      Status: 'SUBMITTED',
    });
    const warehouse = await world.simulator.world.warehouse('analytics');
    expect(await warehouse.table({ database: 'dev', schema: 'public', table: 'later' })).toBeUndefined();
    await world.simulator.advance(10);
    expect(await warehouse.table({ database: 'dev', schema: 'public', table: 'later' })).toMatchObject({
      rows: 0,
    });
  });

  it('goes from SUBMITTED over PICKED and STARTED to FINISHED', async () => {
    const { Id } = await execute();
    const seen: (string | undefined)[] = [];
    for (const seconds of [0, 1, 1, 8]) {
      await world.simulator.advance(seconds);
      const { Status } = await world.data.send(new DescribeStatementCommand({ Id }));
      seen.push(Status);
    }
    expect(seen).toEqual(['SUBMITTED', 'PICKED', 'STARTED', 'FINISHED']);
  });

  it('replaces named parameters, and leaves literals, comments and casts alone', async () => {
    const rows = await world.rows(
      "select note, ':id' /* :id */, :id::varchar from orders where id = :id and note <> ':id' -- :id",
      { Parameters: [{ name: 'id', value: '2' }] },
    );
    expect(rows).toEqual([[{ stringValue: 'two' }, { stringValue: ':id' }, { stringValue: '2' }]]);
  });

  it('never reads a parameter value as SQL', async () => {
    const value = "1'; drop table public.orders; --\\";
    expect(await world.rows('select :v', { Parameters: [{ name: 'v', value }] })).toEqual([
      [{ stringValue: value }],
    ]);
    expect(await world.rows('select count(*) from public.orders')).toEqual([[{ longValue: 3 }]]);
  });

  it('reads a backslash in a literal as an escape, as Redshift does', async () => {
    expect(await world.rows("select 'it\\'s'")).toEqual([[{ stringValue: "it's" }]]);
  });

  it('ends as FAILED with the text of the database', async () => {
    expect(await world.finish('select * from public.nowhere')).toMatchObject({
      Status: 'FAILED',
      Error: 'ERROR: relation "public.nowhere" does not exist',
      HasResultSet: false,
      ResultRows: -1,
      ResultSize: -1,
    });
  });

  it('ends as FAILED when it holds more than one statement', async () => {
    expect(await world.finish('select 1; select 2')).toMatchObject({
      Status: 'FAILED',
      Error: 'ERROR: cannot insert multiple commands into a prepared statement',
    });
  });

  it('ends as FAILED in a database that does not exist', async () => {
    expect(await world.finish('select 1', { Database: 'nowhere' })).toMatchObject({
      Status: 'FAILED',
      Error: 'FATAL: database "nowhere" does not exist',
    });
  });

  it('ends as FAILED for a :name that was given no value beside others', async () => {
    const ended = await world.finish('select :a, :b', { Parameters: [{ name: 'a', value: '1' }] });
    expect(ended).toMatchObject({ Status: 'FAILED', Error: 'ERROR: syntax error at or near ":"' });
  });

  it('leaves nothing of one session to the next', async () => {
    await world.finish('create temp table scratch (id int)');
    await world.finish("set search_path to 'nowhere'");
    expect(await world.finish('select * from scratch')).toMatchObject({ Status: 'FAILED' });
    expect(await world.rows('select count(*) from orders')).toEqual([[{ longValue: 3 }]]);
  });

  it('ends as a terminal fault says, without running the SQL', async () => {
    world.simulator.faults.add({
      service: 'redshift-data',
      operation: 'ExecuteStatement',
      action: { kind: 'terminal', status: 'FAILED', message: 'ERROR: Serializable isolation violation' },
    });
    expect(await world.finish('delete from public.orders')).toMatchObject({
      Status: 'FAILED',
      Error: 'ERROR: Serializable isolation violation',
    });
    expect(await world.rows('select count(*) from orders')).toEqual([[{ longValue: 3 }]]);
  });
});

describe('ClientToken', () => {
  it('makes a repeated request the same statement with one effect', async () => {
    const request = { Sql: "insert into public.orders values (9, 'nine')", ClientToken: 'token-insert' };
    const first = await execute(request);
    const second = await execute(request);
    await world.simulator.advance(10);
    const third = await execute({ ...request, WaitTimeSeconds: 1 });
    expect([second.Id, third.Id]).toEqual([first.Id, first.Id]);
    expect(await world.rows('select count(*) from orders where id = 9')).toEqual([[{ longValue: 1 }]]);
    expect(world.effects('ExecuteStatement').filter((key) => key === 'token-insert')).toHaveLength(1);
    await world.finish('delete from orders where id = 9');
  });

  it('keeps one effect when the answer to the first request is lost', async () => {
    world.simulator.faults.add({
      service: 'redshift-data',
      operation: 'ExecuteStatement',
      action: { kind: 'drop-after' },
    });
    const request = { Sql: "insert into public.orders values (8, 'eight')", ClientToken: 'token-lost' };
    await refusalOf(execute(request));
    const again = await execute(request);
    await world.simulator.advance(10);
    expect(again.Id).toBeDefined();
    expect(world.effects('ExecuteStatement').filter((key) => key === 'token-lost')).toHaveLength(1);
    expect(await world.rows('select count(*) from orders where id = 8')).toEqual([[{ longValue: 1 }]]);
    await world.finish('delete from orders where id = 8');
  });

  it('is refused with other parameters', async () => {
    await execute({ ClientToken: 'token-changed' });
    expect(await refusalOf(execute({ Sql: 'select 2', ClientToken: 'token-changed' }))).toMatchObject({
      name: 'ValidationException',
      status: 400,
    });
  });

  it('is not reserved by a request that was refused', async () => {
    await refusalOf(execute({ ClusterIdentifier: 'unknown', ClientToken: 'token-free' }));
    await expect(execute({ ClientToken: 'token-free' })).resolves.toMatchObject({ Database: 'dev' });
  });

  it('makes a second statement after its lifetime', async () => {
    const first = await execute({ ClientToken: 'token-old' });
    await world.simulator.advance(8 * 3600);
    const second = await execute({ ClientToken: 'token-old' });
    expect(second.Id).not.toBe(first.Id);
  });
});
