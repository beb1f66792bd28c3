import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  GetStatementResultCommand,
  type BatchExecuteStatementInput,
} from '@aws-sdk/client-redshift-data';
import { refusalOf } from '../support/refusal';
import { startDataWorld, target, type DataWorld } from './data-world';

let world: DataWorld;
beforeAll(async () => {
  world = await startDataWorld({}, ['create table public.t (id int)']);
});
afterAll(() => world.close());
afterEach(() => world.finish('delete from public.t'));

async function batch(Sqls: string[], more: Partial<BatchExecuteStatementInput> = {}): Promise<string> {
  const { Id = '' } = await world.data.send(new BatchExecuteStatementCommand({ ...target, Sqls, ...more }));
  return Id;
}

async function finishBatch(Sqls: string[], more: Partial<BatchExecuteStatementInput> = {}) {
  const Id = await batch(Sqls, more);
  await world.simulator.advance(10 * Sqls.length);
  return world.data.send(new DescribeStatementCommand({ Id }));
}

const ids = async () =>
  (await world.rows('select id from public.t order by id')).map(([field]) => field?.longValue);

describe('BatchExecuteStatement', () => {
  it('runs its statements in order and gives each an id of its own', async () => {
    const described = await finishBatch(['insert into t values (1)', 'select id from t', 'select 2']);
    expect(described).toMatchObject({ Status: 'FINISHED', HasResultSet: true, ExecutionMode: 'TRANSACTION' });
    expect(described.SubStatements).toMatchObject([
      {
        Id: `${described.Id}:1`,
        Status: 'FINISHED',
        HasResultSet: false,
        ResultRows: 1,
        QueryString: 'insert into t values (1)',
      },
      { Id: `${described.Id}:2`, Status: 'FINISHED', HasResultSet: true, ResultRows: 1 },
      { Id: `${described.Id}:3`, Status: 'FINISHED', HasResultSet: true, Duration: 10_000_000_000 },
    ]);
    const result = (n: number) =>
      world.data.send(new GetStatementResultCommand({ Id: `${described.Id}:${n}` }));
    expect((await result(2)).Records).toEqual([[{ longValue: 1 }]]);
    expect((await result(3)).Records).toEqual([[{ longValue: 2 }]]);
    expect(await refusalOf(result(1))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await refusalOf(result(4))).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('refuses to give a result by the id of the batch', async () => {
    const { Id } = await finishBatch(['select 1']);
    expect(await refusalOf(world.data.send(new GetStatementResultCommand({ Id })))).toMatchObject({
      name: 'ValidationException',
      message: 'BatchExecuteStatement result can only be retrieved with sub-statement id.',
    });
  });

  it('describes one of its statements by that id', async () => {
    const { Id } = await finishBatch(['select 1', 'select 1/0']);
    const second = await world.data.send(new DescribeStatementCommand({ Id: `${Id}:2` }));
    expect(second).toMatchObject({
      Id: `${Id}:2`,
      Status: 'FAILED',
      QueryString: 'select 1/0',
      Error: 'ERROR: division by zero',
    });
    expect(second).not.toHaveProperty('SubStatements');
  });

  it('is one transaction: a failing statement leaves nothing of those before it', async () => {
    const described = await finishBatch(['insert into t values (1)', 'select * from nowhere', 'select 3']);
    expect(described).toMatchObject({
      Status: 'FAILED',
      Error: 'Query #2 failed with ERROR: relation "nowhere" does not exist',
    });
    expect(described.SubStatements?.map(({ Status }) => Status)).toEqual(['FINISHED', 'FAILED', 'ABORTED']);
    expect(await ids()).toEqual([]);
  });

  it('with AUTO_COMMIT a failing statement does not touch the others', async () => {
    const described = await finishBatch(
      ['insert into t values (1)', 'select * from nowhere', 'insert into t values (3)'],
      { ExecutionMode: 'AUTO_COMMIT' },
    );
    expect(described).toMatchObject({ Status: 'FAILED', ExecutionMode: 'AUTO_COMMIT' });
    expect(described.SubStatements?.map(({ Status }) => Status)).toEqual(['FINISHED', 'FAILED', 'FINISHED']);
    expect(await ids()).toEqual([1, 3]);
  });

  it('with AUTO_COMMIT a cancel keeps what has run and stops the rest', async () => {
    const Id = await batch(['insert into t values (1)', 'insert into t values (2)'], {
      ExecutionMode: 'AUTO_COMMIT',
    });
    await world.simulator.advance(15);
    expect(await world.data.send(new CancelStatementCommand({ Id }))).toMatchObject({ Status: true });
    await world.simulator.advance(60);
    const { Status, SubStatements } = await world.data.send(new DescribeStatementCommand({ Id }));
    expect([Status, ...(SubStatements ?? []).map((sub) => sub.Status)]).toEqual([
      'ABORTED',
      'FINISHED',
      'ABORTED',
    ]);
    expect(await ids()).toEqual([1]);
  });

  it('gives its parameters to all statements; each must be used by one', async () => {
    const Parameters = [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ];
    await finishBatch(['insert into t values (:a)', 'insert into t values (:b), (:a)'], { Parameters });
    expect(await ids()).toEqual([1, 1, 2]);
    expect(await refusalOf(batch(['select :a'], { Parameters }))).toMatchObject({
      message: 'Parameters list contains unused parameters. Unused parameters: [b]',
    });
  });

  it('is made once for a token, with one effect', async () => {
    const first = await batch(['insert into t values (1)'], { ClientToken: 'batch-token' });
    const second = await batch(['insert into t values (1)'], { ClientToken: 'batch-token' });
    await world.simulator.advance(10);
    expect(second).toBe(first);
    expect(await ids()).toEqual([1]);
    expect(world.effects('BatchExecuteStatement').filter((key) => key === 'batch-token')).toHaveLength(1);
  });
});
