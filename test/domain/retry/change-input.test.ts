import { changeInput } from '../../../domain/retry/change-input';
import { changedFields, firstStepOf, hasStep, mannerFields, stepRows } from '../../../domain/retry/step-rows';
import { operationNames, operations, type OperationInputs } from '../../../domain/operations';
import { z } from 'zod';

const input = {
  warehouse: { clusterIdentifier: 'analytics' },
  source: { snapshotIdentifier: 's' },
  table: { database: 'dev', schema: 'public', table: 'odrers' },
  copy: {},
  verify: { rowCount: { about: 10, tolerancePercent: 5 } },
};
const change = (changes: Record<string, unknown>) => changeInput(input, changes);

describe('a change of an input', () => {
  it('sets a value deep inside, makes what is missing on the way, and leaves the old input alone', () => {
    const before = JSON.stringify(input);
    expect(change({ 'table.table': 'orders', 'target.table': 'orders_2' })).toEqual({
      input: { ...input, table: { ...input.table, table: 'orders' }, target: { table: 'orders_2' } },
      problems: [],
    });
    expect(JSON.stringify(input)).toBe(before);
  });

  it('takes a field away with null', () => {
    const { verify: _, ...rest } = input;
    expect(change({ verify: null, nothing: null }).input).toEqual(rest);
  });

  it('takes back what is given instead of it', () => {
    expect(change({ 'source.asOf': '24h' }).input).toMatchObject({ source: { asOf: '24h' } });
    expect(change({ 'source.asOf': '24h' }).input).not.toHaveProperty('source.snapshotIdentifier');
    expect(change({ 'verify.rowCount.exactly': 5 }).input).toMatchObject({
      verify: { rowCount: { exactly: 5 } },
    });
    expect(change({ 'verify.rowCount.about': 5 }).input).toMatchObject({
      verify: { rowCount: { about: 5, tolerancePercent: 5 } },
    });
    expect(changeInput({ sql: 'select 1' }, { sqls: ['select 2'] }).input).toEqual({ sqls: ['select 2'] });
  });

  it('refuses two values of which an input has one or the other; null is none', () => {
    expect(change({ 'source.asOf': '1h', 'source.snapshotIdentifier': 'foo' }).problems).toEqual([
      {
        field: 'source.snapshotIdentifier',
        problem: 'must not be given together with source.asOf',
      },
    ]);
    expect(change({ 'source.asOf': '1h', 'source.snapshotIdentifier': null })).toMatchObject({
      input: { source: { asOf: '1h' } },
      problems: [],
    });
    expect(change({ 'verify.rowCount.about': 9, 'verify.rowCount.tolerancePercent': 1 }).problems).toEqual(
      [],
    );
  });

  it('puts an object where a switch was', () => {
    expect(changeInput({ copy: false }, { 'copy.targetSnapshotIdentifier': 'kept' }).input).toEqual({
      copy: { targetSnapshotIdentifier: 'kept' },
    });
  });

  it.each([
    ['__proto__.polluted', 'is not the path of a field'],
    ['constructor', 'is not the path of a field'],
    ['', 'is not the path of a field'],
    ['table..table', 'is not the path of a field'],
    ['source.snapshotIdentifier.x', 'cannot be reached: snapshotIdentifier holds a value'],
  ])('refuses the path %j', (path, problem) => {
    const { problems } = change({ [path]: 1 });
    expect(problems).toEqual([{ field: path === '' ? '(input)' : path, problem }]);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('the table of steps', () => {
  it.each(operationNames)('knows every field of %s', (operation) => {
    const schema = z.toJSONSchema(operations[operation].schema, { io: 'input', unrepresentable: 'any' });
    const known = [...stepRows[operation].flatMap(({ fields }) => fields), ...mannerFields];
    expect(
      Object.keys((schema as { properties: object }).properties).filter((field) => !known.includes(field)),
    ).toEqual([]);
  });

  it.each<[string[], string | undefined]>([
    [['verify'], 'verify'],
    [['table', 'verify'], 'restore'],
    [['copy', 'table'], 'copy'],
    [['source', 'export'], 'choose'],
    [['deadline', 'dataApi'], undefined],
    [['deadline', 'export'], 'export'],
    [['something new'], 'preflight'],
    [[], undefined],
  ])('says that of a recovery with other %j the first step that differs is %s', (fields, step) => {
    expect(firstStepOf('recoverTable', fields)).toBe(step);
  });

  it('compares inputs by what they say', () => {
    expect(changedFields({ a: { x: 1, y: 2 }, b: 1 }, { a: { y: 2, x: 1 }, b: 2, c: 3 })).toEqual(['b', 'c']);
  });

  it('knows which steps a run does without', () => {
    const has = (step: string, more: object) =>
      hasStep('recoverTable', step, { ...input, ...more } as OperationInputs['recoverTable']);
    expect([has('choose', {}), has('choose', { source: { asOf: '24h' } })]).toEqual([false, true]);
    expect([has('copy', {}), has('copy', { copy: false })]).toEqual([true, false]);
    expect([has('verify', {}), has('verify', { verify: undefined })]).toEqual([true, false]);
    expect([has('export', {}), has('restore', {})]).toEqual([false, true]);
  });
});
