import * as fc from '../../support/made-up';
import type { KindedColumn } from '../../../domain/sql/column-kind';
import { rowHashStatement } from '../../../domain/sql/row-hash';
import { startWarehouse, type WarehouseUnderTest } from '../../simulator/sql/support';

/**
 * FNV-1a as Redshift computes it, for text and 64-bit numbers; it goes before the simulator's own, which is quicker but
 * does not go on where the seed ended. Two halves of 32 bits, because Postgres refuses to overflow.
 */
const realFnv = `
create function public.fnv_bytes(bytes bytea, seed bigint) returns bigint language plpgsql immutable as $$
declare
  hi bigint := (seed >> 32) & 4294967295;
  lo bigint := seed & 4294967295;
  product bigint;
begin
  for i in 0 .. length(bytes) - 1 loop
    lo := lo # get_byte(bytes, i);
    product := lo * 435;
    hi := (hi * 435 + (product >> 32) + (lo << 8)) & 4294967295;
    lo := product & 4294967295;
  end loop;
  return (hi << 32) | lo;
end $$;
create function public.fnv_hash(value text, seed bigint default -3750763034362895579) returns bigint
  language sql immutable as $$ select public.fnv_bytes(convert_to(value, 'UTF8'), seed) $$;
create function public.fnv_hash(value bigint, seed bigint default -3750763034362895579) returns bigint
  language sql immutable as $$ select public.fnv_bytes((select string_agg(substring(int8send(value) from n for 1), ''::bytea
    order by n desc) from generate_series(1, 8) n), seed) $$;
create function public.fnv_hash(value double precision, seed bigint default -3750763034362895579) returns bigint
  language sql immutable as $$ select public.fnv_bytes(float8send(value), seed) $$;`;

const ab: KindedColumn[] = [
  { name: 'a', kind: 'text' },
  { name: 'b', kind: 'text' },
];
const table = { database: 'dev', schema: 'public', table: 't' };

type Row = (string | null)[];
const literal = (value: string | null) =>
  value === null ? 'null::text' : `convert_from('\\\\x${Buffer.from(value).toString('hex')}', 'UTF8')`;

describe('the hash of all rows', () => {
  let engine: WarehouseUnderTest;

  beforeAll(async () => {
    engine = await startWarehouse('create table public.t (a text, b text)');
    for (const statement of realFnv.split(/;\n(?=create)/)) await engine.run(statement);
  });
  afterAll(() => engine.warehouse.close());

  const fill = async (rows: readonly Row[], name = 't', types = 'a text, b text') => {
    await engine.run(`drop table if exists public."${name}"`, `create table public."${name}" (${types})`);
    if (rows.length > 0)
      await engine.run(
        `insert into public."${name}" values ${rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ')}`,
      );
  };
  const hash = async (
    columns: readonly KindedColumn[] = ab,
    name = 't',
    ...chunk: [] | [number, number, string?]
  ) => {
    const [index, of, by] = chunk;
    const part =
      index === undefined
        ? undefined
        : { index, of: of!, ...(by !== undefined && { by: columns.find((column) => column.name === by)! }) };
    const { text, parameters } = rowHashStatement({ ...table, table: name }, columns, part);
    const [row] = await engine.rows(text, parameters);
    return row as [string, string];
  };
  const hashOfRows = async (rows: readonly Row[]) => {
    await fill(rows);
    return hash();
  };

  it.each([
    ["fnv_hash('abcd')", '-281581062704388899'],
    ["fnv_hash('cd', fnv_hash('ab'))", '-281581062704388899'],
    ["fnv_hash('Amazon Redshift')", '7783490368944507294'],
  ])('is proved with the FNV-1a of the AWS page: %s', async (expression, value) => {
    expect(await engine.rows(`select cast(${expression} as varchar)`)).toEqual([[value]]);
  });

  it.each<[string, Row[], Row[]]>([
    ['null and the empty text', [[null, 'x']], [['', 'x']]],
    ['null and its mark', [[null, 'x']], [['N;', 'x']]],
    ["('ab', 'c') and ('a', 'bc')", [['ab', 'c']], [['a', 'bc']]],
    ["('', 'a') and ('a', '')", [['', 'a']], [['a', '']]],
    ['a text and one that looks like its length and text', [['1:a', '']], [['', '1:a']]],
    [
      'a doubled row and a single one',
      [['a', 'b']],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
    ],
    [
      'two rows doubled and two others',
      [
        ['a', 'b'],
        ['a', 'b'],
        ['c', 'd'],
      ],
      [
        ['a', 'b'],
        ['c', 'd'],
        ['c', 'd'],
      ],
    ],
    [
      'values swapped between two rows',
      [
        ['a', '0'],
        ['b', '1'],
      ],
      [
        ['a', '1'],
        ['b', '0'],
      ],
    ],
    ['a trailing blank', [['a', 'b']], [['a', 'b ']]],
    ['upper and lower case', [['a', 'b']], [['A', 'b']]],
    ['composed and decomposed letters', [['é', '']], [['e\u0301', '']]],
  ])('tells %s apart', async (_what, one, other) => {
    expect(await hashOfRows(one)).not.toEqual(await hashOfRows(other));
  });

  it('is 0 of no rows', async () => {
    expect(await hashOfRows([])).toEqual(['0', '0']);
  });

  const text = fc.option(
    fc.oneof(fc.constantFrom('', 'a', '0', '1', ':', 'N;', '1:'), fc.string({ maxLength: 6 }).map(storable)),
    {
      nil: null,
    },
  );
  const rows = fc.array(fc.tuple(text, text) as fc.Arbitrary<Row>, { minLength: 1, maxLength: 8 });

  it('does not depend on the order of the rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        async ([some, shuffled]) => {
          expect(await hashOfRows(shuffled)).toEqual(await hashOfRows(some));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('changes with any row that is changed, doubled or missing', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(), fc.tuple(text, text) as fc.Arbitrary<Row>, async (some, at, row) => {
        const index = at % some.length;
        const before = await hashOfRows(some);
        expect(await hashOfRows([...some, some[index]!])).not.toEqual(before);
        expect(await hashOfRows(some.filter((_, n) => n !== index))).not.toEqual(before);
        fc.pre(JSON.stringify(row) !== JSON.stringify(some[index]));
        expect(await hashOfRows(some.with(index, row))).not.toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  it('notices single bits swapped between rows, wherever they stand', async () => {
    const pairs = Array.from({ length: 40 }, (_, n) => [`key ${n * 7919}`, `key ${n * 104729 + 1}`] as const);
    for (const [first, second] of pairs) {
      const before = await hashOfRows([
        [first, '0'],
        [second, '1'],
      ]);
      expect(
        await hashOfRows([
          [first, '1'],
          [second, '0'],
        ]),
      ).not.toEqual(before);
    }
  });

  it('of the parts adds up to the hash of the whole, by rows and by a column', async () => {
    await fill([...Array(60).keys()].map((n) => [n % 7 === 0 ? null : String(n % 9), `row ${n}`]));
    const [allRows, all] = await hash();
    for (const by of [undefined, 'a', 'b']) {
      let [count, sum, filled] = [0n, 0n, 0];
      for (const index of [0, 1, 2, 3]) {
        const [some, partial] = await hash(ab, 't', index, 4, by);
        count += BigInt(some);
        sum += BigInt(partial);
        filled += Number(some) > 0 ? 1 : 0;
      }
      expect([String(count), String(sum)]).toEqual([allRows, all]);
      expect(filled).toBeGreaterThan(1);
    }
  });

  it('holds values of every type, and tells null from none of them', async () => {
    const types: [KindedColumn['kind'], string, string[]][] = [
      ['integer', 'bigint', ['0', '9007199254740993', '9007199254740992']],
      ['decimal', 'numeric(38,9)', ['0', '0.000000001', '12345678901234567890.5']],
      ['float', 'double precision', ['0', '0.1', '0.1000000000000001']],
      ['boolean', 'boolean', ['true', 'false']],
      ['moment', 'timestamp', ['2026-01-01 00:00:00', '2026-01-01 00:00:00.000001']],
      ['zoned moment', 'timestamptz', ['2026-01-01 00:00:00Z', '2026-01-01 00:00:00+01']],
      ['moment', 'date', ['2026-01-01', '2026-01-02']],
      ['interval', 'interval', ['1 day', '2 days']],
      ['bytes', 'bytea', ['', 'a', 'ab']],
      ['super', 'super', ['{"a": 1}', '{"a": "1"}', 'null', '""']],
    ];
    for (const [kind, type, values] of types) {
      const hashes = new Set<string>();
      for (const value of [null, ...values]) {
        await fill(
          [[value]].map((row) => row),
          'typed',
          'a text',
        );
        await engine.run(
          `alter table public.typed alter a type ${type} using ${type === 'bytea' ? "convert_to(a, 'UTF8')" : `a::${type}`}`,
        );
        hashes.add((await hash([{ name: 'a', kind }], 'typed'))[1]);
      }
      expect({ type, different: hashes.size }).toEqual({ type, different: values.length + 1 });
    }
  });

  it('does not depend on the width of an integer, nor on the time zone of the session', async () => {
    await engine.run(
      'create table public.narrow (a integer)',
      'insert into public.narrow values (5), (null)',
      'create table public.wide as select a::bigint as a from public.narrow',
    );
    const a: KindedColumn[] = [{ name: 'a', kind: 'integer' }];
    expect(await hash(a, 'narrow')).toEqual(await hash(a, 'wide'));
  });

  it('quotes what it names, whatever the name', async () => {
    const name = 'we"ird; drop table t --';
    await engine.run(
      `create table public."${name.replaceAll('"', '""')}" ("co""l;" text)`,
      `insert into public."${name.replaceAll('"', '""')}" values ('x')`,
    );
    expect((await hash([{ name: 'co"l;', kind: 'text' }], name))[0]).toBe('1');
  });
});

describe('the statement of the row hash', () => {
  it('tells the length of a text before it, and ends everything else', () => {
    const columns: KindedColumn[] = [
      { name: 'id', kind: 'integer' },
      { name: 'status', kind: 'text' },
    ];
    expect(rowHashStatement(table, columns)).toEqual({
      text: `select cast(count(*) as varchar(40)) as row_count,
  cast(coalesce(sum(cast(row_hash as decimal(38,0))), 0) as varchar(64)) as row_hash
from (select fnv_hash(fnv_hash(coalesce("status", ''), fnv_hash(case when "status" is null then 'N;' else cast(octet_length("status") as varchar(12)) || ':' end, fnv_hash(coalesce(cast("id" as varchar(64)), 'N') || ';')))) as row_hash from "public"."t") as hashed`,
      parameters: [],
    });
  });

  it('gives the parts as parameters, and filters before it hashes where a column says which part', () => {
    const [a] = ab;
    const by = rowHashStatement(table, ab, { index: 2, of: 5, by: a! });
    expect(by.parameters).toEqual([
      { name: 'chunks', value: '5' },
      { name: 'chunk', value: '2' },
    ]);
    expect(by.text).toMatch(
      /from "public"\."t"\nwhere abs\(mod\(fnv_hash\(coalesce\("a", ''\)[^]*\) as hashed$/,
    );
    expect(rowHashStatement(table, ab, { index: 0, of: 2 }).text).toMatch(
      /\) as hashed\nwhere abs\(mod\(row_hash, cast\(:chunks as bigint\)\)\) = cast\(:chunk as bigint\)$/,
    );
    expect(rowHashStatement(table, ab, { index: 0, of: 1, by: a! })).toEqual(rowHashStatement(table, ab));
  });

  it('leaves out what has no text, and refuses when nothing is left or too much', () => {
    const shape: KindedColumn = { name: 'shape', kind: 'opaque' };
    expect(rowHashStatement(table, [...ab, shape])).toEqual(rowHashStatement(table, ab));
    expect(() => rowHashStatement(table, [shape])).toThrow('no column can be hashed');
    const wide = Array.from({ length: 1600 }, (_, n): KindedColumn => ({
      name: `column_${n}`,
      kind: 'text',
    }));
    expect(() => rowHashStatement(table, wide)).toThrow('1600 columns are too many for one statement');
  });
});

/** No NUL and no half surrogate pairs: no database holds them as text. */
function storable(value: string): string {
  return value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '');
}
