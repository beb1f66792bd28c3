import { CopyClusterSnapshotCommand } from '@aws-sdk/client-redshift';
import { isCopyOf, type SnapshotFacts } from '../../domain/aws/snapshot';
import { awsErrorFacts, failureOf, toFailure } from '../aws-failure';
import { heartbeating, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { describeClusterSnapshot } from './describe-cluster-snapshot';
import { snapshotFacts } from './snapshot-facts';

export interface CopyClusterSnapshotInput {
  sourceSnapshotIdentifier: string;
  sourceSnapshotClusterIdentifier?: string;
  targetSnapshotIdentifier: string;
  manualSnapshotRetentionPeriod?: number;
}

export interface CopyClusterSnapshotOutput {
  snapshot: SnapshotFacts;
  /** True when the copy was there already: an earlier attempt's answer was lost. */
  adopted: boolean;
}

/**
 * Copies an automated snapshot to a manual one. The target's name is the idempotency key: when it exists, it is
 * taken over if it is a copy of this very source, else the call fails.
 * @throws SnapshotNameTaken, SnapshotNotFound, InvalidSnapshotState, SnapshotQuotaExceeded, InvalidRetentionPeriod …
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_CopyClusterSnapshot.html, docs/adr/0004
 */
export async function copyClusterSnapshot(
  clients: Pick<AwsClients, 'redshift'>,
  input: CopyClusterSnapshotInput,
): Promise<CopyClusterSnapshotOutput> {
  const handles = { source: input.sourceSnapshotIdentifier, target: input.targetSnapshotIdentifier };
  const call = {
    service: 'redshift',
    operation: 'CopyClusterSnapshot',
    what: 'copy of the snapshot',
    handles,
  } as const;
  try {
    const answer = await heartbeating(() =>
      clients.redshift.send(
        new CopyClusterSnapshotCommand({
          SourceSnapshotIdentifier: input.sourceSnapshotIdentifier,
          SourceSnapshotClusterIdentifier: input.sourceSnapshotClusterIdentifier,
          TargetSnapshotIdentifier: input.targetSnapshotIdentifier,
          ManualSnapshotRetentionPeriod: input.manualSnapshotRetentionPeriod,
        }),
      ),
    );
    requireAnswer(call, answer);
    return { snapshot: snapshotFacts(answer.Snapshot), adopted: false };
  } catch (error) {
    if (!awsErrorFacts(call, error).code.startsWith('ClusterSnapshotAlreadyExists'))
      throw toFailure(call, error);
    const [existing, source] = await Promise.all([
      describeClusterSnapshot(clients, { snapshotIdentifier: input.targetSnapshotIdentifier }),
      describeClusterSnapshot(clients, { snapshotIdentifier: input.sourceSnapshotIdentifier }),
    ]);
    if (isCopyOf(existing, source)) return { snapshot: existing, adopted: true };
    throw failureOf(
      'SnapshotNameTaken',
      call,
      'a snapshot of that name exists and is not a copy of this source',
      error,
    );
  }
}
