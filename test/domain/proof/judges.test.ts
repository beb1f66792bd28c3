import { assertionRows, judgeAssertion } from '../../../domain/proof/judge-assertion';
import { judgeColumn, judgeRows } from '../../../domain/proof/judge-content';
import {
  judgeStructure,
  structureGiven,
  structureLike,
  structureRecorded,
} from '../../../domain/proof/judge-structure';
import { provingTitle } from '../../../domain/proof/proving-title';
import type { TableStructure } from '../../../domain/proof/table-structure';
import type { RecordedExpectation } from '../../../domain/operations/expectations';

const orders: TableStructure = {
  columns: [
    { name: 'id', type: 'bigint', nullable: false },
    { name: 'status', type: 'character varying(16)', nullable: true },
    { name: 'amount', type: 'numeric(12,2)', nullable: true },
  ],
  distribution: 'KEY(id)',
  sortKey: 'id, status',
};
const failed = (verdicts: { subject: string; passed: boolean; expected: string; actual: string }[]) =>
  verdicts
    .filter(({ passed }) => !passed)
    .map(({ subject, expected, actual }) => `${subject}: ${expected} / ${actual}`);

describe('judgeStructure', () => {
  it('passes a structure that is the same, in six verdicts', () => {
    const verdicts = judgeStructure(structureLike(orders), orders);
    expect(verdicts.map(({ level, subject, passed }) => [level, subject, passed])).toEqual(
      ['columns', 'column types', 'nullability', 'column order', 'distribution', 'sort key'].map(
        (subject) => ['structure', subject, true],
      ),
    );
  });

  const [id, status, amount] = orders.columns as [
    TableStructure['columns'][number],
    TableStructure['columns'][number],
    TableStructure['columns'][number],
  ];
  it.each<[string, Partial<TableStructure>, string[]]>([
    [
      'a missing column',
      { columns: [id, amount] },
      ['columns: 3 columns: id, status, amount / 2 columns, without status'],
    ],
    [
      'one too many',
      { columns: [id, status, amount, { ...id, name: 'note' }] },
      ['columns: 3 columns: id, status, amount / 4 columns, with note'],
    ],
    [
      'another type',
      { columns: [id, { ...status, type: 'character varying(8)' }, amount] },
      ['column types: status character varying(16) / status character varying(8)'],
    ],
    [
      'another nullability',
      { columns: [{ ...id, nullable: true }, status, amount] },
      ['nullability: id not null / id null'],
    ],
    ['another order', { columns: [id, amount, status] }, ['column order: status, amount / amount, status']],
    ['another distribution', { distribution: 'EVEN' }, ['distribution: KEY(id) / EVEN']],
    [
      'a distribution that nobody shows',
      { distribution: undefined } as never,
      ['distribution: KEY(id) / not shown to this database user'],
    ],
    ['another sort key', { sortKey: 'none' }, ['sort key: id, status / none']],
    [
      'no table at all',
      { columns: [] },
      ['columns: 3 columns: id, status, amount / no such table, or no right to see it'],
    ],
  ])('does not pass %s', (_what, changes, told) => {
    expect(failed(judgeStructure(structureLike(orders), { ...orders, ...changes }))).toEqual(told);
  });

  it('collects everything that differs', () => {
    const other: TableStructure = {
      columns: [
        { ...amount, type: 'bigint' },
        { ...id, nullable: true },
      ],
      distribution: 'ALL',
      sortKey: 'amount',
    };
    expect(failed(judgeStructure(structureLike(orders), other))).toHaveLength(6);
  });

  it('does not look at what may differ', () => {
    const other: TableStructure = { ...orders, distribution: 'EVEN', sortKey: 'none' };
    expect(failed(judgeStructure(structureLike(orders, ['distribution', 'sort key']), other))).toEqual([]);
  });

  it('never takes two tables for the same whose distribution it cannot see', () => {
    const { distribution: _hidden, ...hidden } = orders;
    expect(failed(judgeStructure(structureLike(hidden), hidden))).toHaveLength(1);
  });

  it('takes a list as a person writes it, and compares only what it says', () => {
    const given = structureGiven({
      columns: [
        { name: 'ID', type: 'int8' },
        { name: 'status', type: 'VARCHAR' },
        { name: 'amount', type: 'decimal(12, 2)', nullable: true },
      ],
      distribution: 'key( id )',
      sortKey: ['id', 'status'],
    });
    const verdicts = judgeStructure(given, orders);
    expect(failed(verdicts)).toEqual([]);
    expect(verdicts).toHaveLength(6);
    expect(
      judgeStructure(structureGiven({ columns: [{ name: 'id', type: 'bigint' }], ordered: false }), {
        ...orders,
        columns: [orders.columns[0]!],
      }).map(({ subject }) => subject),
    ).toEqual(['columns', 'column types']);
  });

  it('expects what was recorded, and the distribution only when it was recorded', () => {
    const recorded = { ...orders, table: {}, figures: [] } as unknown as RecordedExpectation;
    expect(judgeStructure(structureRecorded(recorded), orders, ', as recorded')).toHaveLength(6);
    const { distribution: _unseen, ...without } = recorded;
    expect(judgeStructure(structureRecorded(without as RecordedExpectation), orders)).toHaveLength(5);
  });

  it('keeps its texts short, whatever the table', () => {
    const wide: TableStructure = {
      ...orders,
      columns: Array.from({ length: 1600 }, (_, n) => ({ name: `column_${n}`, type: 'int', nullable: true })),
    };
    for (const { expected, actual } of judgeStructure(structureLike(wide), orders)) {
      expect(expected.length).toBeLessThanOrEqual(300);
      expect(actual.length).toBeLessThanOrEqual(300);
    }
  });
});

describe('judgeColumn', () => {
  const figures = { column: 'amount', nulls: '1', distinct: '3', min: '1', max: '3', sum: '6' };

  it('says the figures in a way that can be compared', () => {
    expect(judgeColumn('amount', 'integer', figures, { ...figures, nulls: '2', sum: '5' })).toEqual({
      level: 'content',
      subject: 'column amount',
      passed: false,
      expected: '1 null, 3 distinct, from 1 to 3, sum 6',
      actual: '2 nulls, 3 distinct, from 1 to 3, sum 5',
    });
  });

  it.each(['nulls', 'distinct', 'min', 'max', 'sum'] as const)('does not pass another %s', (figure) => {
    expect(judgeColumn('amount', 'integer', figures, figures).passed).toBe(true);
    expect(judgeColumn('amount', 'integer', figures, { ...figures, [figure]: '4' }).passed).toBe(false);
    const { [figure]: _gone, ...less } = figures;
    expect(judgeColumn('amount', 'integer', figures, { nulls: '9', ...less, column: 'amount' }).passed).toBe(
      false,
    );
  });

  it('tells no values from the text null', () => {
    expect(judgeColumn('a', 'text', { ...figures, min: null }, { ...figures, min: 'null' }).passed).toBe(
      false,
    );
  });

  it('gives sums of floating-point numbers their last digits, and no other sum', () => {
    const other = { ...figures, sum: '6.0000000001' };
    expect(judgeColumn('a', 'float', figures, other).passed).toBe(true);
    expect(judgeColumn('a', 'decimal', figures, other).passed).toBe(false);
    expect(judgeColumn('a', 'float', figures, { ...figures, sum: '6.0001' }).passed).toBe(false);
    expect(judgeColumn('a', 'float', figures, { ...figures, sum: null }).passed).toBe(false);
    expect(judgeColumn('a', 'float', { ...figures, sum: 'NaN' }, { ...figures, sum: '6' }).passed).toBe(
      false,
    );
  });

  it('does not pass a column that one of them lacks', () => {
    expect(judgeColumn('a', undefined, figures, undefined)).toMatchObject({
      passed: false,
      actual: 'no such column',
    });
    expect(judgeColumn('a', undefined, undefined, undefined).passed).toBe(false);
  });
});

describe('judgeRows', () => {
  it.each([
    [{ rows: '3', hash: '5' }, true],
    [{ rows: '3', hash: '6' }, false],
    [{ rows: '4', hash: '5' }, false],
  ])('of %j passes: %s', (actual, passed) => {
    expect(judgeRows('rows', { rows: '3', hash: '5' }, actual).passed).toBe(passed);
  });
});

describe('judgeAssertion', () => {
  const claim = (expect_: 'true' | 'no rows') => ({
    name: 'no negative amounts',
    sql: 'select',
    expect: expect_,
  });

  it.each([
    ['true', [[true]], 1, true, 'true'],
    ['true', [[false]], 1, false, 'false'],
    ['true', [[null]], 1, false, 'null'],
    ['true', [['true']], 1, false, 'true'],
    ['true', [[1]], 1, false, '1'],
    ['true', [], 0, false, 'no rows'],
    ['true', [[true], [true]], 2, false, '2 rows: (true), (true)'],
    ['true', [[true, true]], 1, false, '1 row: (true, true)'],
    ['no rows', [], 0, true, 'none'],
    ['no rows', [[1, 'x']], 1, false, '1 row: (1, x)'],
    ['no rows', [[1], [2], [3]], 4711, false, '4,711 rows: (1), (2), (3), …'],
  ] as const)('%s of %j (%d rows) passes: %s', (expect_, rows, totalRows, passed, actual) => {
    expect(judgeAssertion(claim(expect_), { rows, totalRows })).toEqual({
      level: 'assertion',
      subject: 'no negative amounts',
      passed,
      expected: expect_,
      actual,
    });
    expect(rows.length).toBeLessThanOrEqual(assertionRows);
  });

  it('does not pass a statement that the database refuses', () => {
    expect(judgeAssertion(claim('no rows'), { refused: 'no such column' })).toMatchObject({
      passed: false,
      actual: 'a statement that failed: no such column',
    });
  });
});

describe('the title of a proof', () => {
  it.each([
    [{ rowCount: {} }, 'Count the rows of orders'],
    [
      { rowCount: {}, structure: true, assertions: [1, 2] },
      'Prove orders: row count, structure, 2 assertions',
    ],
    [{ content: {}, assertions: [1] }, 'Prove orders: content, an assertion'],
    [{ expectation: {} }, 'Prove orders: what was recorded'],
  ])('of %j is %s', (levels, title) => {
    expect(provingTitle(levels, 'the rows of orders', 'orders')).toBe(title);
  });
});
