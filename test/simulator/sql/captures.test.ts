import { startWarehouse, type WarehouseUnderTest } from './support';

let it_: WarehouseUnderTest;
beforeAll(async () => {
  it_ = await startWarehouse(
    'create table customers (id int primary key)',
    'insert into customers values (1), (2)',
    `create table orders (id bigint identity(1, 1) not null, customer int references customers (id), note varchar(20)
      default 'new' encode zstd, price numeric(8, 2), extra super, primary key (id), unique (note))
      diststyle key distkey (customer) compound sortkey (customer, id)`,
    "insert into orders (customer, note, price) select 1 + n % 2, 'note ' || n, n * 1.5 from generate_series(1, 500) n",
    'create table clicks (id int) interleaved sortkey (id)',
    'create table scratch (id int) backup no',
    'create schema other',
  );
  await it_.warehouse.capture('monday');
});
afterAll(() => it_.warehouse.close());

const named = (table: string, schema = 'public', database = 'dev') => ({ database, schema, table });
const orders = named('orders');

describe('a capture', () => {
  it('knows the tables with rows, size and what makes a restore impossible', async () => {
    const { tables, megaBytes } = await it_.warehouse.capture('facts');
    expect(tables).toEqual([
      { ...named('clicks'), rows: 0, megaBytes: 1, interleavedSortKey: true, noBackup: false },
      { ...named('customers'), rows: 2, megaBytes: 2, interleavedSortKey: false, noBackup: false },
      { ...orders, rows: 500, megaBytes: 500, interleavedSortKey: false, noBackup: false },
    ]);
    expect(megaBytes).toBe(503);
    await it_.warehouse.release('facts');
  });

  it('leaves tables with BACKUP NO out', async () => {
    expect(await it_.warehouse.captured('monday', named('scratch'))).toBeUndefined();
    expect(await it_.warehouse.table(named('scratch'))).toMatchObject({ noBackup: true });
  });

  it('folds names to lower case unless told not to', async () => {
    const shouted = named('ORDERS', 'PUBLIC', 'DEV');
    expect(await it_.warehouse.captured('monday', shouted)).toMatchObject({ rows: 500 });
    expect(await it_.warehouse.captured('monday', shouted, { caseSensitive: true })).toBeUndefined();
    expect(await it_.warehouse.table(shouted)).toMatchObject({ rows: 500 });
    expect(await it_.warehouse.table(shouted, { caseSensitive: true })).toBeUndefined();
  });

  it('shows in no list', async () => {
    expect(await it_.warehouse.schemas('dev')).toEqual([
      'information_schema',
      'other',
      'pg_catalog',
      'public',
    ]);
    const schemas = new Set((await it_.warehouse.tables('dev')).map(({ schema }) => schema));
    expect(schemas).toEqual(new Set(['information_schema', 'pg_catalog', 'public']));
    expect(await it_.rows("select count(*) from svv_all_tables where schema_name like '%snap%'")).toEqual([
      [0],
    ]);
  });

  it('cannot be made twice under one key, nor asked for when it is not there', async () => {
    await expect(it_.warehouse.capture('monday')).rejects.toThrow('capture exists already');
    await expect(it_.warehouse.share('nothing', 'copy')).rejects.toThrow('no such capture');
  });
});

describe('a restore', () => {
  it('brings back the rows of the moment of the capture', async () => {
    await it_.run('delete from orders where id > 100', "update orders set note = 'spoilt ' || id");
    await it_.warehouse.restore('monday', orders, named('orders_restored'));
    expect(await it_.warehouse.table(named('orders_restored'))).toMatchObject({ rows: 500 });
    expect(await it_.rows('select count(*), sum(price), min(note), max(id) from orders_restored')).toEqual([
      [500, '187875.00', 'note 1', 500],
    ]);
    expect(await it_.rows('select count(*) from orders')).toEqual([[100]]);
  });

  it('keeps columns, defaults, primary key and attributes, but no foreign key', async () => {
    expect(await it_.warehouse.columns(named('orders_restored'))).toEqual(
      (await it_.warehouse.columns(orders)).map((column) => ({ ...column, tableName: 'orders_restored' })),
    );
    expect(
      await it_.rows(`select contype::text from pg_constraint
        where conrelid = 'orders_restored'::regclass and contype <> 'n' order by 1`),
    ).toEqual([['p'], ['u']]);
    expect(
      await it_.rows(
        `select diststyle, sortkey1, sortkey_num from svv_table_info where "table" = 'orders_restored'`,
      ),
    ).toEqual([['KEY(customer)', 'customer', 2]]);
  });

  it('goes on numbering identity columns after the rows it brought back', async () => {
    expect(await it_.rows("insert into orders_restored (note) values ('more') returning id")).toEqual([
      [501],
    ]);
  });

  it('remembers an interleaved sort key', async () => {
    await it_.warehouse.restore('monday', named('clicks'), named('clicks_restored', 'other'));
    expect(await it_.warehouse.table(named('clicks_restored', 'other'))).toMatchObject({
      interleavedSortKey: true,
    });
  });

  it('brings a table into another database', async () => {
    await it_.run('create database archive');
    await it_.warehouse.restore('monday', orders, named('orders', 'public', 'archive'));
    expect(await it_.rows('select count(*), sum(price) from orders', undefined, 'archive')).toEqual([
      [500, '187875.00'],
    ]);
  });

  it('fails when the target exists, which it leaves as it is', async () => {
    await expect(it_.warehouse.restore('monday', named('customers'), orders)).rejects.toMatchObject({
      code: '42P07',
      message: 'relation "orders" already exists',
    });
    expect(await it_.rows('select count(*) from orders')).toEqual([[100]]);
  });

  it('fails for a table that is not in the capture, or a schema that does not exist', async () => {
    await expect(it_.warehouse.restore('monday', named('nothing'), named('x'))).rejects.toMatchObject({
      code: '42P01',
    });
    await expect(it_.warehouse.restore('monday', orders, named('x', 'nowhere'))).rejects.toMatchObject({
      code: '3F000',
    });
  });

  it('can take a target name that needs quotes', async () => {
    const target = named('Weird "name"', 'other');
    await it_.warehouse.restore('monday', named('customers'), target, { caseSensitive: true });
    expect(await it_.warehouse.table(target, { caseSensitive: true })).toMatchObject({ rows: 2 });
  });
});

describe('a shared capture', () => {
  it('is freed when its last name is released, and not before', async () => {
    const hidden = () =>
      it_.rows("select count(*) from pg_namespace where nspname like '|_snap%' escape '|'");
    const before = await hidden();
    await it_.warehouse.capture('tuesday');
    await it_.warehouse.share('tuesday', 'tuesday-copy');
    await it_.warehouse.release('tuesday');
    expect(await it_.warehouse.captured('tuesday-copy', orders)).toMatchObject({ rows: 100 });
    await it_.warehouse.restore('tuesday-copy', orders, named('orders_tuesday'));
    expect(await it_.warehouse.table(named('orders_tuesday'))).toMatchObject({ rows: 100 });
    await it_.warehouse.release('tuesday-copy');
    expect(await hidden()).toEqual(before);
    await expect(it_.warehouse.share('tuesday-copy', 'again')).rejects.toThrow('no such capture');
  });

  it('may be released when it is not there', async () => {
    await expect(it_.warehouse.release('never-made')).resolves.toBeUndefined();
  });
});
