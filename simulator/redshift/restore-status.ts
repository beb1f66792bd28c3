import type { DescribeTableRestoreStatusMessage, TableRestoreStatus } from '@aws-sdk/client-redshift';
import type { Operations, RequestContext } from '../core/types';
import { refusals } from './errors';
import { page } from './paging';
import { requireCluster, type RedshiftContext } from './room';
import type { TableRestore } from './state';

/** What AWS shows of a table restore now: the status and the figures follow from the clock. */
export function restoreOutput({ world }: RedshiftContext, restore: TableRestore): TableRestoreStatus {
  const now = world.clock.now();
  const { source, target, outcome } = restore;
  return {
    TableRestoreRequestId: restore.id,
    Status: restoreStatus(restore, now) as TableRestoreStatus['Status'],
    Message: outcome?.message,
    RequestTime: restore.requestTime,
    ...progress(restore, now, world.settings.restoreTotalUnknownSeconds),
    ClusterIdentifier: restore.clusterIdentifier,
    SnapshotIdentifier: restore.snapshotIdentifier,
    SourceDatabaseName: source.database,
    SourceSchemaName: source.schema,
    SourceTableName: source.table,
    TargetDatabaseName: target.database,
    TargetSchemaName: target.schema,
    NewTableName: target.table,
  };
}

/** A restore whose time is over says IN_PROGRESS until its table is really there. */
export function restoreStatus({ outcome, startTime }: TableRestore, now: Date): string {
  if (outcome !== undefined) return outcome.status;
  return startTime === undefined || now < startTime ? 'PENDING' : 'IN_PROGRESS';
}

/** The total is not known at once, and without it there is no progress either (aws-facts §1.10). */
function progress(restore: TableRestore, now: Date, unknownSeconds: number): Partial<TableRestoreStatus> {
  const { requestTime, startTime, endTime, setupSeconds, megaBytes, outcome } = restore;
  if (outcome?.status === 'SUCCEEDED') {
    return { ProgressInMegaBytes: megaBytes, TotalDataInMegaBytes: megaBytes };
  }
  if (now.getTime() < requestTime.getTime() + unknownSeconds * 1000) return {};
  const seen = outcome === undefined || endTime === undefined ? now : endTime;
  const moving = ((endTime?.getTime() ?? 0) - (startTime?.getTime() ?? 0)) / 1000 - setupSeconds;
  const elapsed = startTime === undefined ? 0 : (seen.getTime() - startTime.getTime()) / 1000 - setupSeconds;
  const share = moving <= 0 || elapsed <= 0 ? 0 : Math.min(1, elapsed / moving);
  return { ProgressInMegaBytes: Math.floor(megaBytes * share + 1e-6), TotalDataInMegaBytes: megaBytes };
}

/** DescribeTableRestoreStatus: one by id, or all (or those in progress, see `restoreListMode`) by time of request. */
export function describeRestores(context: RedshiftContext): Operations {
  const { world, state } = context;
  return {
    DescribeTableRestoreStatus(input: DescribeTableRestoreStatusMessage, request: RequestContext) {
      const cluster =
        input.ClusterIdentifier === undefined ? undefined : requireCluster(context, input.ClusterIdentifier);
      const id = input.TableRestoreRequestId;
      const lag = id === undefined ? world.settings.listLagSeconds : 0;
      const now = world.clock.now();
      const seen = now.getTime() - Math.max(lag, request.staleSeconds) * 1000;
      const found = [...state.restores.values()]
        .filter((restore) => cluster === undefined || restore.clusterIdentifier === cluster.identifier)
        .filter((restore) => restore.requestTime.getTime() <= seen)
        .filter((restore) => (id === undefined ? listed(restore) : restore.id === id));
      if (id !== undefined && found.length === 0) throw refusals.restoreNotFound(id);
      const { items, Marker } = page(found, (restore) => restore.id, input);
      return { TableRestoreStatusDetails: items.map((restore) => restoreOutput(context, restore)), Marker };
    },
  };

  function listed(restore: TableRestore): boolean {
    return world.settings.restoreListMode === 'all' || restore.outcome === undefined;
  }
}
