import { RestoreTableFromClusterSnapshotCommand } from '@aws-sdk/client-redshift';
import type { RestoreIdentity, TableRestoreFacts } from '../../domain/aws/table-restore';
import { describeAwsError, provesWriteNotDone, toFailure } from '../aws-failure';
import { heartbeating } from '../call';
import type { AwsClients } from '../clients';
import { tableRestoreFacts } from './table-restore-facts';

export interface RestoreTableFromClusterSnapshotInput extends RestoreIdentity {
  clusterIdentifier: string;
}

/** What is known after one send: AWS took it, or nobody knows. A refusal is thrown. */
export type SendOutcome =
  { outcome: 'accepted'; restore: TableRestoreFacts } | { outcome: 'unknown'; reason: string };

/**
 * Sends RestoreTableFromClusterSnapshot exactly once. The call has no client token, so the client must not retry it
 * and neither may Temporal (one attempt): an answer that was lost is the outcome `unknown`, which the workflow settles
 * by looking (workflows/steps/submit-restore.ts; docs/adr/0004).
 * @throws TargetTableExists, TableNotInSnapshot, ClusterBusy, RestoreQuotaExceeded, InvalidSnapshotState …
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_RestoreTableFromClusterSnapshot.html
 */
export async function restoreTableFromClusterSnapshot(
  { redshift }: Pick<AwsClients, 'redshift'>,
  input: RestoreTableFromClusterSnapshotInput,
): Promise<SendOutcome> {
  const handles = {
    cluster: input.clusterIdentifier,
    snapshot: input.sourceIdentifier,
    table: input.target.table,
  };
  const call = {
    service: 'redshift',
    operation: 'RestoreTableFromClusterSnapshot',
    what: 'restore of the table',
    handles,
  } as const;
  try {
    const { TableRestoreStatus } = await heartbeating(() =>
      redshift.send(
        new RestoreTableFromClusterSnapshotCommand({
          ClusterIdentifier: input.clusterIdentifier,
          SnapshotIdentifier: input.sourceIdentifier,
          SourceDatabaseName: input.source.database,
          SourceSchemaName: input.source.schema,
          SourceTableName: input.source.table,
          TargetDatabaseName: input.target.database,
          TargetSchemaName: input.target.schema,
          NewTableName: input.target.table,
          EnableCaseSensitiveIdentifier: input.caseSensitive,
        }),
      ),
    );
    if (!TableRestoreStatus?.TableRestoreRequestId)
      return { outcome: 'unknown', reason: 'AWS answered without a request id' };
    return { outcome: 'accepted', restore: tableRestoreFacts(TableRestoreStatus) };
  } catch (error) {
    if (provesWriteNotDone(call, error)) throw toFailure(call, error);
    return { outcome: 'unknown', reason: describeAwsError(call, error) };
  }
}
