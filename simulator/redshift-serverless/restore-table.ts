import type {
  RestoreTableFromRecoveryPointRequest,
  RestoreTableFromSnapshotRequest,
} from '@aws-sdk/client-redshift-serverless';
import type { Operations, RequestContext } from '../core/types';
import { startNextRestore } from '../table-restore/restore-line';
import type { RestoreTables } from '../table-restore/table-restore';
import { qualified, requireTables, restoreTables } from '../table-restore/tables';
import { refusals } from './errors';
import { restoreOutput } from './restore-status';
import {
  requireNamespace,
  requireRecoveryPoint,
  requireSnapshot,
  requireWorkgroup,
  type ServerlessContext,
} from './room';
import { requireSnapshotAvailable } from './snapshots';
import type { Namespace, TableRestore, Workgroup } from './state';

type Asked = Omit<RestoreTableFromSnapshotRequest, 'snapshotName'>;

/** Where the rows come from. */
interface Source {
  what: 'snapshot' | 'recovery point';
  name: string;
  namespaceName: string;
  contentKey: string;
}

/**
 * The two restores of one table: refusals first, in the order namespace and workgroup, source, room in the line, tables;
 * then a request that waits its turn. There is no client token: asked twice, it is done twice.
 */
export function restoreTable(context: ServerlessContext): Operations {
  const { world, state, exclusively } = context;
  return {
    RestoreTableFromRecoveryPoint: (input: RestoreTableFromRecoveryPointRequest, request: RequestContext) =>
      exclusively(() =>
        restore(input, request, { recoveryPointId: input.recoveryPointId }, () => {
          const { id, namespaceName, contentKey } = requireRecoveryPoint(context, input.recoveryPointId);
          return { what: 'recovery point', name: id, namespaceName, contentKey };
        }),
      ),
    RestoreTableFromSnapshot: (input: RestoreTableFromSnapshotRequest, request: RequestContext) =>
      exclusively(() =>
        restore(input, request, { snapshotName: input.snapshotName }, () => {
          const snapshot = requireSnapshot(context, input.snapshotName);
          requireSnapshotAvailable(snapshot, world.clock.now());
          const { name, namespaceName, contentKey } = snapshot;
          return { what: 'snapshot', name, namespaceName, contentKey };
        }),
      ),
  };

  async function restore(
    input: Asked,
    request: RequestContext,
    from: Pick<TableRestore, 'recoveryPointId' | 'snapshotName'>,
    requireSource: () => Source,
  ): Promise<object> {
    const now = world.clock.now();
    const namespace = requireNamespace(context, input.namespaceName);
    const workgroup = requireWorkgroup(context, input.workgroupName);
    const source = requireSource();
    requireTogether(namespace, workgroup, source);
    requireTurn(context, namespace, workgroup, now);
    const tables = tablesOf(input);
    const warehouse = await world.warehouse(namespace.name);
    const { megaBytes } = await requireTables(
      warehouse,
      source.contentKey,
      tables,
      source.what,
      world.settings.existingTarget,
      { argument: refusals.invalid, interleaved: refusals.invalid },
    );
    const started: TableRestore = {
      ...tables,
      ...from,
      id: world.id('serverless-table-restore'),
      requestTime: now,
      namespaceName: namespace.name,
      workgroupName: workgroup.name,
      megaBytes,
      contentKey: world.id('serverless-restore-content'),
      setupSeconds: 0,
      terminal: request.terminal,
    };
    await warehouse.share(source.contentKey, started.contentKey);
    state.restores.set(started.id, started);
    startNextRestore(world, lineOf(context, namespace), now);
    // With durations of zero it has ended already, and the answer says so.
    await world.agenda.runDue();
    request.effect('RestoreTable', `${workgroup.name}/${qualified(tables.target)}`, {
      tableRestoreRequestId: started.id,
      ...from,
    });
    return { tableRestoreStatus: restoreOutput(context, started) };
  }
}

function lineOf(context: ServerlessContext, namespace: Namespace) {
  return {
    warehouseName: namespace.name,
    unfinished: () => unfinished(context, namespace),
    busyUntil: (time: Date) => void (namespace.busyUntil = time),
  };
}

function unfinished({ state }: ServerlessContext, namespace: Namespace): TableRestore[] {
  return [...state.restores.values()].filter(
    ({ namespaceName, outcome }) => namespaceName === namespace.name && outcome === undefined,
  );
}

/** A table goes back to the namespace it came from, by a workgroup of that namespace. */
function requireTogether(namespace: Namespace, workgroup: Workgroup, source: Source): void {
  if (workgroup.namespaceName !== namespace.name) {
    throw refusals.invalid(
      `The workgroup ${workgroup.name} is not associated with the namespace ${namespace.name}.`,
    );
  }
  if (source.namespaceName !== namespace.name) {
    throw refusals.invalid(
      `The ${source.what} ${source.name} is not of the namespace ${namespace.name}, but of ${source.namespaceName}.`,
    );
  }
}

/** One restore at a time: the next is refused while one runs (unless some may wait), and for minutes after it has ended. */
function requireTurn(
  context: ServerlessContext,
  namespace: Namespace,
  workgroup: Workgroup,
  now: Date,
): void {
  const { serverlessRestoreQueueLength } = context.world.settings;
  const before = unfinished(context, namespace).length;
  const busy = before === 0 && namespace.busyUntil !== undefined && now < namespace.busyUntil;
  if (
    before > serverlessRestoreQueueLength ||
    busy ||
    namespace.status !== 'AVAILABLE' ||
    workgroup.status !== 'AVAILABLE'
  ) {
    throw refusals.operationRunning('restoring the table');
  }
}

function tablesOf(input: Asked): RestoreTables {
  const tables = restoreTables({
    sourceDatabase: input.sourceDatabaseName,
    sourceSchema: input.sourceSchemaName,
    sourceTable: input.sourceTableName,
    targetDatabase: input.targetDatabaseName,
    targetSchema: input.targetSchemaName,
    newTable: input.newTableName,
    caseSensitive: input.activateCaseSensitiveIdentifier,
  });
  for (const [member, value] of [
    ['sourceDatabaseName', tables.source.database],
    ['sourceTableName', tables.source.table],
    ['newTableName', tables.target.table],
  ] as const) {
    if (value === '') throw refusals.constraint(member, value, 'have length greater than or equal to 1');
  }
  return tables;
}
