import type { Settings } from '../core/settings';
import type { TerminalOutcome } from '../core/types';

const dayMs = 24 * 3600 * 1000;

/** What a cluster's snapshot and a serverless one have in common: captured rows that are ready at a moment, and kept for a time. */
export interface Backup {
  /** When it was asked for, and when it is there. */
  requestTime: Date;
  readyTime: Date;
  /** Seconds at the start in which no data moves. */
  setupSeconds: number;
  megaBytes: number;
  /** Days, -1 for ever. */
  retentionDays: number;
  retentionStart: Date;
  /** Key of the captured rows in the warehouse. */
  contentKey: string;
  /** Ends so instead of being available, by a fault. */
  terminal?: TerminalOutcome;
}

/** Of a backup asked for now: when it will be ready, by the settings of now. */
export function backupTimes(
  { snapshotCopySeconds, snapshotCopyMegaBytesPerSecond }: Settings,
  megaBytes: number,
  now: Date,
): Pick<Backup, 'requestTime' | 'readyTime' | 'setupSeconds' | 'megaBytes' | 'retentionStart'> {
  const seconds = snapshotCopySeconds + megaBytes / snapshotCopyMegaBytesPerSecond;
  return {
    requestTime: now,
    readyTime: new Date(now.getTime() + seconds * 1000),
    setupSeconds: snapshotCopySeconds,
    megaBytes,
    retentionStart: now,
  };
}

/** When the retention ends; undefined for a backup that is kept for ever. */
export function expiryOf({ retentionDays, retentionStart }: Backup): Date | undefined {
  return retentionDays < 0 ? undefined : new Date(retentionStart.getTime() + retentionDays * dayMs);
}

/** Whole days until the retention ends, the begun one counted; undefined for a backup that is kept for ever. */
export function remainingDays(backup: Backup, now: Date): number | undefined {
  const expiry = expiryOf(backup);
  return expiry && Math.ceil((expiry.getTime() - now.getTime()) / dayMs);
}

export interface BackupProgress {
  megaBytes: number;
  megaBytesPerSecond: number;
  estimatedSeconds: number;
  elapsedSeconds: number;
}

/** How far a backup is now: follows from the clock alone. */
export function backupProgress(backup: Backup, now: Date): BackupProgress {
  const total = (backup.readyTime.getTime() - backup.requestTime.getTime()) / 1000;
  const elapsed = Math.min(total, Math.max(0, (now.getTime() - backup.requestTime.getTime()) / 1000));
  const moving = total - backup.setupSeconds;
  const done = elapsed >= total;
  const share = done ? 1 : Math.max(0, elapsed - backup.setupSeconds) / moving;
  return {
    megaBytes: Math.floor(rounded(backup.megaBytes * share)),
    megaBytesPerSecond: done || share === 0 ? 0 : rounded(backup.megaBytes / moving),
    estimatedSeconds: done ? 0 : Math.ceil(total - elapsed),
    elapsedSeconds: Math.floor(elapsed),
  };
}

/** Without the noise of binary fractions: 500 is 500, not 499.9999999. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
