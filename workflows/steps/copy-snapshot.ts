import { workflowInfo } from '@temporalio/workflow';
import { observeSnapshot } from '../../domain/aws/snapshot';
import { durationMs } from '../../domain/duration';
import { snapshotCopyName } from '../../domain/names';
import type { CopySnapshotResult } from '../../domain/operations/copy-snapshot';
import { failureTypeOf, worthQueueing } from '../failure';
import { submitWhenReady, waitFor } from '../poll';
import { look, submit } from '../proxies';
import type { Parsed, Step } from '../run';

/**
 * CopyClusterSnapshot, then the wait until the copy is `available`. The copy's name is fixed by the run, so a repeated
 * attempt finds its own copy and takes it over.
 */
export async function copySnapshotStep(
  step: Step,
  input: Parsed<'copySnapshot'> & { sourceSnapshotIdentifier: string },
): Promise<CopySnapshotResult> {
  const source = input.sourceSnapshotIdentifier;
  const target =
    input.targetSnapshotIdentifier ?? snapshotCopyName(source, workflowInfo().workflowId, step.name);
  const handles = { snapshot: target, source };
  const submitted = await submitWhenReady({
    step,
    what: 'copy of the snapshot',
    handles,
    deadlineMs: durationMs(input.deadline),
    waitable: (error) => worthQueueing(failureTypeOf(error)),
    send: () =>
      submit.copyClusterSnapshot.executeWithOptions({ summary: `${source} → ${target}` }, [
        {
          sourceSnapshotIdentifier: source,
          sourceSnapshotClusterIdentifier: input.sourceSnapshotClusterIdentifier,
          targetSnapshotIdentifier: target,
          manualSnapshotRetentionPeriod: input.manualSnapshotRetentionPeriod,
        },
      ]),
  });
  step.made('snapshot', target);
  if (submitted.adopted) step.say(`took over the copy ${target} that was there already`);
  const snapshot = await waitFor({
    step,
    what: `snapshot copy ${target}`,
    handles,
    deadlineMs: durationMs(input.deadline),
    first: submitted.snapshot,
    look: () =>
      look.describeClusterSnapshot.executeWithOptions({ summary: target }, [{ snapshotIdentifier: target }]),
    observe: observeSnapshot,
    notYet: { type: 'SnapshotNotFound', forMs: 300_000 },
    abandon: () =>
      step.orphan(
        'snapshot',
        target,
        `AWS goes on copying to ${target}; delete the copy if it is not wanted`,
      ),
  });
  return {
    snapshotIdentifier: target,
    clusterIdentifier: snapshot.clusterIdentifier,
    snapshotCreateTime: snapshot.snapshotCreateTime,
    totalBackupSizeInMegaBytes: snapshot.totalBackupSizeInMegaBytes,
    manualSnapshotRetentionPeriod: snapshot.manualSnapshotRetentionPeriod,
    adopted: submitted.adopted,
  };
}
