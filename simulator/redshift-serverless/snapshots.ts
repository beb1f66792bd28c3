import type {
  GetSnapshotRequest,
  ListSnapshotsRequest,
  Snapshot as SnapshotOutput,
} from '@aws-sdk/client-redshift-serverless';
import { backupProgress, expiryOf, remainingDays } from '../backups/backup';
import type { Operations, RequestContext } from '../core/types';
import { refusals } from './errors';
import { requireName } from './names';
import { byTime, page } from './paging';
import { namespaceArn, snapshotArn, visibleAt, type ServerlessContext } from './room';
import { dropRows } from './rows';
import type { Snapshot } from './state';

/** 'CREATING', then 'AVAILABLE', or whatever a `terminal` fault says. */
export function snapshotStatus(snapshot: Snapshot, now: Date): string {
  if (now < snapshot.readyTime) return 'CREATING';
  return snapshot.terminal?.status ?? 'AVAILABLE';
}

/** @throws ConflictException unless the snapshot is there for work. */
export function requireSnapshotAvailable(snapshot: Snapshot, now: Date): void {
  const status = snapshotStatus(snapshot, now);
  if (status !== 'AVAILABLE') {
    throw refusals.conflict(`The snapshot ${snapshot.name} is not in the AVAILABLE state (it is ${status}).`);
  }
}

/** Adds a snapshot and puts its expiry on the agenda. */
export function keepSnapshot(context: ServerlessContext, snapshot: Snapshot): void {
  context.state.snapshots.set(snapshot.name, snapshot);
  scheduleExpiry(context, snapshot);
}

/** Takes the snapshot away when its retention ends, unless the period was changed meanwhile. */
export function scheduleExpiry(context: ServerlessContext, snapshot: Snapshot): void {
  const due = expiryOf(snapshot);
  if (due === undefined) return;
  context.world.agenda.at(due, `retention of snapshot ${snapshot.name} ends`, async () => {
    const current = context.state.snapshots.get(snapshot.name);
    if (current !== snapshot || expiryOf(snapshot)?.getTime() !== due.getTime()) return;
    await dropSnapshot(context, snapshot);
  });
}

export async function dropSnapshot(context: ServerlessContext, snapshot: Snapshot): Promise<void> {
  context.state.snapshots.delete(snapshot.name);
  const namespace = context.state.namespaces.get(snapshot.namespaceName);
  if (namespace !== undefined) await dropRows(context, namespace, snapshot.contentKey);
}

/** What AWS shows of a snapshot now: progress, rate and remaining time follow from the clock. */
export function snapshotOutput(context: ServerlessContext, snapshot: Snapshot): SnapshotOutput {
  const { world, state } = context;
  const now = world.clock.now();
  const progress = backupProgress(snapshot, now);
  return {
    namespaceName: snapshot.namespaceName,
    namespaceArn: namespaceArn(context, snapshot.namespaceName),
    snapshotName: snapshot.name,
    snapshotCreateTime: snapshot.createTime,
    adminUsername: state.namespaces.get(snapshot.namespaceName)?.adminUsername,
    status: snapshotStatus(snapshot, now) as SnapshotOutput['status'],
    kmsKeyId: 'AWS_OWNED_KMS_KEY',
    ownerAccount: world.accountId,
    totalBackupSizeInMegaBytes: snapshot.megaBytes,
    actualIncrementalBackupSizeInMegaBytes: snapshot.megaBytes,
    backupProgressInMegaBytes: progress.megaBytes,
    currentBackupRateInMegaBytesPerSecond: progress.megaBytesPerSecond,
    estimatedSecondsToCompletion: progress.estimatedSeconds,
    elapsedTimeInSeconds: progress.elapsedSeconds,
    snapshotRetentionPeriod: snapshot.retentionDays,
    snapshotRemainingDays: remainingDays(snapshot, now),
    snapshotRetentionStartTime: snapshot.retentionStart,
    snapshotArn: snapshotArn(context, snapshot),
    accountsWithRestoreAccess: [],
    accountsWithProvisionedRestoreAccess: [],
  };
}

/** GetSnapshot (by name or ARN), ListSnapshots with the filters of its page; all that are given must hold. */
export function snapshotLooks(context: ServerlessContext): Operations {
  const { state, world } = context;
  return {
    GetSnapshot(
      { snapshotName, snapshotArn: wanted, ownerAccount }: GetSnapshotRequest,
      request: RequestContext,
    ) {
      if (snapshotName === undefined && wanted === undefined) {
        throw refusals.invalid('Either snapshotName or snapshotArn must be specified.');
      }
      if (snapshotName !== undefined) requireName('snapshotName', snapshotName);
      const visible = visibleAt(context, request.staleSeconds, false);
      const found = [...state.snapshots.values()].find(
        (snapshot) =>
          visible(snapshot.requestTime) &&
          (snapshotName === undefined || snapshot.name === snapshotName) &&
          (wanted === undefined || snapshotArn(context, snapshot) === wanted) &&
          (ownerAccount === undefined || ownerAccount === world.accountId),
      );
      if (found === undefined) throw refusals.notFound('snapshot', snapshotName ?? wanted ?? '');
      return { snapshot: snapshotOutput(context, found) };
    },
    ListSnapshots(input: ListSnapshotsRequest, request: RequestContext) {
      const { namespaceName, ownerAccount, startTime, endTime } = input;
      const visible = visibleAt(context, request.staleSeconds, true);
      const all = [...state.snapshots.values()];
      if (
        namespaceName !== undefined &&
        !state.namespaces.has(requireName('namespaceName', namespaceName)) &&
        !all.some((snapshot) => snapshot.namespaceName === namespaceName)
      ) {
        throw refusals.notFound('namespace', namespaceName);
      }
      const found = all.filter(
        (snapshot) =>
          visible(snapshot.requestTime) &&
          (namespaceName === undefined || snapshot.namespaceName === namespaceName) &&
          (input.namespaceArn === undefined ||
            namespaceArn(context, snapshot.namespaceName) === input.namespaceArn) &&
          (ownerAccount === undefined || ownerAccount === world.accountId) &&
          (startTime === undefined || snapshot.createTime >= startTime) &&
          (endTime === undefined || snapshot.createTime <= endTime),
      );
      const place = ({ createTime, name }: Snapshot): string => byTime(createTime, name);
      const { items, nextToken } = page('snapshots', found, place, input);
      return { snapshots: items.map((snapshot) => snapshotOutput(context, snapshot)), nextToken };
    },
  };
}
