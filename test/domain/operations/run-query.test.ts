import { workflowIdOf } from '../../../domain/operations';
import { describeQuery } from '../../../domain/operations/run-query';
import { shownInput } from '../../../domain/operations/shown-input';
import { shortSql } from '../../../domain/sql/short-sql';
import { parsedWith, problemsWith } from './inputs';

const problems = (changes: Record<string, unknown>) => problemsWith('runQuery', changes);

describe('the input of runQuery', () => {
  it('brings a thousand rows home unless told otherwise', () => {
    expect(parsedWith('runQuery')).toMatchObject({ maxRows: 1000, deadline: '24 hours' });
  });

  it.each<[string, Record<string, unknown>]>([
    ['a batch', { sql: undefined, sqls: ['select 1', 'select 2'], executionMode: 'AUTO_COMMIT' }],
    ['a batch of one', { sql: undefined, sqls: ['select 1'] }],
    ['parameters', { parameters: [{ name: 'day_1', value: ' ' }] }],
    [
      'a secret on a workgroup',
      { warehouse: { workgroupName: 'adhoc' }, dataApi: { secretArn: 'arn:aws:secretsmanager:x' } },
    ],
    ['a database user on a cluster', { dataApi: { dbUser: 'analyst' } }],
    ['SQL of 100 KB', { sql: 'x'.repeat(102_400) }],
    ['no rows', { maxRows: 0 }],
  ])('may be %s', (_what, changes) => {
    expect(problems(changes)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no SQL', { sql: undefined }, 'sql: is missing'],
    ['SQL of nothing but spaces', { sql: ' \n' }, 'sql: must not be empty'],
    ['SQL above 100 KB, counted in bytes', { sql: 'é'.repeat(51_201) }, 'sql: must be at most 100 KB'],
    ['SQL and a batch', { sqls: ['select 1'] }, 'sqls: cannot be given together with sql'],
    ['an empty batch', { sql: undefined, sqls: [] }, 'sqls: must be at least 1'],
    ['41 statements', { sql: undefined, sqls: Array(41).fill('select 1') }, 'sqls: must be at most 40'],
    [
      'a batch above 1 MB',
      { sql: undefined, sqls: Array(11).fill('x'.repeat(100_000)) },
      'sqls: must be at most 1 MB in all',
    ],
    ['a mode without a batch', { executionMode: 'TRANSACTION' }, 'executionMode: is of a batch: give sqls'],
    ['no parameters in the list', { parameters: [] }, 'parameters: must be at least 1'],
    [
      'a parameter name with a colon',
      { parameters: [{ name: ':a', value: '1' }] },
      'parameters.0.name: must be letters, digits and underscores',
    ],
    [
      'a parameter name twice',
      {
        parameters: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
      },
      'parameters: must not name a parameter twice',
    ],
    [
      'a number as value',
      { parameters: [{ name: 'a', value: 1 }] },
      'parameters.0.value: must be text, not a number',
    ],
    [
      'a database user on a workgroup',
      { warehouse: { workgroupName: 'adhoc' }, dataApi: { dbUser: 'u' } },
      'dataApi.dbUser: cannot be given for a workgroup, whose database user is made from the IAM identity; give secretArn instead',
    ],
    ['too many rows', { maxRows: 10_001 }, 'maxRows: must be at most 10000'],
    ['no database', { database: undefined }, 'database: is missing'],
  ])('is refused with %s', (_what, changes, problem) => {
    expect(problems(changes)).toEqual([problem]);
  });

  it('makes the id of the run, which shows no SQL', () => {
    const input = { warehouse: { clusterIdentifier: 'analytics' }, database: 'dev', sql: "select 'secret'" };
    expect(workflowIdOf('runQuery', input)).toMatch(/^query\/analytics\/dev\/[0-9a-f]{8}$/);
    expect(workflowIdOf('runQuery', { ...input, sql: 'select 2' })).not.toBe(workflowIdOf('runQuery', input));
  });
});

describe('a query as people see it', () => {
  it('is on one line, and cut at whole characters', () => {
    expect(shortSql('select 1,\n\t  2', 80)).toBe('select 1, 2');
    expect(shortSql('🙂🙂🙂', 2)).toBe('🙂…');
    expect(describeQuery({ sql: `select ${'x'.repeat(200)}` }, 20)).toBe('select xxxxxxxxxxxx…');
  });

  it('tells a batch by its size and its first statement', () => {
    expect(describeQuery({ sqls: ['begin work', 'b', 'c'] })).toBe('3 statements: begin work');
    expect(describeQuery({ sqls: ['only'] })).toBe('only');
  });

  it('shows neither values of parameters nor SQL of any length', () => {
    const shown = shownInput('runQuery', {
      warehouse: { clusterIdentifier: 'analytics' },
      database: 'dev',
      sqls: Array<string>(40).fill(`select ${'x'.repeat(100_000)}`),
      parameters: [{ name: 'card', value: '4111' }],
    });
    expect(shown).toMatchObject({ database: 'dev', parameters: ['card'] });
    expect(JSON.stringify(shown)).not.toContain('4111');
    expect(JSON.stringify(shown).length).toBeLessThan(2000);
  });

  it('leaves the input of other operations as it is', () => {
    const input = { tableArn: 'arn', s3Bucket: 'exports' };
    expect(shownInput('exportTable', input)).toBe(input);
  });
});
