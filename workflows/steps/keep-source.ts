import type { CopySnapshotResult } from '../../domain/operations/copy-snapshot';
import type { KeepRecoveryPointResult } from '../../domain/operations/keep-recovery-point';
import type { NamedSource } from '../../domain/restore-source';
import { warehouseHandles, type Warehouse } from '../../domain/warehouse';
import { look } from '../proxies';
import type { Parsed, Run } from '../run';
import { copySnapshotStep } from './copy-snapshot';
import { keepRecoveryPointStep } from './keep-recovery-point';

export interface KeptSource {
  /** What to restore from: the copy where one was made. */
  source: NamedSource;
  copy?: CopySnapshotResult;
  keep?: KeepRecoveryPointResult;
}

/**
 * Keeps a source that AWS would delete by itself, before it can expire under the restore: an automated snapshot is
 * copied, a recovery point converted. Manual and serverless snapshots are kept already.
 */
export async function keepSource(
  run: Run,
  input: Pick<Parsed<'recoverTable'>, 'copy' | 'deadline'> & { warehouse: Warehouse; named: NamedSource },
): Promise<KeptSource> {
  const { named: source, warehouse, copy, deadline } = input;
  if (copy === false) return { source };
  if ('snapshotName' in source) {
    run.skip('copy', `${source.snapshotName} is a snapshot already`);
    return { source };
  }
  if ('recoveryPointId' in source) {
    const keep = await run.step('copy', (step) =>
      keepRecoveryPointStep(step, {
        namespaceName: warehouseHandles(warehouse).namespace ?? '',
        recoveryPointId: source.recoveryPointId,
        snapshotName: copy.targetSnapshotIdentifier,
        retentionPeriod: copy.manualSnapshotRetentionPeriod,
        deadline,
      }),
    );
    return { source: { snapshotName: keep.snapshotName }, keep };
  }
  const { snapshotIdentifier } = source;
  // One whose copy is carried may be gone.
  if (!run.carries('copy') && (await isManual(snapshotIdentifier))) {
    run.skip('copy', `${snapshotIdentifier} is a manual snapshot already`);
    return { source };
  }
  const made = await run.step('copy', (step) =>
    copySnapshotStep(step, {
      ...copy,
      sourceSnapshotIdentifier: snapshotIdentifier,
      sourceSnapshotClusterIdentifier: warehouseHandles(warehouse).cluster,
      deadline,
    }),
  );
  return { source: { snapshotIdentifier: made.snapshotIdentifier }, copy: made };
}

async function isManual(snapshotIdentifier: string): Promise<boolean> {
  const { snapshotType } = await look.describeClusterSnapshot.executeWithOptions(
    { summary: snapshotIdentifier },
    [{ snapshotIdentifier }],
  );
  return snapshotType === 'manual';
}
