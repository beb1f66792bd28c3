import type { OperationName } from '../../../domain/operations';
import type { OperationCommand } from '../operation-command';

/** An operation in the list of commands; the rest of it is loaded when the command line names it. */
export interface OperationEntry {
  operation: OperationName;
  command: string;
  summary: string;
  load(): OperationCommand;
}

/** The operations in the order of the help: the main one first, then its steps. Words as in the operations' registry. */
export const operationEntries: readonly OperationEntry[] = [
  {
    operation: 'recoverTable',
    command: 'recover-table',
    summary: 'Copy the snapshot, restore the table, verify it, export',
    load: () => (require('./recover-table') as typeof import('./recover-table')).recoverTableCommand,
  },
  {
    operation: 'copySnapshot',
    command: 'copy-snapshot',
    summary: 'Keep an automated Redshift snapshot as a manual one',
    load: () => (require('./copy-snapshot') as typeof import('./copy-snapshot')).copySnapshotCommand,
  },
  {
    operation: 'restoreTable',
    command: 'restore-table',
    summary: 'Restore one table from a snapshot, under a new name',
    load: () => (require('./restore-table') as typeof import('./restore-table')).restoreTableCommand,
  },
  {
    operation: 'verifyTable',
    command: 'verify-table',
    summary: 'Prove a table through the Redshift Data API',
    load: () => (require('./verify-table') as typeof import('./verify-table')).verifyTableCommand,
  },
  {
    operation: 'exportTable',
    command: 'export-table',
    summary: 'Export a DynamoDB table to S3 and check what arrived',
    load: () => (require('./export-table') as typeof import('./export-table')).exportTableCommand,
  },
];
