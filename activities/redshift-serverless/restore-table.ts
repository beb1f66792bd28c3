import {
  RestoreTableFromRecoveryPointCommand,
  RestoreTableFromSnapshotCommand,
  type TableRestoreStatus,
} from '@aws-sdk/client-redshift-serverless';
import type { RestoreIdentity } from '../../domain/aws/table-restore';
import { describeAwsError, provesWriteNotDone, toFailure } from '../aws-failure';
import { heartbeating } from '../call';
import type { AwsClients } from '../clients';
import type { SendOutcome } from '../redshift/restore-table-from-cluster-snapshot';
import { serverlessRestoreFacts } from './facts';

export interface ServerlessRestoreInput extends RestoreIdentity {
  workgroupName: string;
  namespaceName: string;
}

/**
 * Sends RestoreTableFromRecoveryPoint exactly once; see restoreTableFromClusterSnapshot for why.
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_RestoreTableFromRecoveryPoint.html
 */
export async function restoreTableFromRecoveryPoint(
  { redshiftServerless }: Pick<AwsClients, 'redshiftServerless'>,
  input: ServerlessRestoreInput,
): Promise<SendOutcome> {
  return sendOnce('RestoreTableFromRecoveryPoint', input, async () => {
    const command = new RestoreTableFromRecoveryPointCommand({
      ...members(input),
      recoveryPointId: input.sourceIdentifier,
    });
    return (await redshiftServerless.send(command)).tableRestoreStatus;
  });
}

/**
 * Sends RestoreTableFromSnapshot exactly once; see restoreTableFromClusterSnapshot for why.
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_RestoreTableFromSnapshot.html
 */
export async function restoreTableFromSnapshot(
  { redshiftServerless }: Pick<AwsClients, 'redshiftServerless'>,
  input: ServerlessRestoreInput,
): Promise<SendOutcome> {
  return sendOnce('RestoreTableFromSnapshot', input, async () => {
    const command = new RestoreTableFromSnapshotCommand({
      ...members(input),
      snapshotName: input.sourceIdentifier,
    });
    return (await redshiftServerless.send(command)).tableRestoreStatus;
  });
}

async function sendOnce(
  operation: string,
  input: ServerlessRestoreInput,
  send: () => Promise<TableRestoreStatus | undefined>,
): Promise<SendOutcome> {
  const handles = {
    workgroup: input.workgroupName,
    source: input.sourceIdentifier,
    table: input.target.table,
  };
  const call = { service: 'redshift-serverless', operation, what: 'restore of the table', handles } as const;
  try {
    const status = await heartbeating(send);
    if (!status?.tableRestoreRequestId)
      return { outcome: 'unknown', reason: 'the answer holds no request id' };
    return { outcome: 'accepted', restore: serverlessRestoreFacts(status) };
  } catch (error) {
    if (provesWriteNotDone(call, error)) throw toFailure(call, error);
    return { outcome: 'unknown', reason: describeAwsError(call, error) };
  }
}

const members = ({
  workgroupName,
  namespaceName,
  source,
  target,
  caseSensitive,
}: ServerlessRestoreInput) => ({
  workgroupName,
  namespaceName,
  sourceDatabaseName: source.database,
  sourceSchemaName: source.schema,
  sourceTableName: source.table,
  targetDatabaseName: target.database,
  targetSchemaName: target.schema,
  newTableName: target.table,
  activateCaseSensitiveIdentifier: caseSensitive,
});
