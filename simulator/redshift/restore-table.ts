import type { RestoreTableFromClusterSnapshotMessage } from '@aws-sdk/client-redshift';
import type { Operations, RequestContext } from '../core/types';
import type { RestoreTables } from '../table-restore/table-restore';
import { qualified, requireTables, restoreTables } from '../table-restore/tables';
import { requireAvailable } from './clusters';
import { refusals } from './errors';
import { startNext, unfinishedRestores } from './restore-queue';
import { restoreOutput } from './restore-status';
import { requireCluster, requireSnapshot, type RedshiftContext } from './room';
import { requireSnapshotAvailable } from './snapshots';
import type { Cluster, TableRestore } from './state';

/**
 * RestoreTableFromClusterSnapshot: refusals first, in the order cluster, snapshot, room in the queue, tables; then a
 * request that waits its turn. There is no client token: asked twice, it is done twice.
 */
export function restoreTable(context: RedshiftContext): Operations {
  const { world, state, exclusively } = context;
  return {
    RestoreTableFromClusterSnapshot: (
      input: RestoreTableFromClusterSnapshotMessage,
      request: RequestContext,
    ) =>
      exclusively(async () => {
        const now = world.clock.now();
        const cluster = requireCluster(context, input.ClusterIdentifier ?? '');
        const snapshot = requireSnapshot(context, input.SnapshotIdentifier ?? '', cluster.identifier);
        requireAvailable(cluster, now);
        requireSnapshotAvailable(snapshot, now);
        requireTurn(context, cluster, now);
        const names = namesOf(input);
        const warehouse = await world.warehouse(cluster.identifier);
        const { megaBytes } = await requireTables(
          warehouse,
          snapshot.contentKey,
          names,
          'snapshot',
          world.settings.existingTarget,
          { argument: refusals.invalidRestoreArgument, interleaved: refusals.unsupportedOperation },
        );
        const restore: TableRestore = {
          id: world.id('table-restore'),
          requestTime: now,
          clusterIdentifier: cluster.identifier,
          snapshotIdentifier: snapshot.identifier,
          ...names,
          megaBytes,
          contentKey: world.id('restore-content'),
          setupSeconds: 0,
          terminal: request.terminal,
        };
        await warehouse.share(snapshot.contentKey, restore.contentKey);
        state.restores.set(restore.id, restore);
        startNext(context, cluster, now);
        // With durations of zero it has ended already, and the answer says so.
        await world.agenda.runDue();
        request.effect('RestoreTable', `${cluster.identifier}/${qualified(names.target)}`, {
          tableRestoreRequestId: restore.id,
          snapshot: snapshot.identifier,
        });
        return { TableRestoreStatus: restoreOutput(context, restore) };
      }),
  };
}

/** One restore works, so many more may wait; with none at all, the cluster may still be busy with the last one. */
function requireTurn(context: RedshiftContext, cluster: Cluster, now: Date): void {
  const unfinished = unfinishedRestores(context, cluster).length;
  if (unfinished > context.world.settings.restoreQueueLength) throw refusals.restoreQuota();
  if (unfinished === 0 && cluster.busyUntil !== undefined && now < cluster.busyUntil) {
    throw refusals.operationRunning();
  }
}

function namesOf(input: RestoreTableFromClusterSnapshotMessage): RestoreTables {
  const names = restoreTables({
    sourceDatabase: input.SourceDatabaseName,
    sourceSchema: input.SourceSchemaName,
    sourceTable: input.SourceTableName,
    targetDatabase: input.TargetDatabaseName,
    targetSchema: input.TargetSchemaName,
    newTable: input.NewTableName,
    caseSensitive: input.EnableCaseSensitiveIdentifier,
  });
  for (const [parameter, value] of [
    ['SourceDatabaseName', names.source.database],
    ['SourceTableName', names.source.table],
    ['NewTableName', names.target.table],
  ] as const) {
    if (value === '') throw refusals.invalidRestoreArgument(`The value of ${parameter} must not be empty.`);
  }
  return names;
}
