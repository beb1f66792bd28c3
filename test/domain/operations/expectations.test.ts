import { nothingExpected, recordedExpectationSchema } from '../../../domain/operations/expectations';
import { parseInput } from '../../../domain/validation';
import { describeFailed, shortened, verdict } from '../../../domain/verdict';
import { parsedWith, problemsWith } from './inputs';

const none = { rowCount: undefined };
const claim = {
  name: 'no negative amounts',
  sql: 'select * from {table} where amount < 0',
  expect: 'no rows',
};
const recorded = {
  format: 'undrop/expectation/v1',
  table: { database: 'dev', schema: 'public', table: 'orders' },
  recordedAt: '2026-11-20T08:00:00.000Z',
  rowCount: 2,
  columns: [{ name: 'id', type: 'bigint', nullable: false }],
  sortKey: 'none',
  figures: [{ column: 'id', nulls: '0', distinct: '2', min: '1', max: null, sum: '3' }],
};

describe('what is expected of a table', () => {
  it.each([
    [{ structure: { sameAs: { table: 'orders_old' } } }],
    [{ structure: { sameAs: { table: 'orders_old' }, ignore: ['sort key', 'distribution'] } }],
    [{ structure: { columns: [{ name: 'id', type: 'bigint' }] } }],
    [
      {
        structure: {
          columns: [{ name: 'id', type: 'bigint', nullable: false }],
          distribution: 'KEY(id)',
          sortKey: [],
          ordered: false,
        },
      },
    ],
    [{ content: { sameAs: { schema: 'sales', table: 'orders' } } }],
    [{ content: { sameAs: { table: 'o' }, columns: ['id'], chunkBy: 'id', chunks: 100 } }],
    [{ assertions: [claim, { ...claim, name: 'another', expect: 'true' }] }],
    [{ expectation: recorded }],
    [{ expectation: { ...recorded, moment: 'before', rowHash: { columns: ['id'], hash: '-5' } } }],
    [{ rowCount: { exactly: 1 }, structure: { sameAs: { table: 'o' } }, assertions: [claim] }],
  ])('may be %j', (expected) => {
    expect(problemsWith('verifyTable', { ...none, ...expected })).toEqual([]);
  });

  it.each<[Record<string, unknown>, string[]]>([
    [{}, [`rowCount: ${nothingExpected}`]],
    [{ structure: {} }, ['structure: needs sameAs, or columns']],
    [{ structure: true }, ['structure: must be an object']],
    [{ structure: { columns: [] } }, ['structure.columns: must name a column']],
    [{ structure: { columns: [{ name: 'id' }] } }, ['structure.columns.0.type: is missing']],
    [
      { structure: { columns: [{ name: 'id', type: 'int' }], distribution: 'round robin' } },
      ['structure.distribution: must be EVEN, ALL, AUTO or KEY(<column>)'],
    ],
    [
      { structure: { sameAs: { table: 'o' }, ignore: ['colour'] } },
      ['structure.ignore.0: must be types or nullability or order or distribution or sort key'],
    ],
    [{ content: {} }, ['content.sameAs: is missing']],
    [
      { content: { sameAs: { table: 'o' }, chunks: 101, columns: [] } },
      ['content.columns: must name a column', 'content.chunks: must be at most 100'],
    ],
    [{ assertions: [] }, ['assertions: must hold an assertion']],
    [
      { assertions: [{ ...claim, sql: 'drop table t' }] },
      ['assertions.0.sql: must only read: it has to begin with SELECT or WITH'],
    ],
    [{ assertions: [claim, claim] }, ['assertions.1.name: is the name of another one too']],
    [{ assertions: [{ ...claim, expect: 'yes' }] }, ['assertions.0.expect: must be true or no rows']],
    [{ expectation: { ...recorded, rowCount: -1 } }, ['expectation.rowCount: must be at least 0']],
    [
      { expectation: { result: { expectation: recorded } } },
      expect.arrayContaining(['expectation.result: is not a field of this input']) as never,
    ],
  ])('cannot be %j', (expected, problems) => {
    expect(problemsWith('verifyTable', { ...none, ...expected })).toEqual(problems);
  });

  it('of a restored table may leave the original unnamed', () => {
    for (const level of [true, {}, { sameAs: { table: 'o' } }])
      expect(problemsWith('recoverTable', { verify: { structure: level, content: level } })).toEqual([]);
    expect(problemsWith('recoverTable', { verify: { content: { columns: ['id'] } } })).toEqual([]);
    expect(problemsWith('recoverTable', { verify: {} })).toEqual([`verify.rowCount: ${nothingExpected}`]);
    expect(problemsWith('recoverTable', { verify: { structure: false } })).toHaveLength(1);
  });

  it('is recorded without a row hash where nothing is said', () => {
    expect(parsedWith('recordExpectation')).toMatchObject({ rowHash: false, deadline: '24 hours' });
    expect(problemsWith('recordExpectation', { moment: '' })).toHaveLength(1);
  });

  it('survives JSON as it was recorded', () => {
    const parsed = parseInput(recordedExpectationSchema, JSON.parse(JSON.stringify(recorded)));
    expect(parsed).toEqual({ ok: true, value: recorded });
  });
});

describe('verdicts', () => {
  it('are short, and never end in half a character', () => {
    const long = '🙂'.repeat(1000);
    const { subject, expected, actual } = verdict('content', long, false, long, long);
    expect(Array.from(subject)).toHaveLength(160);
    for (const text of [expected, actual]) expect(Array.from(text)).toHaveLength(300);
    expect(expected).toMatch(/^(🙂)+…$/u);
    expect(shortened('short')).toBe('short');
  });

  it('are told in one message: the failed ones, of many the first', () => {
    const failed = (n: number) => verdict('content', `column ${n}`, false, 'a', 'b');
    const passed = verdict('rowCount', 'row count', true, 'a', 'a');
    expect(describeFailed([failed(1), passed, failed(2)])).toBe(
      'column 1: expected a, found b; column 2: expected a, found b',
    );
    expect(describeFailed(Array.from({ length: 9 }, (_, n) => failed(n)))).toMatch(
      /column 5: expected a, found b; and 3 more \(see the verdicts of the run\)$/,
    );
  });
});
