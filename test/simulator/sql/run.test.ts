import { SqlError } from '../../../simulator/sql';
import { startWarehouse, type WarehouseUnderTest } from './support';

let it_: WarehouseUnderTest;
beforeAll(async () => {
  it_ = await startWarehouse('create table t (id int primary key)');
});
afterAll(() => it_.warehouse.close());
afterEach(() => it_.run('delete from t'));

const sqlOf = (...sqls: string[]) => sqls.map((sql) => ({ sql }));

describe('statements', () => {
  it('return whether they have a result, its columns, and rows returned or affected', async () => {
    const results = await it_.warehouse.run(
      'dev',
      sqlOf(
        'insert into t values (1), (2)',
        'select id from t where id > 5',
        'create table u (a int)',
        'drop table u',
      ),
    );
    expect(results.map(({ hasResultSet, rowCount }) => [hasResultSet, rowCount])).toEqual([
      [false, 2],
      [true, 0],
      [false, 0],
      [false, 0],
    ]);
    expect(results[1]?.columns).toMatchObject([
      { name: 'id', typeName: 'int4', nullable: false, tableName: 't' },
    ]);
  });

  it('are one transaction, of which a failure leaves nothing', async () => {
    const failing = it_.warehouse.run('dev', sqlOf('insert into t values (1)', 'insert into t values (1)'));
    const error = await failing.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(SqlError);
    expect(error).toMatchObject({ code: '23505', statementIndex: 1 });
    expect(await it_.rows('select count(*) from t')).toEqual([[0]]);
  });

  it('are one transaction each with autoCommit', async () => {
    const failing = it_.warehouse.run('dev', sqlOf('insert into t values (1)', 'select 1/0'), {
      autoCommit: true,
    });
    await expect(failing).rejects.toMatchObject({ message: 'division by zero', statementIndex: 1 });
    expect(await it_.rows('select count(*) from t')).toEqual([[1]]);
  });

  it('may be such as no transaction takes', async () => {
    await expect(it_.warehouse.run('dev', sqlOf('vacuum t'))).resolves.toMatchObject([
      { hasResultSet: false },
    ]);
  });

  it('leave no transaction open behind them', async () => {
    await it_.run('begin');
    await it_.run('insert into t values (3)');
    await expect(it_.run('select 1/0')).rejects.toThrow('division by zero');
    expect(await it_.rows('select id from t')).toEqual([[3]]);
  });

  it('of two callers at once do not mix', async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        it_.warehouse.run(
          'dev',
          sqlOf(`insert into t values (${n})`, `update t set id = id + 100 where id = ${n}`),
        ),
      ),
    );
    expect(await it_.rows('select count(*), min(id), max(id) from t')).toEqual([[8, 100, 107]]);
  });

  it('fail in a database that does not exist', async () => {
    await expect(it_.warehouse.run('nowhere', sqlOf('select 1'))).rejects.toMatchObject({
      code: '3D000',
      message: 'database "nowhere" does not exist',
    });
  });
});

describe('a database', () => {
  it('has the name it has on Redshift, and may stand before schema and table', async () => {
    expect(await it_.rows('select current_database(), (select count(*) from dev.public.t)')).toEqual([
      ['dev', 0],
    ]);
  });

  it('is made by CREATE DATABASE and shares nothing with the others', async () => {
    await it_.run('create database archive');
    expect(await it_.warehouse.databases()).toEqual(['archive', 'dev']);
    await expect(it_.warehouse.run('archive', sqlOf('select * from t'))).rejects.toThrow(
      'relation "t" does not exist',
    );
    await expect(it_.run('create database ARCHIVE')).rejects.toMatchObject({ code: '42P04' });
  });
});
