import { figuresOf } from '../../../domain/proof/judge-content';
import type { ResultRow } from '../../../domain/proof/result-row';
import { findColumn, tableStructureOf } from '../../../domain/proof/table-structure';
import { aggregateStatements } from '../../../domain/sql/aggregates';
import { kindOf } from '../../../domain/sql/column-kind';
import { columnsStatement, distributionStatement } from '../../../domain/sql/structure';
import { startWarehouse, type WarehouseUnderTest } from '../../simulator/sql/support';

describe('what a proof reads of a table', () => {
  let engine: WarehouseUnderTest;

  beforeAll(async () => {
    engine = await startWarehouse(
      'create schema sales',
      `create table sales.orders (id bigint not null, region varchar(12) distkey, amount numeric(12,2), paid boolean,
        weight double precision, placed_at timestamptz, day date, extra super) sortkey (day, id)`,
      `insert into sales.orders values
        (9007199254740993, 'north', 10.50, true, 0.1, '2026-01-01 00:00+02', '2026-01-01', '{"a": 1}'),
        (9007199254740993, 'a "b" ''c''', -3, false, 0.2, '2026-06-01 00:00Z', '2026-01-02', null),
        (1, null, null, null, null, null, null, null)`,
      'create table public."Orders" (id int) diststyle all',
      'create table public.orders (id int, at date) interleaved sortkey (at, id) diststyle even',
      'create table public.plain (id int)',
      'create table public.empty (note varchar(4), flag boolean)',
      `create table public.long (note varchar(max))`,
      `insert into public.long values (repeat('x', 5000))`,
    );
  });
  afterAll(() => engine.warehouse.close());

  const structureOf = async (schema: string, table: string) => {
    const name = { database: 'dev', schema, table };
    const [columns, style] = [columnsStatement(name), distributionStatement(name)];
    return tableStructureOf(
      name,
      (await engine.rows(columns.text, columns.parameters)) as ResultRow[],
      (await engine.rows(style.text, style.parameters)) as ResultRow[],
    );
  };
  const figures = async (schema: string, table: string) => {
    const { columns } = await structureOf(schema, table);
    const kinded = columns.map(({ name, type }) => ({ name, kind: kindOf(type) }));
    const read = [];
    for (const statement of aggregateStatements({ database: 'dev', schema, table }, kinded)) {
      const [row] = await engine.rows(statement.text, statement.parameters);
      read.push({ layout: statement.layout, row: row as ResultRow });
    }
    return figuresOf(read);
  };

  it('is columns with types and nullability, distribution and sort key, in any schema', async () => {
    expect(await structureOf('sales', 'orders')).toEqual({
      columns: [
        { name: 'id', type: 'bigint', nullable: false },
        { name: 'region', type: 'character varying(12)', nullable: true },
        { name: 'amount', type: 'numeric(12,2)', nullable: true },
        { name: 'paid', type: 'boolean', nullable: true },
        { name: 'weight', type: 'double precision', nullable: true },
        { name: 'placed_at', type: 'timestamp with time zone', nullable: true },
        { name: 'day', type: 'date', nullable: true },
        { name: 'extra', type: 'super', nullable: true },
      ],
      distribution: 'KEY(region)',
      sortKey: 'day, id',
    });
  });

  it('tells tables apart whose names differ by case, and folds a name that is not there as written', async () => {
    expect(await structureOf('public', 'Orders')).toMatchObject({
      columns: [{ name: 'id' }],
      distribution: 'ALL',
    });
    expect(await structureOf('public', 'orders')).toMatchObject({
      distribution: 'EVEN',
      sortKey: 'interleaved at, id',
    });
    expect(await structureOf('Public', 'PLAIN')).toMatchObject({ columns: [{ name: 'id' }] });
  });

  it('reads empty tables as well, and says AUTO and none', async () => {
    expect(await structureOf('public', 'empty')).toMatchObject({
      columns: [{ name: 'note' }, { name: 'flag' }],
      distribution: 'AUTO',
      sortKey: 'none',
    });
  });

  it('has no columns where there is no table', async () => {
    expect(await structureOf('public', 'nowhere')).toEqual({ columns: [], sortKey: 'none' });
    expect(await structureOf('pub%', "o'rders")).toEqual({ columns: [], sortKey: 'none' });
  });

  it('is figures of each column as text, whole where a number would lose digits', async () => {
    expect(await figures('sales', 'orders')).toEqual([
      {
        column: 'id',
        nulls: '0',
        distinct: '2',
        min: '1',
        max: '9007199254740993',
        sum: '18014398509481987',
      },
      { column: 'region', nulls: '1', distinct: '2', min: 'a "b" \'c\'', max: 'north' },
      { column: 'amount', nulls: '1', distinct: '2', min: '-3.00', max: '10.50', sum: '7.50' },
      { column: 'paid', nulls: '1', distinct: '2', sum: '1' },
      { column: 'weight', nulls: '1', distinct: '2', min: '0.1', max: '0.2', sum: '0.30000000000000004' },
      {
        column: 'placed_at',
        nulls: '1',
        distinct: '2',
        min: '2025-12-31 22:00:00',
        max: '2026-06-01 00:00:00',
      },
      { column: 'day', nulls: '1', distinct: '2', min: '2026-01-01', max: '2026-01-02' },
      { column: 'extra', nulls: '2' },
    ]);
  });

  it('has figures of an empty table, and short ones of long texts', async () => {
    expect(await figures('public', 'empty')).toEqual([
      { column: 'note', nulls: '0', distinct: '0', min: null, max: null },
      { column: 'flag', nulls: '0', distinct: '0', sum: null },
    ]);
    const [note] = await figures('public', 'long');
    expect(note!.min).toBe('x'.repeat(100));
  });

  it('takes many columns in several statements, each column once', () => {
    const columns = Array.from({ length: 1600 }, (_, n) => ({
      name: `${'column'.repeat(19)}_${n}`,
      kind: 'integer' as const,
    }));
    const statements = aggregateStatements({ database: 'dev', schema: 'public', table: 't' }, columns);
    for (const { text } of statements) expect(text.length).toBeLessThan(100_000);
    expect(new Set(statements.flatMap(({ layout }) => layout.map(({ column }) => column))).size).toBe(1600);
    expect(aggregateStatements({ database: 'dev', schema: 'public', table: 't' }, [])).toEqual([]);
  });

  it('gives the names as parameters where they are values', () => {
    const name = { database: 'dev', schema: "s'; --", table: 't"' };
    for (const { text, parameters } of [columnsStatement(name), distributionStatement(name)]) {
      expect(text).not.toContain("s'");
      expect(parameters).toEqual([
        { name: 'schema', value: "s'; --" },
        { name: 'table', value: 't"' },
      ]);
    }
  });
});

describe('findColumn', () => {
  it('prefers the exact name to the folded one', () => {
    const columns = [{ name: 'id' }, { name: 'ID' }];
    expect(findColumn(columns, 'ID')).toBe(columns[1]);
    expect(findColumn(columns, 'Id')).toBe(columns[0]);
    expect(findColumn(columns, 'key')).toBeUndefined();
  });
});
