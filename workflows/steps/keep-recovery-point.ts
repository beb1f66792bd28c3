import { workflowInfo } from '@temporalio/workflow';
import { observeServerlessSnapshot } from '../../domain/aws/serverless-snapshot';
import { durationMs } from '../../domain/duration';
import { snapshotCopyName } from '../../domain/names';
import type { KeepRecoveryPointResult } from '../../domain/operations/keep-recovery-point';
import { waitFor } from '../poll';
import { look, submit } from '../proxies';
import type { Step } from '../run';

export interface KeepRecoveryPoint {
  namespaceName: string;
  recoveryPointId: string;
  snapshotName?: string;
  retentionPeriod?: number;
  deadline: string;
}

/**
 * ConvertRecoveryPointToSnapshot, then the wait until the snapshot is AVAILABLE: a recovery point dies after 24 hours,
 * a snapshot is kept as long as it is asked to be.
 */
export async function keepRecoveryPointStep(
  step: Step,
  input: KeepRecoveryPoint,
): Promise<KeepRecoveryPointResult> {
  const { namespaceName, recoveryPointId, retentionPeriod } = input;
  const snapshotName =
    input.snapshotName ?? snapshotCopyName(namespaceName, workflowInfo().workflowId, step.name);
  const submitted = await submit.convertRecoveryPointToSnapshot.executeWithOptions(
    { summary: `${recoveryPointId} → ${snapshotName}` },
    [
      {
        recoveryPointId,
        namespaceName,
        snapshotName,
        retentionPeriod,
        nameIsOurs: input.snapshotName === undefined,
        notBefore: new Date(workflowInfo().startTime.getTime() - 5 * 60_000).toISOString(),
      },
    ],
  );
  step.made('snapshot', snapshotName);
  if (submitted.adopted) step.say(`took over the snapshot ${snapshotName} that was there already`);
  const snapshot = await waitFor({
    step,
    what: `snapshot ${snapshotName}`,
    handles: { snapshot: snapshotName, recoveryPoint: recoveryPointId },
    deadlineMs: durationMs(input.deadline),
    first: submitted.snapshot,
    look: () => look.getSnapshot.executeWithOptions({ summary: snapshotName }, [{ snapshotName }]),
    observe: observeServerlessSnapshot,
    notYet: { type: 'SnapshotNotFound', forMs: 300_000 },
    abandon: () =>
      step.orphan(
        'snapshot',
        snapshotName,
        `AWS goes on making ${snapshotName}; delete it if it is not wanted`,
      ),
  });
  return {
    snapshotName,
    namespaceName,
    recoveryPointId,
    snapshotCreateTime: snapshot.snapshotCreateTime,
    totalBackupSizeInMegaBytes: snapshot.totalBackupSizeInMegaBytes,
    snapshotRetentionPeriod: snapshot.snapshotRetentionPeriod,
    adopted: submitted.adopted,
  };
}
