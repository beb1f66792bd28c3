import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  paginateGetStatementResult,
} from '@aws-sdk/client-redshift-data';
import { refusalOf } from '../support/refusal';
import { startDataWorld, target, type DataWorld } from './data-world';

let world: DataWorld;
beforeAll(async () => {
  world = await startDataWorld({ resultPageRows: 2 }, [
    'create table public.orders (id int not null, note varchar(20), price numeric(10,2))',
    "insert into public.orders values (1, 'one', 1.50)",
  ]);
});
afterAll(() => world.close());

const result = (Id: string | undefined, more: object = {}) =>
  world.data.send(new GetStatementResultCommand({ Id, ...more }));

describe('GetStatementResult', () => {
  it('gives each type of value its own member', async () => {
    const rows =
      await world.rows(`select null::int, true, 1::int2, 2::int4, 3::int8, 1.5::float8, 2.5::float4,
      12.30::numeric(10,2), 'text'::varchar, date '2026-03-01', timestamp '2026-03-01 12:00:00.5',
      timestamptz '2026-03-01 12:00:00+01', '{"a": 1}'::super, decode('00ff', 'hex')`);
    expect(rows).toEqual([
      [
        { isNull: true },
        { booleanValue: true },
        { longValue: 1 },
        { longValue: 2 },
        { longValue: 3 },
        { doubleValue: 1.5 },
        { doubleValue: 2.5 },
        { stringValue: '12.30' },
        { stringValue: 'text' },
        { stringValue: '2026-03-01' },
        { stringValue: '2026-03-01 12:00:00.5' },
        { stringValue: '2026-03-01 11:00:00+00' },
        { stringValue: '{"a": 1}' },
        { blobValue: Uint8Array.from([0, 255]) },
      ],
    ]);
  });

  it('describes the columns', async () => {
    const { Id } = await world.finish('select id, note, price, count(*) over () from orders');
    const { ColumnMetadata, TotalNumRows } = await result(Id);
    expect(TotalNumRows).toBe(1);
    expect(ColumnMetadata).toEqual([
      {
        isCaseSensitive: false,
        isCurrency: false,
        isSigned: true,
        label: 'id',
        length: 0,
        name: 'id',
        nullable: 0,
        precision: 10,
        scale: 0,
        schemaName: 'public',
        tableName: 'orders',
        typeName: 'int4',
      },
      expect.objectContaining({
        name: 'note',
        typeName: 'varchar',
        precision: 20,
        nullable: 1,
        isCaseSensitive: true,
      }),
      expect.objectContaining({ name: 'price', typeName: 'numeric', precision: 10, scale: 2 }),
      expect.objectContaining({
        name: 'count',
        typeName: 'int8',
        precision: 19,
        schemaName: '',
        tableName: '',
      }),
    ]);
  });

  it('pages, and tells the number of all rows on each page', async () => {
    const { Id } = await world.finish('select generate_series(1, 5)');
    const pages = [];
    for await (const page of paginateGetStatementResult({ client: world.data }, { Id })) pages.push(page);
    expect(pages.map(({ Records }) => Records?.length)).toEqual([2, 2, 1]);
    expect(pages.map(({ TotalNumRows }) => TotalNumRows)).toEqual([5, 5, 5]);
    expect(pages.flatMap(({ Records }) => Records?.map(([field]) => field?.longValue))).toEqual([
      1, 2, 3, 4, 5,
    ]);
  });

  it('refuses the token of another result', async () => {
    const one = await world.finish('select generate_series(1, 5)');
    const other = await world.finish('select generate_series(1, 5)');
    const { NextToken } = await result(one.Id);
    expect(await refusalOf(result(other.Id, { NextToken }))).toMatchObject({ name: 'ValidationException' });
  });

  it('gives an empty result its columns', async () => {
    const { Id, HasResultSet, ResultRows } = await world.finish('select id from orders where id < 0');
    expect({ HasResultSet, ResultRows }).toEqual({ HasResultSet: true, ResultRows: 0 });
    expect(await result(Id)).toMatchObject({
      Records: [],
      TotalNumRows: 0,
      ColumnMetadata: [{ name: 'id' }],
    });
  });

  it('is not found for a statement without a result set', async () => {
    const { Id, HasResultSet, ResultRows } = await world.finish(
      "update orders set note = 'uno' where id = 1",
    );
    expect({ HasResultSet, ResultRows }).toEqual({ HasResultSet: false, ResultRows: 1 });
    expect(await refusalOf(result(Id))).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
      message: 'Query does not have result. Please check query status with DescribeStatement.',
    });
  });

  it('is not found while the statement runs, or after it failed', async () => {
    const running = await world.data.send(new ExecuteStatementCommand({ ...target, Sql: 'select 1' }));
    expect(await refusalOf(result(running.Id))).toMatchObject({ name: 'ResourceNotFoundException' });
    const failed = await world.finish('select 1/0');
    expect(failed.Error).toBe('ERROR: division by zero');
    expect(await refusalOf(result(failed.Id))).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('is not found for an unknown id, which the error names', async () => {
    const Id = '00000000-0000-0000-0000-000000000000';
    await expect(result(Id)).rejects.toMatchObject({ name: 'ResourceNotFoundException', ResourceId: Id });
  });

  it('of a CSV statement is refused', async () => {
    const { Id } = await world.finish('select 1', { ResultFormat: 'CSV' });
    expect(await refusalOf(result(Id))).toMatchObject({ name: 'ValidationException' });
  });

  it('expires after 24 hours, as a ValidationException that says when', async () => {
    const { Id, UpdatedAt } = await world.finish('select 1');
    await world.simulator.advance(24 * 3600 - 1);
    await expect(result(Id)).resolves.toMatchObject({ TotalNumRows: 1 });
    await world.simulator.advance(1);
    const epoch = (UpdatedAt?.getTime() ?? 0) / 1000 + 24 * 3600;
    expect(await refusalOf(result(Id))).toMatchObject({
      name: 'ValidationException',
      message: `Could not retrieve the query result as it has expired after ${epoch}.`,
    });
    const described = await world.data.send(new DescribeStatementCommand({ Id }));
    expect(described.Status).toBe('FINISHED');
  });
});

describe('DescribeStatement', () => {
  it('tells all of a finished statement', async () => {
    const Parameters = [{ name: 'id', value: '1' }];
    const described = await world.finish('select note from orders where id = :id', {
      Parameters,
      DbUser: 'ada',
    });
    expect(described).toMatchObject({
      ClusterIdentifier: 'analytics',
      Database: 'dev',
      DbUser: 'ada',
      Status: 'FINISHED',
      QueryString: 'select note from orders where id = :id',
      QueryParameters: Parameters,
      HasResultSet: true,
      ResultRows: 1,
      ResultSize: 3,
      ResultFormat: 'JSON',
      Duration: 10_000_000_000,
      RedshiftPid: expect.any(Number),
      RedshiftQueryId: expect.any(Number),
    });
    expect(described.UpdatedAt?.getTime()).toBe((described.CreatedAt?.getTime() ?? 0) + 10_000);
    expect(described).not.toHaveProperty('Error');
    expect(described).not.toHaveProperty('SubStatements');
  });

  it('shows -1 for what a running statement does not have yet', async () => {
    const { Id } = await world.data.send(new ExecuteStatementCommand({ ...target, Sql: 'select 1' }));
    expect(await world.data.send(new DescribeStatementCommand({ Id }))).toMatchObject({
      HasResultSet: false,
      Duration: -1,
      ResultRows: -1,
      ResultSize: -1,
    });
  });
});
