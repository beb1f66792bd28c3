import type { Command } from 'commander';
import type { OperationName } from '../../../domain/operations';
import type { OperationCommand } from '../operation-command';
import type { RunAction } from './operation';
import type * as CopySnapshot from './copy-snapshot';
import type * as ExportTable from './export-table';
import type * as KeepRecoveryPoint from './keep-recovery-point';
import type * as Query from './query';
import type * as RecordExpectation from './record-expectation';
import type * as RecoverTable from './recover-table';
import type * as RestoreTable from './restore-table';
import type * as VerifyTable from './verify-table';

/** An operation in the list of commands; the rest of it is loaded when the command line names it. */
export interface OperationEntry {
  operation: OperationName;
  command: string;
  summary: string;
  load(): OperationCommand;
  /** Fills in the command, where it is more than `start`. */
  describe?(group: Command, entry: OperationEntry, run: RunAction, argv: readonly string[]): void;
}

/** The operations in the order of the help: the main one first, then its steps. Words as in the operations' registry. */
export const operationEntries: readonly OperationEntry[] = [
  {
    operation: 'recoverTable',
    command: 'recover-table',
    summary: 'Copy the snapshot, restore the table, verify it, export',
    load: () => (require('./recover-table') as typeof RecoverTable).recoverTableCommand,
  },
  {
    operation: 'copySnapshot',
    command: 'copy-snapshot',
    summary: 'Keep an automated Redshift snapshot as a manual one',
    load: () => (require('./copy-snapshot') as typeof CopySnapshot).copySnapshotCommand,
  },
  {
    operation: 'keepRecoveryPoint',
    command: 'keep-recovery-point',
    summary: 'Keep a serverless recovery point as a snapshot',
    load: () => (require('./keep-recovery-point') as typeof KeepRecoveryPoint).keepRecoveryPointCommand,
  },
  {
    operation: 'restoreTable',
    command: 'restore-table',
    summary: 'Restore one table from a snapshot, under a new name',
    load: () => (require('./restore-table') as typeof RestoreTable).restoreTableCommand,
  },
  {
    operation: 'verifyTable',
    command: 'verify-table',
    summary: 'Prove a table through the Redshift Data API',
    load: () => (require('./verify-table') as typeof VerifyTable).verifyTableCommand,
  },
  {
    operation: 'recordExpectation',
    command: 'record-expectation',
    summary: 'Record what a table is now, for a later proof',
    load: () => (require('./record-expectation') as typeof RecordExpectation).recordExpectationCommand,
  },
  {
    operation: 'exportTable',
    command: 'export-table',
    summary: 'Export a DynamoDB table to S3 and check what arrived',
    load: () => (require('./export-table') as typeof ExportTable).exportTableCommand,
  },
  {
    operation: 'runQuery',
    command: 'query',
    summary: 'Run SQL through the Redshift Data API and bring the rows home',
    load: () => (require('./query') as typeof Query).queryCommand,
    describe: (...given) => (require('./query') as typeof Query).describeQuery(...given),
  },
];
