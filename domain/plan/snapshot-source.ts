import type { SnapshotFacts } from '../aws/snapshot';
import type { SourceFacts } from '../sources';

const dayMs = 24 * 3_600_000;

/** A cluster snapshot as a source, with the time at which AWS deletes it. @param automatedDays of its cluster */
export function sourceOfSnapshot(snapshot: SnapshotFacts, automatedDays: number | undefined): SourceFacts {
  const automated = snapshot.snapshotType === 'automated';
  const from = automated
    ? snapshot.snapshotCreateTime
    : (snapshot.snapshotRetentionStartTime ?? snapshot.snapshotCreateTime);
  const days = automated ? automatedDays : snapshot.manualSnapshotRetentionPeriod;
  const endMs = Date.parse(from) + (days ?? 0) * dayMs;
  const ends = days !== undefined && days >= 0 && Number.isFinite(endMs);
  return {
    source: { snapshotIdentifier: snapshot.snapshotIdentifier },
    kind: automated ? 'automated snapshot' : 'manual snapshot',
    of: snapshot.clusterIdentifier,
    status: snapshot.status,
    usable: snapshot.status === 'available' || snapshot.status === 'final snapshot',
    createdAt: snapshot.snapshotCreateTime,
    ...(ends && { expiresAt: new Date(endMs).toISOString() }),
    sizeMegaBytes: snapshot.totalBackupSizeInMegaBytes,
  };
}
