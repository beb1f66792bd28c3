import { DescribeContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import type { RecoveryFacts } from '../../domain/plan/judge-export';
import { failureOf } from '../aws-failure';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

/**
 * Whether point-in-time recovery of a table is on, and the window from which it can be exported.
 * @throws TableNotFound, AccessDenied, Throttled …
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html
 */
export async function describeContinuousBackups(
  { dynamodb }: Pick<AwsClients, 'dynamodb'>,
  { tableArn }: { tableArn: string },
): Promise<RecoveryFacts> {
  const call = {
    service: 'dynamodb',
    operation: 'DescribeContinuousBackups',
    what: 'look at the point-in-time recovery',
    handles: { table: tableArn },
  } as const;
  const { ContinuousBackupsDescription } = await callAws(call, () =>
    dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: tableArn })),
  );
  const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  // Nothing is no answer: believed, it would be "off", and stop a run.
  if (recovery?.PointInTimeRecoveryStatus === undefined)
    throw failureOf('OutcomeUnknown', call, 'the answer does not tell its state');
  return {
    enabled: recovery.PointInTimeRecoveryStatus === 'ENABLED',
    earliest: recovery.EarliestRestorableDateTime?.toISOString(),
    latest: recovery.LatestRestorableDateTime?.toISOString(),
  };
}
