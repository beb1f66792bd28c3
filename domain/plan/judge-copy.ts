import { isCopyOf, type SnapshotFacts } from '../aws/snapshot';
import { type Finding, type Looked, blocking, judged, ok, warning } from './finding';

/** The manual snapshots of the account and Region, as far as a copy needs to know them. */
export interface ManualSnapshots {
  count: number;
  /** The one that has the name of the copy. */
  named?: SnapshotFacts;
}

/** AWS's default; accounts may have a higher one, which no call of Redshift tells. */
export const usualSnapshotQuota = 20;

/** Whether there is room for one more manual snapshot, and its name is free. */
export function judgeCopy(
  looked: Looked<ManualSnapshots>,
  copy: { name: string; source: Looked<SnapshotFacts> },
): Finding[] {
  return judged('copy', looked, ({ count, named }) => {
    const source = 'seen' in copy.source ? copy.source.seen : undefined;
    if (named && source && !isCopyOf(named, source)) {
      const text = `a snapshot ${copy.name} exists and is not a copy of this source`;
      return blocking('copy', text, 'SnapshotNameTaken');
    }
    if (named)
      return ok('copy', `${copy.name} is there already, and is taken over if it is a copy of this source`);
    if (count < usualSnapshotQuota)
      return ok('copy', `${count} manual snapshots, and the name ${copy.name} is free`);
    return warning(
      'copy',
      `there are ${count} manual snapshots, and AWS's usual quota is ${usualSnapshotQuota}`,
      'Delete manual snapshots that are no longer needed, unless the quota of this account is higher.',
    );
  });
}
