import type { Snapshot as SnapshotOutput } from '@aws-sdk/client-redshift';
import { backupProgress, expiryOf, remainingDays } from '../backups/backup';
import { refusals } from './errors';
import type { RedshiftContext } from './room';
import type { Snapshot } from './state';

/** 'creating', then 'available', or whatever a `terminal` fault says. */
export function snapshotStatus(snapshot: Snapshot, now: Date): string {
  if (now < snapshot.readyTime) return 'creating';
  return snapshot.terminal?.status ?? 'available';
}

export function requireSnapshotAvailable(snapshot: Snapshot, now: Date): void {
  const status = snapshotStatus(snapshot, now);
  if (status !== 'available') {
    throw refusals.invalidSnapshotState(
      `The snapshot ${snapshot.identifier} is not in the available state (it is ${status}).`,
    );
  }
}

/** @throws ClusterSnapshotQuotaExceeded when one more manual snapshot is too many. */
export function requireSnapshotRoom({ state, world }: RedshiftContext): void {
  const manual = [...state.snapshots.values()].filter(({ type }) => type === 'manual').length;
  const { manualSnapshotQuota } = world.settings;
  if (manual >= manualSnapshotQuota) throw refusals.snapshotQuota(manualSnapshotQuota);
}

/** Adds a snapshot and puts its expiry on the agenda. */
export function keepSnapshot(context: RedshiftContext, snapshot: Snapshot): void {
  context.state.snapshots.set(snapshot.identifier, snapshot);
  scheduleExpiry(context, snapshot);
}

/**
 * Takes the snapshot away when its retention ends. A retention that was changed meanwhile has an entry of its own, so
 * an entry only acts when the period it was made for still stands.
 */
export function scheduleExpiry(context: RedshiftContext, snapshot: Snapshot): void {
  const due = expiryOf(snapshot);
  if (due === undefined) return;
  context.world.agenda.at(due, `retention of snapshot ${snapshot.identifier} ends`, async () => {
    const current = context.state.snapshots.get(snapshot.identifier);
    if (current !== snapshot || expiryOf(snapshot)?.getTime() !== due.getTime()) return;
    await dropSnapshot(context, snapshot);
  });
}

export async function dropSnapshot(context: RedshiftContext, snapshot: Snapshot): Promise<void> {
  context.state.snapshots.delete(snapshot.identifier);
  const warehouse = await context.world.warehouse(snapshot.clusterIdentifier);
  await warehouse.release(snapshot.contentKey);
}

/** What AWS shows of a snapshot now: progress, rate and remaining time follow from the clock. */
export function snapshotOutput({ world, state }: RedshiftContext, snapshot: Snapshot): SnapshotOutput {
  const now = world.clock.now();
  const cluster = state.clusters.get(snapshot.clusterIdentifier);
  const progress = backupProgress(snapshot, now);
  const manual = snapshot.type === 'manual';
  return {
    SnapshotIdentifier: snapshot.identifier,
    ClusterIdentifier: snapshot.clusterIdentifier,
    SnapshotCreateTime: snapshot.createTime,
    Status: snapshotStatus(snapshot, now),
    Port: 5439,
    AvailabilityZone: `${world.region}a`,
    ClusterCreateTime: cluster?.createTime,
    MasterUsername: cluster?.masterUsername,
    ClusterVersion: '1.0',
    EngineFullVersion: '1.0.121035',
    SnapshotType: snapshot.type,
    NodeType: cluster?.nodeType,
    NumberOfNodes: cluster?.numberOfNodes,
    DBName: cluster?.databaseName,
    VpcId: 'vpc-0000000000000000a',
    Encrypted: false,
    EncryptedWithHSM: false,
    AccountsWithRestoreAccess:
      snapshot.authorizedAccounts.length === 0
        ? undefined
        : snapshot.authorizedAccounts.map((AccountId) => ({ AccountId })),
    OwnerAccount: world.accountId,
    TotalBackupSizeInMegaBytes: snapshot.megaBytes,
    ActualIncrementalBackupSizeInMegaBytes: snapshot.megaBytes,
    BackupProgressInMegaBytes: progress.megaBytes,
    CurrentBackupRateInMegaBytesPerSecond: progress.megaBytesPerSecond,
    EstimatedSecondsToCompletion: progress.estimatedSeconds,
    ElapsedTimeInSeconds: progress.elapsedSeconds,
    Tags: snapshot.tags,
    RestorableNodeTypes: [cluster?.nodeType ?? 'ra3.xlplus'],
    EnhancedVpcRouting: false,
    MaintenanceTrackName: 'current',
    ManualSnapshotRetentionPeriod: manual ? snapshot.retentionDays : undefined,
    ManualSnapshotRemainingDays: manual ? remainingDays(snapshot, now) : undefined,
    SnapshotRetentionStartTime: snapshot.retentionStart,
    SnapshotArn: `arn:aws:redshift:${world.region}:${world.accountId}:snapshot:${snapshot.clusterIdentifier}/${snapshot.identifier}`,
  };
}
