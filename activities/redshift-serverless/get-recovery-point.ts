import { GetRecoveryPointCommand } from '@aws-sdk/client-redshift-serverless';
import { failureOf } from '../aws-failure';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

/** A recovery point as Undrop keeps it. Time ISO, size MB. */
export interface RecoveryPointFacts {
  recoveryPointId: string;
  namespaceName: string;
  /** The moment whose rows it holds. */
  recoveryPointCreateTime: string;
  totalSizeInMegaBytes?: number;
}

/**
 * One look at one recovery point.
 * @throws RecoveryPointNotFound: AWS keeps it for 24 hours; AccessDenied, Throttled …
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_GetRecoveryPoint.html
 */
export async function getRecoveryPoint(
  { redshiftServerless }: Pick<AwsClients, 'redshiftServerless'>,
  input: { recoveryPointId: string },
): Promise<RecoveryPointFacts> {
  const call = {
    service: 'redshift-serverless',
    operation: 'GetRecoveryPoint',
    what: 'look at the recovery point',
    handles: { recoveryPoint: input.recoveryPointId },
  } as const;
  const { recoveryPoint } = await callAws(call, () =>
    redshiftServerless.send(new GetRecoveryPointCommand(input)),
  );
  if (!recoveryPoint) throw failureOf('OutcomeUnknown', call, 'the answer holds no recovery point');
  return {
    recoveryPointId: recoveryPoint.recoveryPointId ?? input.recoveryPointId,
    namespaceName: recoveryPoint.namespaceName ?? '',
    recoveryPointCreateTime: recoveryPoint.recoveryPointCreateTime?.toISOString() ?? '',
    totalSizeInMegaBytes: recoveryPoint.totalSizeInMegaBytes,
  };
}
