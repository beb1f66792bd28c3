import type { TableRestoreStatus } from '@aws-sdk/client-redshift';
import type { TableRestoreFacts } from '../../domain/aws/table-restore';

/** AWS's table restore status as the plain facts Undrop keeps; absent schemas are `public`, as in the request. */
export function tableRestoreFacts(status: TableRestoreStatus | undefined): TableRestoreFacts {
  const database = status?.SourceDatabaseName ?? '';
  const schema = status?.SourceSchemaName ?? 'public';
  return {
    tableRestoreRequestId: status?.TableRestoreRequestId ?? '',
    status: status?.Status ?? '',
    message: status?.Message,
    requestTime: status?.RequestTime?.toISOString(),
    progressInMegaBytes: status?.ProgressInMegaBytes,
    totalDataInMegaBytes: status?.TotalDataInMegaBytes,
    sourceIdentifier: status?.SnapshotIdentifier,
    source: { database, schema, table: status?.SourceTableName ?? '' },
    target: {
      database: status?.TargetDatabaseName ?? database,
      schema: status?.TargetSchemaName ?? schema,
      table: status?.NewTableName ?? '',
    },
  };
}
