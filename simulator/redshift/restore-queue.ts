import { startNextRestore } from '../table-restore/restore-line';
import type { RedshiftContext } from './room';
import type { Cluster, TableRestore } from './state';

/** "You can restore only one table at a time": those that have not ended, in order of their requests. */
export function unfinishedRestores({ state }: RedshiftContext, cluster: Cluster): TableRestore[] {
  return [...state.restores.values()].filter(
    (restore) => restore.clusterIdentifier === cluster.identifier && restore.outcome === undefined,
  );
}

/** Starts the next waiting restore of a cluster, unless one is under way; afterwards the cluster stays busy. */
export function startNext(context: RedshiftContext, cluster: Cluster, freeFrom: Date): void {
  const line = {
    warehouseName: cluster.identifier,
    unfinished: () => unfinishedRestores(context, cluster),
    busyUntil: (time: Date) => void (cluster.busyUntil = time),
  };
  startNextRestore(context.world, line, freeFrom);
}
