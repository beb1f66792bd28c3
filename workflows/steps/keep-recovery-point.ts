import { workflowInfo } from '@temporalio/workflow';
import {
  type Conversion,
  isConversion,
  observeServerlessSnapshot,
  type ServerlessSnapshotFacts,
} from '../../domain/aws/serverless-snapshot';
import { durationMs } from '../../domain/duration';
import type { FailureType } from '../../domain/failures';
import { keptRecoveryPointName } from '../../domain/names';
import type { KeepRecoveryPointResult } from '../../domain/operations/keep-recovery-point';
import { fail, failureTypeOf, worthQueueing } from '../failure';
import { submitWhenReady, waitFor } from '../poll';
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
 * @throws RecoveryPointNotFound, SnapshotNotOfCluster, SnapshotNameTaken, SnapshotQuotaExceeded …
 */
export async function keepRecoveryPointStep(
  step: Step,
  input: KeepRecoveryPoint,
): Promise<KeepRecoveryPointResult> {
  const { namespaceName, recoveryPointId } = input;
  const { workflowId } = workflowInfo();
  const snapshotName =
    input.snapshotName ?? keptRecoveryPointName(namespaceName, recoveryPointId, workflowId, step.name);
  const handles = { namespace: namespaceName, recoveryPoint: recoveryPointId, snapshot: snapshotName };
  const submitted = await convert(step, { ...input, snapshotName }, input.snapshotName === undefined);
  step.made('snapshot', snapshotName);
  if (submitted.adopted) step.say(`took over the snapshot ${snapshotName} that was there already`);
  const snapshot = await waitFor({
    step,
    what: `snapshot ${snapshotName}`,
    handles,
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

/**
 * Looks before it sends: a snapshot that is this conversion's already is taken over, even when its recovery point has
 * ended since; any other one of that name, and a recovery point of another namespace, end the step before anything is made.
 */
async function convert(
  step: Step,
  input: KeepRecoveryPoint & { snapshotName: string },
  nameIsOurs: boolean,
): Promise<{ snapshot: ServerlessSnapshotFacts; adopted: boolean }> {
  const { namespaceName, recoveryPointId, snapshotName, retentionPeriod } = input;
  const handles = { namespace: namespaceName, recoveryPoint: recoveryPointId, snapshot: snapshotName };
  const what = 'keeping the recovery point';
  const whenReady = <T>(send: () => Promise<T>) =>
    submitWhenReady({
      step,
      what,
      handles,
      deadlineMs: durationMs(input.deadline),
      waitable: (error) => worthQueueing(failureTypeOf(error)),
      send,
    });
  const existing = await whenReady(() =>
    unless('SnapshotNotFound', () =>
      look.getSnapshot.executeWithOptions({ summary: `is there a ${snapshotName}?` }, [{ snapshotName }]),
    ),
  );
  const nameFreeAt = existing === undefined ? new Date().toISOString() : undefined;
  const point = await whenReady(() =>
    unless('RecoveryPointNotFound', () =>
      look.getRecoveryPoint.executeWithOptions({ summary: recoveryPointId }, [{ recoveryPointId }]),
    ),
  );
  const conversion: Conversion = {
    namespaceName,
    nameIsOurs,
    ...(point && { recoveryPointCreateTime: point.recoveryPointCreateTime }),
    ...(nameFreeAt !== undefined && { nameFreeAt }),
  };
  if (existing && isConversion(existing, conversion)) return { snapshot: existing, adopted: true };
  if (existing) {
    throw fail(
      'SnapshotNameTaken',
      what,
      handles,
      'a snapshot of that name exists and is not of this recovery point',
    );
  }
  if (point === undefined) {
    throw fail('RecoveryPointNotFound', what, handles, 'AWS has no such recovery point, or no longer');
  }
  if (point.namespaceName !== namespaceName) {
    throw fail('SnapshotNotOfCluster', what, handles, `it is of the namespace ${point.namespaceName}`);
  }
  return whenReady(() =>
    submit.convertRecoveryPointToSnapshot.executeWithOptions(
      { summary: `${recoveryPointId} → ${snapshotName}` },
      [{ ...conversion, recoveryPointId, snapshotName, retentionPeriod }],
    ),
  );
}

/** Undefined for an answer that says it is not there. */
async function unless<T>(type: FailureType, send: () => Promise<T>): Promise<T | undefined> {
  try {
    return await send();
  } catch (error) {
    if (failureTypeOf(error) === type) return undefined;
    throw error;
  }
}
