import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoTableFacts } from '../../domain/plan/judge-export';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

/**
 * One look at a DynamoDB table. The ARN stands for the name, so that a table of another account is not taken for ours.
 * @throws NotFound, AccessDenied, Throttled …
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html
 */
export async function describeDynamoTable(
  { dynamodb }: Pick<AwsClients, 'dynamodb'>,
  { tableArn }: { tableArn: string },
): Promise<DynamoTableFacts> {
  const call = {
    service: 'dynamodb',
    operation: 'DescribeTable',
    what: 'look at the table',
    handles: { table: tableArn },
  } as const;
  const { Table } = await callAws(call, () =>
    dynamodb.send(new DescribeTableCommand({ TableName: tableArn })),
  );
  return {
    status: Table?.TableStatus ?? '',
    createdAt: Table?.CreationDateTime?.toISOString(),
    sizeBytes: Table?.TableSizeBytes,
    itemCount: Table?.ItemCount,
  };
}
