import type { ListTableRestoreStatusRequest, TableRestoreStatus } from '@aws-sdk/client-redshift-serverless';
import type { Operations, RequestContext } from '../core/types';
import { restoreProgress, restoreStatus } from '../table-restore/table-restore';
import { refusals } from './errors';
import { byTime, page } from './paging';
import { requireNamespace, requireWorkgroup, visibleAt, type ServerlessContext } from './room';
import type { TableRestore } from './state';

/** What AWS shows of a table restore now: the status and the figures follow from the clock. */
export function restoreOutput({ world }: ServerlessContext, restore: TableRestore): TableRestoreStatus {
  const now = world.clock.now();
  const { source, target, outcome } = restore;
  const progress = restoreProgress(restore, now, world.settings.restoreTotalUnknownSeconds);
  return {
    tableRestoreRequestId: restore.id,
    status: restoreStatus(restore, now),
    message: outcome?.message,
    requestTime: restore.requestTime,
    namespaceName: restore.namespaceName,
    workgroupName: restore.workgroupName,
    snapshotName: restore.snapshotName,
    recoveryPointId: restore.recoveryPointId,
    progressInMegaBytes: progress?.done,
    totalDataInMegaBytes: progress?.total,
    sourceDatabaseName: source.database,
    sourceSchemaName: source.schema,
    sourceTableName: source.table,
    targetDatabaseName: target.database,
    targetSchemaName: target.schema,
    newTableName: target.table,
  };
}

/** GetTableRestoreStatus by id; ListTableRestoreStatus of all, by namespace, workgroup or both, in order of the requests. */
export function restoreLooks(context: ServerlessContext): Operations {
  const { state } = context;
  return {
    GetTableRestoreStatus(
      { tableRestoreRequestId: id = '' }: { tableRestoreRequestId?: string },
      request: RequestContext,
    ) {
      const restore = state.restores.get(id);
      const visible = visibleAt(context, request.staleSeconds, false);
      if (restore === undefined || !visible(restore.requestTime)) {
        throw refusals.notFound('table restore request', id);
      }
      return { tableRestoreStatus: restoreOutput(context, restore) };
    },
    ListTableRestoreStatus(input: ListTableRestoreStatusRequest, request: RequestContext) {
      const { namespaceName, workgroupName, nextToken: token } = input;
      if (token !== undefined && token.length < 8) {
        throw refusals.constraint('nextToken', token, 'have length greater than or equal to 8');
      }
      if (namespaceName !== undefined) requireNamespace(context, namespaceName);
      if (workgroupName !== undefined) requireWorkgroup(context, workgroupName);
      const visible = visibleAt(context, request.staleSeconds, true);
      const found = [...state.restores.values()].filter(
        (restore) =>
          visible(restore.requestTime) &&
          (namespaceName === undefined || restore.namespaceName === namespaceName) &&
          (workgroupName === undefined || restore.workgroupName === workgroupName),
      );
      const place = ({ requestTime, id }: TableRestore): string => byTime(requestTime, id);
      const { items, nextToken } = page('table-restores', found, place, input, refusals.invalidToken);
      return { tableRestoreStatuses: items.map((restore) => restoreOutput(context, restore)), nextToken };
    },
  };
}
