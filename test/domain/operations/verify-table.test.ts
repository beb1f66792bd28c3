import * as fc from '../../support/made-up';
import { judgeRowCount, thousands } from '../../../domain/operations/verify-table';
import { problemsWith } from './inputs';

describe('an expected row count', () => {
  it.each([
    { exactly: 0 },
    { exactly: Number.MAX_SAFE_INTEGER },
    { atLeast: 100_000 },
    { about: 100_000, tolerancePercent: 0.5 },
    { sameAs: { table: 'orders' } },
    { sameAs: { database: 'dev', schema: 'sales', table: 'orders' } },
  ])('may be %j', (rowCount) => {
    expect(problemsWith('verifyTable', { rowCount })).toEqual([]);
  });

  it.each([
    [
      undefined,
      [
        'rowCount: is missing, and so is every other expectation (structure, content, assertions, expectation): give at least one',
      ],
    ],
    [{}, ['rowCount: needs exactly, or atLeast, or about and tolerancePercent, or sameAs']],
    [120_000, ['rowCount: must be an object']],
    [{ exactly: -1 }, ['rowCount.exactly: must be at least 0']],
    [{ exactly: 1.5 }, ['rowCount.exactly: must be a whole number']],
    [{ exactly: '5' }, ['rowCount.exactly: must be a number, not text']],
    [{ atLeast: null }, ['rowCount.atLeast: must be a number, not null']],
    [{ about: 5 }, ['rowCount.tolerancePercent: is missing']],
    [
      { about: -1, tolerancePercent: 101 },
      ['rowCount.about: must be at least 0', 'rowCount.tolerancePercent: must be at most 100'],
    ],
    [{ exactly: 5, about: 7 }, ['rowCount.about: must not be given together with exactly']],
    [{ exactly: 5, abuot: 7 }, ['rowCount.abuot: is not a field of this input']],
    [{ exactly: 1, atLeast: 1 }, ['rowCount.atLeast: must not be given together with exactly']],
    [{ sameAs: {} }, ['rowCount.sameAs.table: is missing']],
    [{ sameAs: { table: '' } }, ['rowCount.sameAs.table: must not be empty']],
    [{ sameAs: 'orders' }, ['rowCount.sameAs: must be an object, not text']],
  ])('cannot be %j', (rowCount, problems) => {
    expect(problemsWith('verifyTable', { rowCount })).toEqual(problems);
  });
});

describe('judgeRowCount', () => {
  it.each([
    [{ exactly: 5 }, 5, true],
    [{ exactly: 5 }, 4, false],
    [{ exactly: 5 }, 6, false],
    [{ exactly: 0 }, 0, true],
    [{ atLeast: 5 }, 5, true],
    [{ atLeast: 5 }, 4, false],
    [{ about: 1000, tolerancePercent: 1 }, 990, true],
    [{ about: 1000, tolerancePercent: 1 }, 1010, true],
    [{ about: 1000, tolerancePercent: 1 }, 989, false],
    [{ about: 1000, tolerancePercent: 1 }, 1011, false],
    [{ about: 1000, tolerancePercent: 0 }, 1000, true],
    [{ about: 0, tolerancePercent: 100 }, 1, false],
  ])('%j of %d rows: %s', (expectation, rows, passed) => {
    expect(judgeRowCount(expectation, rows).passed).toBe(passed);
  });

  it('compares with the count of the other table', () => {
    const expectation = { sameAs: { table: 'orders_old' } };
    expect(judgeRowCount(expectation, 7, 7).passed).toBe(true);
    expect(judgeRowCount(expectation, 7, 8)).toEqual({
      level: 'rowCount',
      subject: 'row count',
      passed: false,
      expected: 'as many rows as orders_old (8)',
      actual: '7 rows',
    });
  });

  it('does not pass a count that was never made', () => {
    expect(() => judgeRowCount({ sameAs: { table: 'x' } }, 7)).toThrow(RangeError);
    for (const expectation of [{ exactly: 0 }, { atLeast: 0 }, { about: 0, tolerancePercent: 100 }])
      expect(judgeRowCount(expectation, NaN).passed).toBe(false);
  });

  it.each([
    [{ exactly: 120_000 }, 'exactly 120,000 rows'],
    [{ atLeast: 1_000 }, 'at least 1,000 rows'],
    [{ about: 1_000_000, tolerancePercent: 2.5 }, '1,000,000 rows, give or take 2.5 %'],
  ])('says what was expected and what is there so that a person can compare: %j', (expectation, expected) => {
    expect(judgeRowCount(expectation, 1234)).toMatchObject({ expected, actual: '1,234 rows' });
  });
});

describe('thousands', () => {
  it('groups as English does, for every whole number', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(thousands(value)).toBe(value.toLocaleString('en-US'));
      }),
    );
  });
});
