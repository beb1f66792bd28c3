import type { SimWorld } from '../core/sim-world';
import type { Operations } from '../core/types';
import { clusterDataTarget, clusterOperations } from './clusters';
import { describeSnapshots } from './describe-snapshots';
import { describeRestores } from './restore-status';
import { restoreTable } from './restore-table';
import { createContext, type RedshiftContext } from './room';
import { snapshotChanges } from './snapshot-changes';

export interface RedshiftRoom {
  operations: Operations;
  /** For seeds, `/_simulator/state` and tests. */
  context: RedshiftContext;
}

/** The simulated Redshift (provisioned): clusters, their snapshots and table restores. */
export function createRedshiftRoom(world: SimWorld): RedshiftRoom {
  const context = createContext(world);
  world.dataTargets.cluster = (identifier) => clusterDataTarget(context, identifier);
  return {
    context,
    operations: {
      ...clusterOperations(context),
      ...describeSnapshots(context),
      ...snapshotChanges(context),
      ...restoreTable(context),
      ...describeRestores(context),
    },
  };
}

export function createRedshift(world: SimWorld): Operations {
  return createRedshiftRoom(world).operations;
}
