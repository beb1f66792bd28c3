import type { OperationInputs, OperationName } from '../../domain/operations';

/** An input that is accepted as it stands, for the OpenAPI document and the page at /docs. */
export interface Example<T = unknown> {
  summary: string;
  value: T;
}

const tableArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/orders';
const warehouse = { clusterIdentifier: 'analytics' };
const table = { database: 'dev', schema: 'public', table: 'orders' };

/** Inputs of each operation, the most usual first. Their names are those of the simulated AWS: in the demo they work. */
export const operationExamples: { [O in OperationName]: Record<string, Example<OperationInputs[O]>> } = {
  copySnapshot: {
    byTime: {
      summary: 'Keep the newest automated snapshot that is at least an hour old, for 30 days',
      value: { asOf: '1h', sourceSnapshotClusterIdentifier: 'analytics', manualSnapshotRetentionPeriod: 30 },
    },
    byName: {
      summary: 'Keep a snapshot that is named',
      value: { sourceSnapshotIdentifier: 'rs:analytics-2026-11-20-03-00-00' },
    },
  },
  keepRecoveryPoint: {
    byTime: {
      summary: 'Keep the newest recovery point that is at least an hour old, for a week',
      value: { namespaceName: 'adhoc', source: { asOf: '1h' }, retentionPeriod: 7 },
    },
  },
  restoreTable: {
    byTime: {
      summary: 'A table as it was an hour ago or longer, under a new name',
      value: { warehouse, source: { asOf: '1h' }, table },
    },
    byName: {
      summary: 'From a snapshot that is named, under a name of your own',
      value: {
        warehouse,
        source: { snapshotIdentifier: 'analytics-weekly' },
        table,
        target: { table: 'orders_of_last_week' },
      },
    },
    serverless: {
      summary: 'In a serverless workgroup, from the recovery point of that time',
      value: {
        warehouse: { workgroupName: 'adhoc' },
        source: { asOf: '90m' },
        table: { database: 'dev', table: 'events_live' },
      },
    },
  },
  verifyTable: {
    rowCount: {
      summary: 'At least so many rows',
      value: { warehouse, table: { database: 'dev', table: 'customers' }, rowCount: { atLeast: 1000 } },
    },
    ownSql: {
      summary: 'Row count and SQL of your own, which only reads',
      value: {
        warehouse,
        table: { database: 'dev', table: 'customers' },
        rowCount: { atLeast: 1000 },
        assertions: [
          {
            name: 'every customer has an id',
            sql: 'select 1 from {table} where customer_id is null',
            expect: 'no rows',
          },
        ],
      },
    },
  },
  recordExpectation: {
    beforeRelease: {
      summary: 'What the table is now, to compare with later',
      value: { warehouse, table: { database: 'dev', table: 'customers' }, moment: 'before release 42' },
    },
  },
  exportTable: {
    full: {
      summary: 'The whole table as it is now',
      value: { tableArn, s3Bucket: 'exports', s3Prefix: 'nightly' },
    },
  },
  recoverTable: {
    wholeJob: {
      summary: 'Keep the snapshot, restore the table, prove its row count, export',
      value: {
        warehouse,
        source: { asOf: '1h' },
        table,
        copy: { manualSnapshotRetentionPeriod: 7 },
        verify: { rowCount: { atLeast: 100_000 } },
        export: { tableArn, s3Bucket: 'exports', s3Prefix: 'recovered' },
      },
    },
    restoreAndProve: {
      summary: 'Restore and prove, no more',
      value: { warehouse, source: { asOf: '1h' }, table, copy: false, verify: { rowCount: { atLeast: 1 } } },
    },
  },
  runQuery: {
    count: {
      summary: 'One statement with a parameter',
      value: {
        warehouse,
        database: 'dev',
        sql: 'select count(*) from public.customers where customer_id <= :id',
        parameters: [{ name: 'id', value: '100' }],
      },
    },
  },
};
