import type { OperationCommand } from '../operation-command';
import { copySnapshotCommand } from './copy-snapshot';
import { exportTableCommand } from './export-table';
import { recoverTableCommand } from './recover-table';
import { restoreTableCommand } from './restore-table';
import { verifyTableCommand } from './verify-table';

/** The operations in the order of the help: the main one first, then its steps. */
export const operationCommands: readonly OperationCommand[] = [
  recoverTableCommand,
  copySnapshotCommand,
  restoreTableCommand,
  verifyTableCommand,
  exportTableCommand,
];
