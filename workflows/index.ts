export { copySnapshot } from './copy-snapshot';
export { exportTable } from './export-table';
export { keepRecoveryPoint } from './keep-recovery-point';
export { lookUp } from './look-up';
export { recordExpectation } from './record-expectation';
export { recoverTable } from './recover-table';
export { restoreTable } from './restore-table';
export { verifyTable } from './verify-table';
