import * as fc from '../support/made-up';
import {
  displayTable,
  identifierSchema,
  sameTable,
  tableNameSchema,
  utf8Length,
} from '../../domain/table-name';

const accepts = (name: unknown) => identifierSchema.safeParse(name).success;

describe('an identifier', () => {
  it.each([
    'orders',
    'Order',
    'a b',
    '"',
    "'; drop table x; --",
    'select',
    'größe',
    '注文',
    '🦆',
    '$1',
    '\\',
  ])('may be anything printable: %s', (name) => expect(accepts(name)).toBe(true));

  it.each(['', 'a\u0000b', 'a\nb', '\t', 'a\u007f', 'a\u0085', 42, null, undefined, {}])(
    'may not be %j',
    (name) => expect(accepts(name)).toBe(false),
  );

  it.each([
    ['x', 127],
    ['é', 63],
    ['注', 42],
    ['🦆', 31],
  ])('holds 127 bytes, not characters: %s %d times', (character, times) => {
    expect(accepts(character.repeat(times))).toBe(true);
    expect(accepts(character.repeat(times) + 'xxxx')).toBe(false);
  });
});

describe('utf8Length', () => {
  it('counts as the platform encodes, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text, 'utf8'));
      }),
    );
  });

  it('counts a lone surrogate as the replacement character that is sent for it', () => {
    expect(utf8Length('\ud800')).toBe(Buffer.byteLength('\ud800', 'utf8'));
  });
});

describe('a table name', () => {
  it('lives in the schema public when no other is named', () => {
    expect(tableNameSchema.parse({ database: 'dev', table: 'orders' })).toEqual({
      database: 'dev',
      schema: 'public',
      table: 'orders',
    });
  });

  it('is shown as database.schema.table', () => {
    expect(displayTable({ database: 'dev', schema: 'sales', table: 'orders' })).toBe('dev.sales.orders');
  });

  it('is the same table in another case, unless names are case sensitive', () => {
    const lower = { database: 'dev', schema: 'public', table: 'orders' };
    const upper = { database: 'DEV', schema: 'Public', table: 'ORDERS' };
    expect(sameTable(lower, upper)).toBe(true);
    expect(sameTable(lower, upper, true)).toBe(false);
    expect(sameTable(lower, { ...lower }, true)).toBe(true);
  });

  it.each(['database', 'schema', 'table'] as const)('is another table when its %s is another', (part) => {
    const name = { database: 'dev', schema: 'public', table: 'orders' };
    expect(sameTable(name, { ...name, [part]: 'other' })).toBe(false);
  });
});
