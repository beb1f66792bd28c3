import type { SqlWarehouse } from '../core/types';
import type { RedshiftContext } from './room';
import type { Cluster, TableRestore } from './state';

/** "You can restore only one table at a time": those that have not ended, in order of their requests. */
export function unfinishedRestores({ state }: RedshiftContext, cluster: Cluster): TableRestore[] {
  return [...state.restores.values()].filter(
    (restore) => restore.clusterIdentifier === cluster.identifier && restore.outcome === undefined,
  );
}

/**
 * Starts the next waiting restore of a cluster, unless one is under way.
 *
 * @param freeFrom virtual time from which the cluster can work on it: the request's own, or the end of the one before.
 */
export function startNext(context: RedshiftContext, cluster: Cluster, freeFrom: Date): void {
  const { settings, agenda } = context.world;
  const [next] = unfinishedRestores(context, cluster);
  if (next === undefined || next.startTime !== undefined) return;
  const pendingUntil = next.requestTime.getTime() + settings.restorePendingSeconds * 1000;
  const startTime = new Date(Math.max(pendingUntil, freeFrom.getTime()));
  const seconds = settings.restoreSeconds + next.megaBytes / settings.restoreMegaBytesPerSecond;
  const endTime = new Date(startTime.getTime() + seconds * 1000);
  Object.assign(next, { startTime, endTime, setupSeconds: settings.restoreSeconds });
  agenda.at(endTime, `table restore ${next.id} ends`, () => end(context, cluster, next, endTime));
}

/** The table appears in one transaction at this moment, or the restore ends badly; the cluster then stays busy. */
async function end(
  context: RedshiftContext,
  cluster: Cluster,
  restore: TableRestore,
  endTime: Date,
): Promise<void> {
  const { world } = context;
  const warehouse = await world.warehouse(cluster.identifier);
  restore.outcome = restore.terminal ?? (await bringBack(warehouse, restore));
  await warehouse.release(restore.contentKey);
  cluster.busyUntil = new Date(endTime.getTime() + world.settings.busyAfterRestoreSeconds * 1000);
  startNext(context, cluster, endTime);
}

async function bringBack(
  warehouse: SqlWarehouse,
  { contentKey, source, target, caseSensitive }: TableRestore,
): Promise<{ status: string; message?: string }> {
  const options = { caseSensitive };
  // The target may have appeared since the request was accepted.
  if ((await warehouse.table(target, options)) !== undefined) {
    const name = `${target.database}.${target.schema}.${target.table}`;
    return { status: 'FAILED', message: `The target table ${name} already exists.` };
  }
  try {
    await warehouse.restore(contentKey, source, target, options);
    return { status: 'SUCCEEDED' };
  } catch (error) {
    return { status: 'FAILED', message: error instanceof Error ? error.message : String(error) };
  }
}
