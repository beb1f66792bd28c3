import type { Snapshot, TableRestoreStatus } from '@aws-sdk/client-redshift-serverless';
import type { ServerlessSnapshotFacts } from '../../domain/aws/serverless-snapshot';
import type { TableRestoreFacts } from '../../domain/aws/table-restore';

/** AWS's serverless table restore as the facts Undrop keeps; absent schemas are `public`, as in the request. */
export function serverlessRestoreFacts(status: TableRestoreStatus | undefined): TableRestoreFacts {
  const database = status?.sourceDatabaseName ?? '';
  const schema = status?.sourceSchemaName ?? 'public';
  return {
    tableRestoreRequestId: status?.tableRestoreRequestId ?? '',
    status: status?.status ?? '',
    message: status?.message,
    requestTime: status?.requestTime?.toISOString(),
    progressInMegaBytes: status?.progressInMegaBytes,
    totalDataInMegaBytes: status?.totalDataInMegaBytes,
    sourceIdentifier: status?.recoveryPointId ?? status?.snapshotName,
    source: { database, schema, table: status?.sourceTableName ?? '' },
    target: {
      database: status?.targetDatabaseName ?? database,
      schema: status?.targetSchemaName ?? schema,
      table: status?.newTableName ?? '',
    },
  };
}

/** AWS's serverless snapshot as the facts Undrop keeps. */
export function serverlessSnapshotFacts(snapshot: Snapshot | undefined): ServerlessSnapshotFacts {
  return {
    snapshotName: snapshot?.snapshotName ?? '',
    namespaceName: snapshot?.namespaceName ?? '',
    status: snapshot?.status ?? '',
    snapshotCreateTime: snapshot?.snapshotCreateTime?.toISOString() ?? '',
    totalBackupSizeInMegaBytes: snapshot?.totalBackupSizeInMegaBytes,
    backupProgressInMegaBytes: snapshot?.backupProgressInMegaBytes,
    estimatedSecondsToCompletion: snapshot?.estimatedSecondsToCompletion,
    snapshotRetentionPeriod: snapshot?.snapshotRetentionPeriod,
    snapshotRetentionStartTime: snapshot?.snapshotRetentionStartTime?.toISOString(),
  };
}
