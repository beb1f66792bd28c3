import type { SimWorld } from '../core/sim-world';
import type { Operations } from '../core/types';
import { namespaceOperations, workgroupDataTarget } from './namespaces';
import { recoveryPointOperations } from './recovery-points';
import { restoreLooks } from './restore-status';
import { restoreTable } from './restore-table';
import { createContext, type ServerlessContext } from './room';
import { snapshotChanges } from './snapshot-changes';
import { snapshotLooks } from './snapshots';

export interface ServerlessRoom {
  operations: Operations;
  /** For seeds, `/_simulator/state` and tests. */
  context: ServerlessContext;
}

/** The simulated Redshift Serverless: namespaces and workgroups, their recovery points, snapshots and table restores. */
export function createRedshiftServerlessRoom(world: SimWorld): ServerlessRoom {
  const context = createContext(world);
  world.dataTargets.workgroup = (name) => workgroupDataTarget(context, name);
  return {
    context,
    operations: {
      ...namespaceOperations(context),
      ...recoveryPointOperations(context),
      ...snapshotLooks(context),
      ...snapshotChanges(context),
      ...restoreTable(context),
      ...restoreLooks(context),
    },
  };
}
