import { ConvertRecoveryPointToSnapshotCommand } from '@aws-sdk/client-redshift-serverless';
import {
  type Conversion,
  isConversion,
  type ServerlessSnapshotFacts,
} from '../../domain/aws/serverless-snapshot';
import { type AwsCall, awsErrorFacts, failureOf, toFailure } from '../aws-failure';
import { heartbeating } from '../call';
import type { AwsClients } from '../clients';
import { serverlessSnapshotFacts } from './facts';
import { getSnapshot } from './get-snapshot';

export interface ConvertRecoveryPointInput extends Conversion {
  recoveryPointId: string;
  snapshotName: string;
  retentionPeriod?: number;
}

/**
 * Converts a recovery point to a snapshot. The snapshot's name is the idempotency key: when it is there already, it is
 * taken over if it can only be this conversion's, else the call fails. That holds also when the recovery point has
 * ended since the conversion whose answer was lost.
 * @throws SnapshotNameTaken, RecoveryPointNotFound, SnapshotQuotaExceeded, ClusterBusy …
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ConvertRecoveryPointToSnapshot.html
 */
export async function convertRecoveryPointToSnapshot(
  clients: Pick<AwsClients, 'redshiftServerless'>,
  input: ConvertRecoveryPointInput,
): Promise<{ snapshot: ServerlessSnapshotFacts; adopted: boolean }> {
  const { recoveryPointId, snapshotName, retentionPeriod } = input;
  const call = {
    service: 'redshift-serverless',
    operation: 'ConvertRecoveryPointToSnapshot',
    what: 'keeping the recovery point',
    handles: { namespace: input.namespaceName, recoveryPoint: recoveryPointId, snapshot: snapshotName },
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
    // A conflict has two meanings, the name and another operation; and a recovery point may end before a second attempt.
    if (!/^(Conflict|ResourceNotFound)/.test(awsErrorFacts(call, error).code)) throw toFailure(call, error);
    const existing = await existingSnapshot(clients, snapshotName);
    if (existing === undefined) throw toFailure(call, error);
    if (isConversion(existing, input)) return { snapshot: existing, adopted: true };
    throw nameTaken(call, error);
  }
}

async function existingSnapshot(clients: Pick<AwsClients, 'redshiftServerless'>, snapshotName: string) {
  try {
    return await getSnapshot(clients, { snapshotName });
  } catch (error) {
    if ((error as { type?: unknown }).type === 'SnapshotNotFound') return undefined;
    throw error;
  }
}

const nameTaken = (call: AwsCall, error: unknown) =>
  failureOf(
    'SnapshotNameTaken',
    call,
    'a snapshot of that name exists and is not of this recovery point',
    error,
  );
