import type { CopySnapshotInput, CopySnapshotResult } from '../domain/operations/copy-snapshot';
import { runOperation } from './run';
import { copySnapshotStep } from './steps/copy-snapshot';

/** Copies an automated Redshift snapshot to a manual one, and waits until it is available. */
export async function copySnapshot(input: CopySnapshotInput): Promise<CopySnapshotResult> {
  return runOperation(
    'copySnapshot',
    input,
    ({ sourceSnapshotIdentifier: source }) => ({
      title: `Keep snapshot ${source}`,
      steps: [{ name: 'copy', title: `Copy ${source} to a manual snapshot` }],
    }),
    (run, valid) => run.step('copy', (step) => copySnapshotStep(step, valid)),
  );
}
