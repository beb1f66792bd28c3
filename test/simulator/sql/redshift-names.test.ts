import { startWarehouse, type WarehouseUnderTest } from './support';

let it_: WarehouseUnderTest;
beforeAll(async () => {
  it_ = await startWarehouse(
    'create schema sales',
    `create table sales.orders (id bigint identity(1,1) encode az64, region varchar(8) not null distkey, extra super)
      interleaved sortkey (region, id)`,
    "insert into sales.orders (region) values ('north'), ('south')",
    'create table public.empty (id int) diststyle all',
    'create view sales.regions as select distinct region from sales.orders',
  );
});
afterAll(() => it_.warehouse.close());

describe('functions of Redshift', () => {
  it.each([
    ["len('héllo')", 5],
    ["to_hex('ab'::bytea)", '6162'],
    ['nvl(null, null, 3)', 3],
    ["dateadd('month', 1, '2026-01-31'::timestamp)", '2026-02-28 00:00:00'],
    ["dateadd('qtr', -1, '2026-01-31'::timestamp)", '2025-10-31 00:00:00'],
    ["dateadd('hours', 30, date '2026-03-01')", '2026-03-02 06:00:00'],
    ["datediff('day', '2026-01-31 23:00', '2026-02-02 01:00')", 2],
    ["datediff('month', '2025-12-31', '2026-01-01')", 1],
    ["datediff('qtr', '2025-12-31', '2026-04-01')", 2],
    ["datediff('week', '2026-03-01', '2026-03-02')", 1],
    ["datediff('second', '2026-03-01 00:00:00', '2026-03-01 00:01:00')", 60],
    ["convert_timezone('Europe/Berlin', '2026-07-01 12:00'::timestamp)", '2026-07-01 14:00:00'],
    ["convert_timezone('Europe/Berlin', 'UTC', '2026-07-01 12:00'::timestamp)", '2026-07-01 10:00:00'],
  ])('%s', async (expression, value) => {
    expect(await it_.rows(`select ${expression}`)).toEqual([[value]]);
  });

  it('LISTAGG joins text', async () => {
    expect(await it_.rows("select listagg(region, '|' order by region) from sales.orders")).toEqual([
      ['north|south'],
    ]);
  });

  it('GETDATE is a timestamp of this moment', async () => {
    expect(
      await it_.rows("select abs(extract(epoch from getdate() - now() at time zone 'UTC')) < 5"),
    ).toEqual([[true]]);
  });

  it('FNV_HASH depends on value and seed alone', async () => {
    const [row] = await it_.rows(
      `select fnv_hash('a') = fnv_hash('a'), fnv_hash('a') = fnv_hash('b'), fnv_hash('a') = fnv_hash('a', 1),
        fnv_hash(5) = fnv_hash(5), fnv_hash(5, fnv_hash('a')) = fnv_hash(5, fnv_hash('b')), fnv_hash(null::int) is null`,
    );
    expect(row).toEqual([true, false, false, true, false, false]);
  });

  it('SUPER holds JSON', async () => {
    await it_.run(`update sales.orders set extra = '{"a": [1, 2]}' where region = 'north'`);
    expect(await it_.rows("select extra from sales.orders where region = 'north'")).toEqual([
      ['{"a": [1, 2]}'],
    ]);
    expect(
      await it_.rows("select JSON_SERIALIZE(extra), 'json_serialize(x)' from sales.orders order by region"),
    ).toEqual([
      ['{"a": [1, 2]}', 'json_serialize(x)'],
      [null, 'json_serialize(x)'],
    ]);
  });
});

describe('system views', () => {
  it('SVV_TABLE_INFO counts the rows and tells size and keys; empty tables are not in it', async () => {
    const rows = await it_.rows(
      'select "database", schema, "table", diststyle, sortkey1, sortkey_num, tbl_rows, size from svv_table_info',
    );
    expect(rows).toEqual([['dev', 'sales', 'orders', 'KEY(region)', 'INTERLEAVED', 2, '2', 2]]);
  });

  it('SVV_TABLE_INFO reports sizes by the setting of bytes per row', async () => {
    it_.settings.bytesPerRow = 10 * 1024 * 1024;
    expect(await it_.rows('select size from svv_table_info')).toEqual([[20]]);
    it_.settings.bytesPerRow = 1024 * 1024;
  });

  it('SVV_ALL_TABLES and SVV_REDSHIFT_TABLES name tables and views', async () => {
    const expected = [
      ['dev', 'public', 'empty', 'TABLE'],
      ['dev', 'sales', 'orders', 'TABLE'],
      ['dev', 'sales', 'regions', 'VIEW'],
    ];
    for (const view of ['svv_all_tables', 'svv_redshift_tables']) {
      expect(
        await it_.rows(
          `select database_name, schema_name, table_name, table_type from ${view} order by schema_name, table_name`,
        ),
      ).toEqual(expected);
    }
  });

  it('SVV_COLUMNS and SVV_REDSHIFT_COLUMNS name the columns', async () => {
    const where = "table_name = 'orders' order by ordinal_position";
    expect(await it_.rows(`select column_name, is_nullable from svv_columns where ${where}`)).toEqual([
      ['id', 'NO'],
      ['region', 'NO'],
      ['extra', 'YES'],
    ]);
    expect(
      await it_.rows(
        `select column_name, data_type, encoding, distkey, sortkey from svv_redshift_columns where ${where}`,
      ),
    ).toEqual([
      ['id', 'bigint', 'az64', false, -2],
      ['region', 'character varying(8)', 'none', true, 1],
      ['extra', 'super', 'none', false, 0],
    ]);
  });

  it('PG_CLASS_INFO tells the distribution of every table, empty ones too', async () => {
    await it_.run('create table public.even (id int) diststyle even', 'create table public.auto (id int)');
    expect(
      await it_.rows(
        `select n.nspname, c.relname, c.reldiststyle, c.releffectivediststyle
         from pg_class_info c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('public', 'sales') and c.relkind = 'r' order by 1, 2`,
      ),
    ).toEqual([
      ['public', 'auto', 9, 10],
      ['public', 'empty', 8, 8],
      ['public', 'even', 0, 0],
      ['sales', 'orders', 1, 1],
    ]);
    await it_.run('drop table public.even', 'drop table public.auto');
  });

  it('PG_TABLE_DEF shows only tables in the search path', async () => {
    const query = 'select schemaname, tablename, "column", type, "notnull" from pg_table_def';
    expect(await it_.rows(query)).toEqual([['public', 'empty', 'id', 'integer', false]]);
  });

  it('attributes follow a rename and a change of schema', async () => {
    await it_.run(
      'create table sales.moving (id int sortkey)',
      'insert into sales.moving values (1)',
      'alter table sales.moving rename to moved',
      'alter table sales.moved set schema public',
    );
    expect(await it_.rows(`select schema, sortkey1 from svv_table_info where "table" = 'moved'`)).toEqual([
      ['public', 'id'],
    ]);
    await it_.run('drop table public.moved');
  });

  it('CREATE TABLE IF NOT EXISTS does not change the attributes of the table that exists', async () => {
    await it_.run('create table if not exists public.empty (id int) interleaved sortkey (id)');
    expect(await it_.warehouse.table({ database: 'dev', schema: 'public', table: 'empty' })).toMatchObject({
      interleavedSortKey: false,
    });
  });
});

describe('what Redshift has and this engine has not', () => {
  it.each([
    'select top 1 id from sales.orders',
    "copy sales.orders from 's3://x/y' iam_role default",
    'show tables from schema dev.public',
  ])('%s fails with a message of Postgres', async (sql) => {
    await expect(it_.run(sql)).rejects.toMatchObject({ name: 'SqlError' });
  });
});
