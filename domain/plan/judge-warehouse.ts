import { type TableRestoreFacts } from '../aws/table-restore';
import { displayTable } from '../table-name';
import { thousands } from '../verdict';
import { type Finding, type Looked, judged, ok, warning, blocking } from './finding';

/** What a look at a cluster or a workgroup tells. */
export interface WarehouseState {
  /** `cluster analytics`, `workgroup adhoc`. */
  what: string;
  /** AWS's word: `available`, `AVAILABLE`, `paused`, `resizing` … */
  status: string;
  /** Days for which automated snapshots are kept; of a cluster. */
  automatedDays?: number;
}

const wait = 'Nothing, if it comes back by itself: the run waits for it, up to its deadline.';

/** Whether the warehouse is there and takes work. */
export function judgeWarehouse(looked: Looked<WarehouseState>): Finding[] {
  return judged(
    'warehouse',
    looked,
    ({ what, status }) => {
      const state = status.toLowerCase();
      if (state === 'available') return ok('warehouse', `${what} is available`);
      if (state === 'paused')
        return warning(
          'warehouse',
          `${what} is paused`,
          'Resume it; until then the run waits, up to its deadline.',
        );
      if (/delet|^final|^storage-full|hsm|incompatible/.test(state))
        return blocking('warehouse', `${what} is ${status}`, 'ClusterNotFound');
      return warning('warehouse', `${what} is ${status || 'in no state that AWS tells'}`, wait);
    },
    {
      ClusterNotFound: (why) => [blocking('warehouse', why, 'ClusterNotFound')],
      WorkgroupNotFound: (why) => [blocking('warehouse', why, 'WorkgroupNotFound')],
    },
  );
}

/** Whether other table restores are before ours. Nothing tells of the minutes after one, in which AWS takes none. */
export function judgeQuiet(looked: Looked<TableRestoreFacts[]>): Finding[] {
  return judged('table restores', looked, (running) => {
    const [first] = running;
    if (first === undefined) return ok('table restores', 'none is running');
    return warning(
      'table restores',
      `${running.length === 1 ? 'one is' : `${running.length} are`} running: ${displayTable(first.target)}${shownProgress(first)}`,
      'Nothing: AWS restores one table at a time, and the run waits its turn.',
    );
  });
}

/** `, 512 of 1,024 MB`, where AWS tells. */
function shownProgress({
  progressInMegaBytes: done,
  totalDataInMegaBytes: total,
}: TableRestoreFacts): string {
  return done === undefined || !total ? '' : `, ${thousands(done)} of ${thousands(total)} MB`;
}
