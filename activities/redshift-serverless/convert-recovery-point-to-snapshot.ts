import { ConvertRecoveryPointToSnapshotCommand } from '@aws-sdk/client-redshift-serverless';
import type { ServerlessSnapshotFacts } from '../../domain/aws/serverless-snapshot';
import { awsErrorFacts, failureOf, toFailure } from '../aws-failure';
import { heartbeating } from '../call';
import type { AwsClients } from '../clients';
import { serverlessSnapshotFacts } from './facts';
import { getSnapshot } from './get-snapshot';

export interface ConvertRecoveryPointInput {
  recoveryPointId: string;
  /** Namespace of the recovery point: a snapshot of another one is not ours. */
  namespaceName: string;
  snapshotName: string;
  retentionPeriod?: number;
  /** The name was made from the run's identity: a snapshot of that name can only be ours. */
  nameIsOurs: boolean;
  /** Snapshots of a given name that are older than the run are not ours. ISO. */
  notBefore: string;
}

/**
 * Converts a recovery point to a snapshot. The snapshot's name is the idempotency key: when it exists, it is taken over
 * if it can only be this run's, else the call fails.
 * @throws SnapshotNameTaken, RecoveryPointNotFound, SnapshotQuotaExceeded …
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ConvertRecoveryPointToSnapshot.html
 */
export async function convertRecoveryPointToSnapshot(
  clients: Pick<AwsClients, 'redshiftServerless'>,
  input: ConvertRecoveryPointInput,
): Promise<{ snapshot: ServerlessSnapshotFacts; adopted: boolean }> {
  const { recoveryPointId, snapshotName, retentionPeriod } = input;
  const handles = { recoveryPoint: recoveryPointId, snapshot: snapshotName };
  const call = {
    service: 'redshift-serverless',
    operation: 'ConvertRecoveryPointToSnapshot',
    what: 'keeping the recovery point',
    handles,
  } as const;
  try {
    const { snapshot } = await heartbeating(() =>
      clients.redshiftServerless.send(
        new ConvertRecoveryPointToSnapshotCommand({ recoveryPointId, snapshotName, retentionPeriod }),
      ),
    );
    if (!snapshot) throw failureOf('OutcomeUnknown', call, 'the answer holds no snapshot');
    return { snapshot: serverlessSnapshotFacts(snapshot), adopted: false };
  } catch (error) {
    if (!awsErrorFacts(call, error).code.startsWith('Conflict')) throw toFailure(call, error);
    const existing = await getSnapshot(clients, { snapshotName });
    const ours = input.nameIsOurs || Date.parse(existing.snapshotCreateTime) >= Date.parse(input.notBefore);
    if (ours && existing.namespaceName === input.namespaceName) return { snapshot: existing, adopted: true };
    throw failureOf(
      'SnapshotNameTaken',
      call,
      'a snapshot of that name exists and was not made by this run',
      error,
    );
  }
}
