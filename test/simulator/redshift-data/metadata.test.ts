import {
  DescribeTableCommand,
  ListDatabasesCommand,
  ListSchemasCommand,
  ListTablesCommand,
  paginateDescribeTable,
  paginateListTables,
  type ListTablesRequest,
} from '@aws-sdk/client-redshift-data';
import { refusalOf } from '../support/refusal';
import { startDataWorld, target, type DataWorld } from './data-world';

let world: DataWorld;
beforeAll(async () => {
  world = await startDataWorld({}, [
    'create schema sales',
    "create table sales.orders (id bigint not null, note varchar(20) default 'none', price numeric(8,2))",
    'create table sales.orders_old (id bigint)',
    'create table sales."ordersXold" (id bigint)',
    'create view sales.order_ids as select id from sales.orders',
    'create table public.customers (id int)',
    'create database archive',
  ]);
  // What the engine hides: a capture of everything.
  await (await world.simulator.world.warehouse('analytics')).capture('hidden');
});
afterAll(() => world.close());

const tables = async (input: Partial<ListTablesRequest>) => {
  const { Tables = [] } = await world.data.send(new ListTablesCommand({ ...target, ...input }));
  return Tables.map(({ schema, name, type }) => `${schema}.${name} ${type}`);
};

describe('ListDatabases', () => {
  it('names the databases', async () => {
    const { Databases } = await world.data.send(new ListDatabasesCommand(target));
    expect(Databases).toEqual(['archive', 'dev']);
  });

  it('pages', async () => {
    const first = await world.data.send(new ListDatabasesCommand({ ...target, MaxResults: 1 }));
    const { NextToken } = first;
    const second = await world.data.send(new ListDatabasesCommand({ ...target, MaxResults: 1, NextToken }));
    expect([first.Databases, second.Databases, second.NextToken]).toEqual([['archive'], ['dev'], undefined]);
  });
});

describe('ListSchemas', () => {
  it('names the schemas, and none that the simulator keeps for itself', async () => {
    const { Schemas } = await world.data.send(new ListSchemasCommand(target));
    expect(Schemas).toEqual(['information_schema', 'pg_catalog', 'public', 'sales']);
  });

  it('filters by pattern', async () => {
    const { Schemas } = await world.data.send(new ListSchemasCommand({ ...target, SchemaPattern: '_ales' }));
    expect(Schemas).toEqual(['sales']);
  });
});

describe('ListTables', () => {
  it('tells tables, views and system tables apart', async () => {
    expect(await tables({ SchemaPattern: 'sales' })).toEqual(
      [
        'sales.ordersXold TABLE',
        'sales.order_ids VIEW',
        'sales.orders TABLE',
        'sales.orders_old TABLE',
      ].sort(),
    );
    expect(await tables({ TablePattern: 'sql_features' })).toEqual([
      'information_schema.sql_features SYSTEM TABLE',
    ]);
  });

  it('matches % and _ as LIKE does, and an escaped _ as itself', async () => {
    expect(await tables({ SchemaPattern: 'sales', TablePattern: 'orders_old' })).toHaveLength(2);
    expect(await tables({ SchemaPattern: 'sales', TablePattern: 'orders\\_old' })).toEqual([
      'sales.orders_old TABLE',
    ]);
    expect(await tables({ TablePattern: 'cust%' })).toEqual(['public.customers TABLE']);
    expect(await tables({ TablePattern: 'cust' })).toEqual([]);
  });

  it('shows nothing of captures and of the engine itself', async () => {
    const all = await tables({});
    expect(all.filter((line) => /^(_snap|rs\.|pg_toast)/.test(line))).toEqual([]);
    expect(all).toContain('public.customers TABLE');
  });

  it('pages', async () => {
    const names: (string | undefined)[][] = [];
    const input = { ...target, SchemaPattern: 'sales' };
    for await (const { Tables } of paginateListTables({ client: world.data, pageSize: 3 }, input)) {
      names.push(Tables?.map(({ name }) => name) ?? []);
    }
    expect(names.map((page) => page.length)).toEqual([3, 1]);
    expect(new Set(names.flat()).size).toBe(4);
  });
});

describe('DescribeTable', () => {
  it('describes the columns of a table', async () => {
    const { TableName, ColumnList } = await world.data.send(
      new DescribeTableCommand({ ...target, Schema: 'sales', Table: 'orders' }),
    );
    expect(TableName).toBe('orders');
    expect(ColumnList).toMatchObject([
      { name: 'id', typeName: 'int8', nullable: 0, precision: 19, schemaName: 'sales', tableName: 'orders' },
      {
        name: 'note',
        typeName: 'varchar',
        nullable: 1,
        length: 20,
        columnDefault: "'none'::character varying",
      },
      { name: 'price', typeName: 'numeric', precision: 8, scale: 2 },
    ]);
  });

  it('pages', async () => {
    const sizes: (number | undefined)[] = [];
    const input = { ...target, Schema: 'sales', Table: 'orders' };
    for await (const { ColumnList } of paginateDescribeTable({ client: world.data, pageSize: 2 }, input)) {
      sizes.push(ColumnList?.length);
    }
    expect(sizes).toEqual([2, 1]);
  });

  it('has no columns for a table that does not exist', async () => {
    const { ColumnList } = await world.data.send(
      new DescribeTableCommand({ ...target, Schema: 'sales', Table: 'nowhere' }),
    );
    expect(ColumnList).toEqual([]);
  });
});

it('a database that does not exist is refused in the words of the connection', async () => {
  const listing = world.data.send(new ListTablesCommand({ ...target, Database: 'nowhere' }));
  expect(await refusalOf(listing)).toMatchObject({
    name: 'ValidationException',
    message: 'FATAL: database "nowhere" does not exist',
  });
});

it('the system views of Redshift name the tables and their columns', async () => {
  const inSales = await world.rows(
    "select table_name from svv_all_tables where schema_name = 'sales' and table_type = 'TABLE' order by 1",
  );
  expect(new Set(inSales.map(([name]) => name?.stringValue))).toEqual(
    new Set(['orders', 'ordersXold', 'orders_old']),
  );
});
