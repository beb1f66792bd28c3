import * as fc from '../../support/made-up';
import { quoteIdentifier, quoteTable } from '../../../domain/sql/identifiers';
import { rowCountStatement } from '../../../domain/sql/row-count';
import { identifierSchema } from '../../../domain/table-name';
import { askPostgres } from './postgres-lexer';

const nasty = [
  'orders',
  'Orders',
  'select',
  'user',
  'a b',
  ' ',
  "'",
  '"',
  '""',
  '";--',
  '"; drop table orders; --',
  "' or 1=1 --",
  '\\',
  '\\"',
  'a\\',
  '/*',
  '*/',
  '--',
  '$$',
  '$1',
  ':name',
  '?',
  '%s',
  '.',
  'a.b',
  'U&"\\0041"',
  'ünïcödé',
  '注文',
  '🦆🦆',
  '\u200b',
  '\u2028',
  'ﬁ',
];

/** Names as Redshift takes them, out of characters that mean something to a lexer, and out of any at all. */
const hostile = fc
  .oneof(
    fc.string({
      unit: fc.constantFrom('"', "'", '\\', ';', '-', '/', '*', '$', '.', ' ', 'a', 'Ü', '🦆'),
      maxLength: 63,
    }),
    fc.string({ unit: 'binary', maxLength: 40 }),
  )
  .filter((name) => identifierSchema.safeParse(name).success);

/** PostgreSQL keeps 63 bytes of a name (Redshift 127), whole characters only. */
function kept(name: string): string {
  let text = '';
  for (const character of name) {
    if (Buffer.byteLength(text + character) > 63) break;
    text += character;
  }
  return text;
}

describe('a quoted identifier', () => {
  it('is read back as the very name by a real PostgreSQL, for thousands of hostile names', async () => {
    const names = [...nasty, ...fc.sample(hostile, 3000)];
    const chunks = Array.from({ length: Math.ceil(names.length / 500) }, (_, at) =>
      names.slice(at * 500, at * 500 + 500),
    );
    // The comment at the end of each statement would swallow what escapes its quotes.
    const statements = chunks.map(
      (chunk) => `select ${chunk.map((name) => `1 as ${quoteIdentifier(name)}`).join(', ')} --`,
    );
    const answers = await askPostgres(statements);
    expect(answers).toEqual(chunks.map((chunk) => ({ names: chunk.map(kept), rows: 1 })));
  });

  it.each([
    '',
    'a\u0000b',
    'a\nb',
    'a\rb',
    'a\tb',
    '\u007f',
    '\u0085',
    '\ud800',
    'x'.repeat(128),
    '注'.repeat(43),
  ])('is never made of %j', (name) => {
    expect(() => quoteIdentifier(name)).toThrow(RangeError);
    expect(() => quoteIdentifier(name)).toThrow(/^not an identifier \[name=".*"\]: must /);
  });

  it.each([undefined, null, 42, {}, ['orders']])(
    'is never made of %j, which no type would let through',
    (name) => {
      expect(() => quoteIdentifier(name as unknown as string)).toThrow(RangeError);
    },
  );
});

describe('SQL over a table', () => {
  it('names schema and table, each quoted; the database goes with the call', () => {
    expect(quoteTable({ database: 'dev', schema: 'My "own"', table: 'orders' })).toBe(
      '"My ""own"""."orders"',
    );
  });

  it('counts rows as row_count, with nothing of the user outside the quotes', () => {
    const table = { database: 'dev', schema: 'public', table: 'x" where 1=0 --' };
    expect(rowCountStatement(table)).toEqual({
      text: 'select count(*) as row_count from "public"."x"" where 1=0 --"',
      parameters: [],
    });
  });

  it('refuses a bad name in either place', () => {
    expect(() => quoteTable({ database: 'dev', schema: '', table: 'orders' })).toThrow(RangeError);
    expect(() => quoteTable({ database: 'dev', schema: 'public', table: 'a\nb' })).toThrow(RangeError);
  });
});
