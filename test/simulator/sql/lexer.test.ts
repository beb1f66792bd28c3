import { array, assert, constantFrom, oneof, property, string } from '../../support/made-up';
import { tokenize } from '../../../simulator/sql/lexer';
import { bindParameters, parameterNames } from '../../../simulator/sql/parameters';

describe('tokens', () => {
  it('joined give the SQL back, whatever it is', () => {
    const piece = oneof(
      constantFrom("'", '"', '$$', '$a$', '--', '/*', '*/', '\n', ':', '::', ':id', '\\', ' ', 'e', '1'),
      string(),
    );
    assert(
      property(array(piece), (pieces) => {
        const sql = pieces.join('');
        expect(
          tokenize(sql)
            .map(({ text }) => text)
            .join(''),
        ).toBe(sql);
      }),
    );
  });
});

describe('named parameters', () => {
  it.each([
    ['a string', "select ':id'"],
    ['a string with a doubled quote', "select 'it''s :id'"],
    ['a string with an escaped quote', "select 'it\\'s :id'"],
    ['a quoted name', 'select ":id"'],
    ['a line comment', 'select 1 -- :id'],
    ['a block comment', 'select /* /* :id */ :id */ 1'],
    ['a dollar quote', 'select $$ :id $$'],
    ['a tagged dollar quote', 'select $x$ $$ :id $x$'],
    ['a cast', 'select 1::id'],
  ])('are not seen inside %s', (_where, sql) => {
    expect(parameterNames(sql)).toEqual([]);
    expect(bindParameters(sql, [{ name: 'id', value: '1' }])).toEqual({ sql, values: [] });
  });

  it('become one placeholder each, so that every place can have its own type', () => {
    const parameters = [
      { name: 'id', value: '7' },
      { name: 'name', value: "O'Neil" },
    ];
    expect(bindParameters('select :id::text, :name where id=:id', parameters)).toEqual({
      sql: 'select $1::text, $2 where id=$3',
      values: ['7', "O'Neil", '7'],
    });
  });

  it('stay as they are without a value', () => {
    expect(bindParameters('select :a, :b', [{ name: 'a', value: '1' }]).sql).toBe('select $1, :b');
    expect(bindParameters('select :a', []).sql).toBe('select :a');
  });

  it('are named once each', () => {
    expect(parameterNames('select :a, :b, :a')).toEqual(['a', 'b']);
  });
});
