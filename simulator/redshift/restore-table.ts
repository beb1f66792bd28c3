import type { RestoreTableFromClusterSnapshotMessage } from '@aws-sdk/client-redshift';
import type { Operations, RequestContext, TableFacts, TableName } from '../core/types';
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
        const { source, target, caseSensitive } = tableNames(input);
        const facts = await requireTables(context, cluster, snapshot.contentKey, {
          source,
          target,
          caseSensitive,
        });
        const restore: TableRestore = {
          id: world.id('table-restore'),
          requestTime: now,
          clusterIdentifier: cluster.identifier,
          snapshotIdentifier: snapshot.identifier,
          source,
          target,
          caseSensitive,
          megaBytes: facts.megaBytes,
          contentKey: world.id('restore-content'),
          setupSeconds: 0,
          terminal: request.terminal,
        };
        await (await world.warehouse(cluster.identifier)).share(snapshot.contentKey, restore.contentKey);
        state.restores.set(restore.id, restore);
        startNext(context, cluster, now);
        // With durations of zero it has ended already, and the answer says so.
        await world.agenda.runDue();
        const key = `${cluster.identifier}/${target.database}.${target.schema}.${target.table}`;
        request.effect('RestoreTable', key, {
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

interface TableNames {
  source: TableName;
  target: TableName;
  caseSensitive: boolean;
}

/** The source schema defaults to `public`; AWS documents no default for the target, so the source's is taken. */
function tableNames(input: RestoreTableFromClusterSnapshotMessage): TableNames {
  const caseSensitive = input.EnableCaseSensitiveIdentifier ?? false;
  const name = (text: string | undefined): string =>
    caseSensitive ? (text ?? '') : (text ?? '').toLowerCase();
  const source = {
    database: name(input.SourceDatabaseName),
    schema: name(input.SourceSchemaName ?? 'public'),
    table: name(input.SourceTableName),
  };
  const target = {
    database: name(input.TargetDatabaseName ?? source.database),
    schema: name(input.TargetSchemaName ?? source.schema),
    table: name(input.NewTableName),
  };
  for (const [parameter, value] of [
    ['SourceDatabaseName', source.database],
    ['SourceTableName', source.table],
    ['NewTableName', target.table],
  ] as const) {
    if (value === '') throw refusals.invalidRestoreArgument(`The value of ${parameter} must not be empty.`);
  }
  return { source, target, caseSensitive };
}

async function requireTables(
  { world }: RedshiftContext,
  cluster: Cluster,
  contentKey: string,
  { source, target, caseSensitive }: TableNames,
): Promise<TableFacts> {
  const warehouse = await world.warehouse(cluster.identifier);
  const facts = await warehouse.captured(contentKey, source, { caseSensitive });
  if (facts === undefined) {
    throw refusals.invalidRestoreArgument(
      `The table ${qualified(source)} does not exist in the snapshot: check sourceDatabaseName, sourceSchemaName and sourceTableName.`,
    );
  }
  if (facts.interleavedSortKey) {
    throw refusals.unsupportedOperation(
      `The table ${qualified(source)} has an interleaved sort key; such tables cannot be restored one by one.`,
    );
  }
  if (!(await warehouse.databases()).includes(target.database)) {
    throw refusals.invalidRestoreArgument(`The target database ${target.database} does not exist.`);
  }
  if (!(await warehouse.schemas(target.database)).includes(target.schema)) {
    throw refusals.invalidRestoreArgument(
      `The target schema ${target.database}.${target.schema} does not exist.`,
    );
  }
  const exists = (await warehouse.table(target, { caseSensitive })) !== undefined;
  if (exists && world.settings.existingTarget === 'refuse') {
    throw refusals.invalidRestoreArgument(`The target table ${qualified(target)} already exists.`);
  }
  return facts;
}

function qualified({ database, schema, table }: TableName): string {
  return `${database}.${schema}.${table}`;
}
