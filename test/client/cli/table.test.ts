import { painter } from '../../../client/cli/painter';
import { csvText, factTable, printable, tableLines } from '../../../client/cli/table';

const lines = (columns: string[], rows: (string | number | boolean | null | undefined)[][]) =>
  tableLines({ columns, rows }, painter(false));

describe('a table of text', () => {
  it('has its columns in line, numbers to the right, texts to the left', () => {
    expect(
      lines(
        ['id', 'amount', 'name'],
        [
          [1, '12.50', 'a'],
          [100, '-3.00', 'bcd'],
        ],
      ),
    ).toEqual([' id  amount  name', '  1   12.50  a', '100   -3.00  bcd']);
  });

  it('tells null from what is not known, from an empty text and from a text that says so', () => {
    expect(lines(['a'], [[null], [undefined], [''], ['NULL']])).toEqual(['a', 'NULL', '-', '', 'NULL']);
  });

  it('counts the columns of the terminal that a character takes', () => {
    expect(
      lines(
        ['a', 'b'],
        [
          ['日本', 'x'],
          ['é'.normalize('NFD'), 'y'],
          ['🙂', 'z'],
        ],
      ),
    ).toEqual(['a     b', '日本  x', `${'é'.normalize('NFD')}     y`, '🙂    z']);
  });

  it('cuts a cell of thousands of characters', () => {
    expect(lines(['a'], [['x'.repeat(5000)]])[1]).toBe(`${'x'.repeat(199)}…`);
  });

  it('shows its head when it has no rows', () => {
    expect(lines(['id', 'name'], [])).toEqual(['id  name']);
  });

  it.each([
    ['\u001b[31m', '\\u001b[31m'],
    ['a\nb\tc\r', 'a\\nb\\tc\\r'],
    ['\u009b2J', '\\u009b2J'],
    ['\u202eoverride', '\\u202eoverride'],
  ])('lets nothing through that moves a terminal: %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});

describe('CSV', () => {
  it('quotes what needs it, and tells null from an empty text', () => {
    const rows = [
      [1, 'a,b', null],
      [2, 'say "hi"', ''],
      [3, 'two\nlines', undefined],
    ];
    expect(csvText({ columns: ['n', 'te,xt', 'x'], rows })).toBe(
      'n,"te,xt",x\n1,"a,b",\n2,"say ""hi""",""\n3,"two\nlines",\n',
    );
  });
});

describe('facts as a table', () => {
  it('leave out what is not known, and show lists whole', () => {
    expect(factTable({ a: 1, b: undefined, c: [{ d: 'e' }], f: null }).rows).toEqual([
      ['a', 1],
      ['c', '[{"d":"e"}]'],
      ['f', null],
    ]);
  });
});
