import { GetSnapshotCommand } from '@aws-sdk/client-redshift-serverless';
import type { ServerlessSnapshotFacts } from '../../domain/aws/serverless-snapshot';
import { failureOf } from '../aws-failure';
import { callAws } from '../call';
import type { AwsClients } from '../clients';
import { serverlessSnapshotFacts } from './facts';

export interface GetSnapshotInput {
  snapshotName: string;
}

/**
 * One look at one serverless snapshot.
 * @throws SnapshotNotFound, AccessDenied, Throttled …
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_GetSnapshot.html
 */
export async function getSnapshot(
  { redshiftServerless }: Pick<AwsClients, 'redshiftServerless'>,
  input: GetSnapshotInput,
): Promise<ServerlessSnapshotFacts> {
  const call = {
    service: 'redshift-serverless',
    operation: 'GetSnapshot',
    what: 'look at the snapshot',
    handles: { snapshot: input.snapshotName },
  } as const;
  const { snapshot } = await callAws(call, () => redshiftServerless.send(new GetSnapshotCommand(input)));
  if (!snapshot) throw failureOf('OutcomeUnknown', call, 'the answer holds no snapshot');
  return serverlessSnapshotFacts(snapshot);
}
