import { assertionStatement, readOnlyProblem } from '../../../domain/sql/read-only';

describe('a statement that only reads', () => {
  it.each([
    'select 1',
    '  SELECT count(*) = 0 from orders where amount < 0 ;; ',
    '(select 1) union all (select 2)',
    'with bad as (select * from orders where amount < 0) select * from bad',
    "select ';', 'it''s', 'a \\' quote; into', \"in;to\" from t",
    'select 1 -- ; insert into t',
    'select /* ; drop /* nested; */ */ 1',
    'select $$ ; into $$, $tag$ ; $tag$',
    'select "update", "into" from t',
    'select updated, insert_time, into_account from t',
    'select * from {table}',
  ])('may be %j', (sql) => {
    expect(readOnlyProblem(sql)).toBeUndefined();
  });

  it.each([
    ['', 'holds no statement'],
    [' ; -- nothing', 'holds no statement'],
    ['select 1; select 2', 'must be one statement'],
    ["select '\\'; drop table t; --'; drop table t", 'must be one statement'],
    ['delete from t', 'must only read: it has to begin with SELECT or WITH'],
    ['explain delete from t', 'must only read: it has to begin with SELECT or WITH'],
    ['call purge()', 'must only read: it has to begin with SELECT or WITH'],
    ['select * into copy_of_t from t', 'must only read: INTO writes'],
    ['with gone as (delete from t returning *) select * from gone', 'must only read: DELETE writes'],
    ['with x as (select 1) update t set a = 1', 'must only read: UPDATE writes'],
    ['with x as (select 1)/**/insert\ninto t select * from x', 'must only read: INTO writes'],
    ["select 'open", 'has a quote or a comment that is not closed'],
    ['select "open', 'has a quote or a comment that is not closed'],
    ['select 1 /* open /* */', 'has a quote or a comment that is not closed'],
  ])('cannot be %j', (sql, problem) => {
    expect(readOnlyProblem(sql)).toBe(problem);
  });

  it('names the table that is proved by its quoted name', () => {
    const table = { database: 'dev', schema: 'public', table: 'or$&"ders' };
    expect(assertionStatement('select 1 from {table} a, {table} b', table)).toEqual({
      text: 'select 1 from "public"."or$&""ders" a, "public"."or$&""ders" b',
      parameters: [],
    });
  });
});
