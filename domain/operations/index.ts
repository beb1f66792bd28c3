import { canonicalJson, hashOf } from '../hash';
import { displayTable } from '../table-name';
import { isAge, sourceLabel } from '../restore-source';
import { warehouseName } from '../warehouse';
import { copySnapshotInputSchema, type CopySnapshotInput } from './copy-snapshot';
import { exportTableInputSchema, type ExportTableInput } from './export-table';
import { keepRecoveryPointInputSchema, type KeepRecoveryPointInput } from './keep-recovery-point';
import { recordExpectationInputSchema, type RecordExpectationInput } from './record-expectation';
import { recoverTableInputSchema, type RecoverTableInput } from './recover-table';
import { restoreTableInputSchema, type RestoreTableInput } from './restore-table';
import { runQueryInputSchema, type RunQueryInput } from './run-query';
import { verifyTableInputSchema, type VerifyTableInput } from './verify-table';

/** What a run is about, for ids, search attributes and titles. */
export interface Subject {
  /** Cluster, or DynamoDB account and region for an export. */
  warehouse: string;
  /** Table or snapshot. */
  table: string;
}

/** Input type of each operation (workflow type). */
export interface OperationInputs {
  copySnapshot: CopySnapshotInput;
  keepRecoveryPoint: KeepRecoveryPointInput;
  restoreTable: RestoreTableInput;
  verifyTable: VerifyTableInput;
  recordExpectation: RecordExpectationInput;
  exportTable: ExportTableInput;
  recoverTable: RecoverTableInput;
  runQuery: RunQueryInput;
}

export type OperationName = keyof OperationInputs;

/**
 * The operations: workflow type, command name, schema. One table for client, CLI and workflows; adding an operation
 * means adding a row here and a workflow of the same name.
 */
export const operations = {
  copySnapshot: {
    command: 'copy-snapshot',
    summary: 'Keep an automated Redshift snapshot as a manual one',
    schema: copySnapshotInputSchema,
  },
  keepRecoveryPoint: {
    command: 'keep-recovery-point',
    summary: 'Keep a serverless recovery point as a snapshot',
    schema: keepRecoveryPointInputSchema,
  },
  restoreTable: {
    command: 'restore-table',
    summary: 'Restore one table from a snapshot, under a new name',
    schema: restoreTableInputSchema,
  },
  verifyTable: {
    command: 'verify-table',
    summary: 'Prove a table through the Redshift Data API',
    schema: verifyTableInputSchema,
  },
  recordExpectation: {
    command: 'record-expectation',
    summary: 'Record what a table is now, for a later proof',
    schema: recordExpectationInputSchema,
  },
  exportTable: {
    command: 'export-table',
    summary: 'Export a DynamoDB table to S3 and check what arrived',
    schema: exportTableInputSchema,
  },
  recoverTable: {
    command: 'recover-table',
    summary: 'Copy the snapshot, restore the table, verify it, export',
    schema: recoverTableInputSchema,
  },
  runQuery: {
    command: 'query',
    summary: 'Run SQL through the Redshift Data API and bring the rows home',
    schema: runQueryInputSchema,
  },
} as const;

export const operationNames = Object.keys(operations) as OperationName[];

/** What a run of this operation with this (valid) input is about. */
export function subjectOf(operation: OperationName, input: OperationInputs[OperationName]): Subject {
  switch (operation) {
    case 'copySnapshot': {
      const { sourceSnapshotClusterIdentifier: cluster, ...source } = input as CopySnapshotInput;
      return {
        warehouse: cluster ?? 'snapshots',
        table: source.sourceSnapshotIdentifier ?? sourceLabel({ asOf: source.asOf ?? '' }),
      };
    }
    case 'keepRecoveryPoint': {
      const { namespaceName, source } = input as KeepRecoveryPointInput;
      return { warehouse: namespaceName, table: sourceLabel(source) };
    }
    case 'runQuery': {
      const { warehouse, database } = input as RunQueryInput;
      return { warehouse: warehouseName(warehouse), table: database };
    }
    case 'exportTable': {
      const [, , , region, account, resource] = (input as ExportTableInput).tableArn.split(':');
      return { warehouse: `${account}.${region}`, table: resource!.replace('table/', '') };
    }
    case 'restoreTable':
    case 'verifyTable':
    case 'recordExpectation':
    case 'recoverTable': {
      const { warehouse, table } = input as RestoreTableInput;
      return {
        warehouse: warehouseName(warehouse),
        table: displayTable({ ...table, schema: table.schema ?? 'public' }),
      };
    }
  }
}

/** Fields that say how patiently, under which login and for whose ears a thing is done, not which thing. */
const manner = new Set(['deadline', 'settle', 'dataApi', 'skipPreflight', 'notify']);

/** The input without its manner, in the operation itself and in the steps it names. */
function intentOf(input: object): object {
  const entries = Object.entries(input).filter(([key]) => !manner.has(key));
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      typeof value === 'object' && value !== null ? intentOf(value) : value,
    ]),
  );
}

/**
 * The workflow id of a run: `recover-table/analytics/dev.public.orders/3f9a1c2e`. The last part is a hash of what is
 * asked for (and of `again`, for a deliberate repetition), so that asking twice for the same thing is one run, not two:
 * also when the second asks with a longer deadline or another login, after the first one failed for lack of it.
 */
export function workflowIdOf(
  operation: OperationName,
  input: OperationInputs[OperationName],
  again = '',
): string {
  const { warehouse, table } = subjectOf(operation, input);
  const readable = `${warehouse}/${table}`.replace(/[^\w./:-]+/g, '_').slice(0, 150);
  const hash = hashOf(canonicalJson(intentOf(input)), again).slice(0, 8);
  return `${operations[operation].command}/${readable}/${hash}`;
}

/**
 * Whether the same request means something new once it was done: a proof or a record of how a table is *now*, or a
 * source chosen by an age (`24h`), which is another moment each time. Such a request is one run only while that runs.
 */
export function meansNow(operation: OperationName, input: OperationInputs[OperationName]): boolean {
  if (operation === 'verifyTable' || operation === 'recordExpectation') return true;
  const { source, asOf } = input as { source?: object; asOf?: string };
  const moment = asOf ?? (source && 'asOf' in source ? String(source.asOf) : undefined);
  return moment !== undefined && isAge(moment);
}
