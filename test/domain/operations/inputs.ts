import { operations, type OperationName } from '../../../domain/operations';
import { parseInput } from '../../../domain/validation';

/** Valid inputs with nothing but what is needed; tests vary one thing at a time. */
export const minimal = {
  copySnapshot: { sourceSnapshotIdentifier: 'rs:analytics-2026-11-20-03-00-00' },
  keepRecoveryPoint: { namespaceName: 'adhoc', source: { recoveryPointId: 'rp-1' } },
  restoreTable: {
    warehouse: { clusterIdentifier: 'analytics' },
    source: { snapshotIdentifier: 'before-the-change' },
    table: { database: 'dev', table: 'orders' },
  },
  verifyTable: {
    warehouse: { clusterIdentifier: 'analytics' },
    table: { database: 'dev', table: 'orders' },
    rowCount: { exactly: 120_000 },
  },
  recordExpectation: {
    warehouse: { clusterIdentifier: 'analytics' },
    table: { database: 'dev', table: 'orders' },
  },
  exportTable: {
    tableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/orders',
    s3Bucket: 'exports',
  },
  recoverTable: {
    warehouse: { clusterIdentifier: 'analytics' },
    source: { snapshotIdentifier: 'rs:analytics-2026-11-20-03-00-00' },
    table: { database: 'dev', table: 'orders' },
  },
  runQuery: {
    warehouse: { clusterIdentifier: 'analytics' },
    database: 'dev',
    sql: 'select 1',
  },
};

/** `field: problem` of every problem of the minimal input with these changes; empty when it is valid. */
export function problemsWith(operation: OperationName, changes: Record<string, unknown>): string[] {
  const parsed = parseInput(operations[operation].schema, { ...minimal[operation], ...changes });
  return parsed.ok ? [] : parsed.problems.map(({ field, problem }) => `${field}: ${problem}`);
}

/** The input as the workflow works with it: defaults filled in. */
export function parsedWith(operation: OperationName, changes: Record<string, unknown> = {}): unknown {
  const parsed = parseInput(operations[operation].schema, { ...minimal[operation], ...changes });
  return parsed.ok ? parsed.value : parsed.problems;
}
