import { operationNames, subjectOf, workflowIdOf } from '../../../domain/operations';
import type { RestoreTableInput } from '../../../domain/operations/restore-table';
import { minimal } from './inputs';

const restore: RestoreTableInput = minimal.restoreTable;

describe('subjectOf', () => {
  it('is the cluster and the table, or the snapshot, or the account and the DynamoDB table', () => {
    expect(subjectOf('restoreTable', restore)).toEqual({
      warehouse: 'analytics',
      table: 'dev.public.orders',
    });
    expect(subjectOf('verifyTable', minimal.verifyTable)).toEqual({
      warehouse: 'analytics',
      table: 'dev.public.orders',
    });
    expect(subjectOf('recoverTable', minimal.recoverTable)).toEqual({
      warehouse: 'analytics',
      table: 'dev.public.orders',
    });
    expect(subjectOf('copySnapshot', minimal.copySnapshot)).toEqual({
      warehouse: 'snapshots',
      table: 'rs:analytics-2026-11-20-03-00-00',
    });
    expect(
      subjectOf('copySnapshot', { ...minimal.copySnapshot, sourceSnapshotClusterIdentifier: 'analytics' })
        .warehouse,
    ).toBe('analytics');
    expect(subjectOf('exportTable', minimal.exportTable)).toEqual({
      warehouse: '123456789012.us-east-1',
      table: 'orders',
    });
  });
});

describe('workflowIdOf', () => {
  it('can be read by a person: command, warehouse, table', () => {
    expect(workflowIdOf('recoverTable', minimal.recoverTable)).toMatch(
      /^recover-table\/analytics\/dev\.public\.orders\/[0-9a-f]{8}$/,
    );
    expect(workflowIdOf('exportTable', minimal.exportTable)).toMatch(
      /^export-table\/123456789012\.us-east-1\/orders\/[0-9a-f]{8}$/,
    );
  });

  it.each(operationNames)('is the same for the same %s, in whatever order its fields stand', (operation) => {
    const input = minimal[operation];
    const reversed = Object.fromEntries(Object.entries(input).reverse()) as typeof input;
    expect(workflowIdOf(operation, reversed)).toBe(workflowIdOf(operation, input));
  });

  it.each([
    ['another snapshot', { ...restore, source: { snapshotIdentifier: 'another' } }],
    ['another table', { ...restore, table: { ...restore.table, table: 'other' } }],
    ['another target', { ...restore, target: { table: 'other' } }],
    ['another cluster', { ...restore, warehouse: { clusterIdentifier: 'other' } }],
    ['another reading of names', { ...restore, enableCaseSensitiveIdentifier: true }],
  ])('differs for %s', (_name, other) => {
    expect(workflowIdOf('restoreTable', other)).not.toBe(workflowIdOf('restoreTable', restore));
  });

  it.each([
    ['a longer deadline', { ...restore, deadline: '7 days' }],
    ['a longer settling time', { ...restore, settle: '5 minutes' }],
    ['another login', { ...restore, dataApi: { dbUser: 'undrop' } }],
  ])(
    'is the same with %s, so that a second start takes over what the first one left on AWS',
    (_name, other) => {
      expect(workflowIdOf('restoreTable', other)).toBe(workflowIdOf('restoreTable', restore));
    },
  );

  it('is the same with a longer deadline of a step', () => {
    const withExport = (deadline: string) =>
      workflowIdOf('recoverTable', { ...minimal.recoverTable, export: { ...minimal.exportTable, deadline } });
    expect(withExport('7 days')).toBe(withExport('1 day'));
    expect(withExport('1 day')).not.toBe(workflowIdOf('recoverTable', minimal.recoverTable));
  });

  it('differs for each deliberate repetition', () => {
    const ids = ['', 'a', 'b'].map((again) => workflowIdOf('restoreTable', restore, again));
    expect(new Set(ids).size).toBe(3);
  });

  it('has nothing but plain characters and at most 200 of them, whatever the names', () => {
    const table = { database: 'd', schema: 'ü "x"\\', table: '注'.repeat(42) };
    const id = workflowIdOf('restoreTable', { ...restore, table });
    expect(id).toMatch(/^[\w./:-]{1,200}$/);
    expect(
      workflowIdOf('restoreTable', { ...restore, table: { ...table, table: '注'.repeat(41) } }),
    ).not.toBe(id);
  });
});
