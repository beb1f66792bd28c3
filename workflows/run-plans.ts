import type { OperationName } from '../domain/operations';
import { copySnapshotPlan } from './copy-snapshot';
import { exportTablePlan } from './export-table';
import { keepRecoveryPointPlan } from './keep-recovery-point';
import { recordExpectationPlan } from './record-expectation';
import { recoverTablePlan } from './recover-table';
import { restoreTablePlan } from './restore-table';
import type { Parsed, RunPlan } from './run';
import { runQueryPlan } from './run-query';
import { verifyTablePlan } from './verify-table';

/** Title and steps of each operation, for telling them without running it. */
export const runPlans: { [O in OperationName]: (input: Parsed<O>) => RunPlan } = {
  copySnapshot: copySnapshotPlan,
  keepRecoveryPoint: keepRecoveryPointPlan,
  restoreTable: restoreTablePlan,
  verifyTable: verifyTablePlan,
  recordExpectation: recordExpectationPlan,
  exportTable: exportTablePlan,
  recoverTable: recoverTablePlan,
  runQuery: runQueryPlan,
};
