import type { DescribeTableRestoreStatusMessage, TableRestoreStatus } from '@aws-sdk/client-redshift';
import type { Operations, RequestContext } from '../core/types';
import { restoreProgress, restoreStatus } from '../table-restore/table-restore';
import { refusals } from './errors';
import { page } from './paging';
import { requireCluster, type RedshiftContext } from './room';
import type { TableRestore } from './state';

/** What AWS shows of a table restore now: the status and the figures follow from the clock. */
export function restoreOutput({ world }: RedshiftContext, restore: TableRestore): TableRestoreStatus {
  const now = world.clock.now();
  const { source, target, outcome } = restore;
  const progress = restoreProgress(restore, now, world.settings.restoreTotalUnknownSeconds);
  return {
    TableRestoreRequestId: restore.id,
    Status: restoreStatus(restore, now) as TableRestoreStatus['Status'],
    Message: outcome?.message,
    RequestTime: restore.requestTime,
    ProgressInMegaBytes: progress?.done,
    TotalDataInMegaBytes: progress?.total,
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
