import type { CopySnapshotResult } from '../domain/operations/copy-snapshot';
import type { ExportTableResult } from '../domain/operations/export-table';
import type { RecordExpectationResult } from '../domain/operations/record-expectation';
import type { RecoverTableResult } from '../domain/operations/recover-table';
import type { KeepRecoveryPointResult } from '../domain/operations/keep-recovery-point';
import type { RestoreTableResult } from '../domain/operations/restore-table';
import type { RunQueryResult } from '../domain/operations/run-query';
import type { VerifyTableResult } from '../domain/operations/verify-table';

/** Result type of each operation (workflow type). */
export interface OperationResults {
  copySnapshot: CopySnapshotResult;
  keepRecoveryPoint: KeepRecoveryPointResult;
  restoreTable: RestoreTableResult;
  verifyTable: VerifyTableResult;
  recordExpectation: RecordExpectationResult;
  exportTable: ExportTableResult;
  recoverTable: RecoverTableResult;
  runQuery: RunQueryResult;
}
