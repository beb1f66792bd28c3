import type { Snapshot as SnapshotOutput } from '@aws-sdk/client-redshift';
import { refusals } from './errors';
import type { RedshiftContext } from './room';
import type { Snapshot } from './state';

const dayMs = 24 * 3600 * 1000;

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

/** How long a backup of this size takes, by the settings of now. */
export function backupSeconds(
  { world: { settings } }: RedshiftContext,
  megaBytes: number,
): { setup: number; total: number } {
  const setup = settings.snapshotCopySeconds;
  return { setup, total: setup + megaBytes / settings.snapshotCopyMegaBytesPerSecond };
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

/** When the retention ends; undefined for a snapshot that is kept for ever. */
export function expiryOf({ retentionDays, retentionStart }: Snapshot): Date | undefined {
  return retentionDays < 0 ? undefined : new Date(retentionStart.getTime() + retentionDays * dayMs);
}

/** What AWS shows of a snapshot now: progress, rate and remaining time follow from the clock. */
export function snapshotOutput({ world, state }: RedshiftContext, snapshot: Snapshot): SnapshotOutput {
  const now = world.clock.now();
  const cluster = state.clusters.get(snapshot.clusterIdentifier);
  const expiry = expiryOf(snapshot);
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
    ...backupProgress(snapshot, now),
    Tags: snapshot.tags,
    RestorableNodeTypes: [cluster?.nodeType ?? 'ra3.xlplus'],
    EnhancedVpcRouting: false,
    MaintenanceTrackName: 'current',
    ManualSnapshotRetentionPeriod: manual ? snapshot.retentionDays : undefined,
    ManualSnapshotRemainingDays:
      manual && expiry !== undefined ? Math.ceil((expiry.getTime() - now.getTime()) / dayMs) : undefined,
    SnapshotRetentionStartTime: snapshot.retentionStart,
    SnapshotArn: `arn:aws:redshift:${world.region}:${world.accountId}:snapshot:${snapshot.clusterIdentifier}/${snapshot.identifier}`,
  };
}

function backupProgress(snapshot: Snapshot, now: Date): Partial<SnapshotOutput> {
  const total = (snapshot.readyTime.getTime() - snapshot.requestTime.getTime()) / 1000;
  const elapsed = Math.min(total, Math.max(0, (now.getTime() - snapshot.requestTime.getTime()) / 1000));
  const moving = total - snapshot.setupSeconds;
  const share = elapsed >= total ? 1 : Math.max(0, elapsed - snapshot.setupSeconds) / moving;
  const done = elapsed >= total;
  return {
    TotalBackupSizeInMegaBytes: snapshot.megaBytes,
    ActualIncrementalBackupSizeInMegaBytes: snapshot.megaBytes,
    BackupProgressInMegaBytes: Math.floor(rounded(snapshot.megaBytes * share)),
    CurrentBackupRateInMegaBytesPerSecond: done || share === 0 ? 0 : rounded(snapshot.megaBytes / moving),
    EstimatedSecondsToCompletion: done ? 0 : Math.ceil(total - elapsed),
    ElapsedTimeInSeconds: Math.floor(elapsed),
  };
}

/** Without the noise of binary fractions: 500 is 500, not 499.9999999. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
