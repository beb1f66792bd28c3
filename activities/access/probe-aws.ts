import { ListExportsCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeClustersCommand,
  DescribeClusterSnapshotsCommand,
  DescribeTableRestoreStatusCommand,
} from '@aws-sdk/client-redshift';
import { ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import {
  ListRecoveryPointsCommand,
  ListSnapshotsCommand,
  ListTableRestoreStatusCommand,
} from '@aws-sdk/client-redshift-serverless';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import type { AwsService } from '../../domain/aws-errors';
import { type AwsProbe, awsProbes, type ProbeAnswer } from '../../domain/look-ups/aws-access';
import { callAws } from '../call';
import type { AwsClients } from '../clients';
import { refusalIn } from './get-caller';

type Send = (clients: AwsClients, bucket: string | undefined) => Promise<unknown>;

/** The smallest request behind each action. */
const requests: Record<AwsProbe, Send> = {
  'redshift:DescribeClusters': ({ redshift }) =>
    redshift.send(new DescribeClustersCommand({ MaxRecords: 20 })),
  'redshift:DescribeClusterSnapshots': ({ redshift }) =>
    redshift.send(new DescribeClusterSnapshotsCommand({ MaxRecords: 20 })),
  'redshift:DescribeTableRestoreStatus': ({ redshift }) =>
    redshift.send(new DescribeTableRestoreStatusCommand({ MaxRecords: 20 })),
  'redshift-serverless:ListSnapshots': ({ redshiftServerless }) =>
    redshiftServerless.send(new ListSnapshotsCommand({ maxResults: 1 })),
  'redshift-serverless:ListRecoveryPoints': ({ redshiftServerless }) =>
    redshiftServerless.send(new ListRecoveryPointsCommand({ maxResults: 1 })),
  'redshift-serverless:ListTableRestoreStatus': ({ redshiftServerless }) =>
    redshiftServerless.send(new ListTableRestoreStatusCommand({ maxResults: 1 })),
  'redshift-data:ListStatements': ({ redshiftData }) =>
    redshiftData.send(new ListStatementsCommand({ MaxResults: 1 })),
  'dynamodb:ListExports': ({ dynamodb }) => dynamodb.send(new ListExportsCommand({ MaxResults: 1 })),
  's3:ListBucket': ({ s3 }, bucket) => s3.send(new HeadBucketCommand({ Bucket: bucket })),
};

/** API operations whose name is not that of the action. */
const operationNames: Partial<Record<AwsProbe, string>> = { 's3:ListBucket': 'HeadBucket' };

/**
 * One harmless read, to see whether AWS allows it. A refusal is an answer here, not a failure.
 * @throws only what is worth another try.
 */
export async function probeAws(
  clients: AwsClients,
  { action, bucket }: { action: AwsProbe; bucket?: string },
): Promise<ProbeAnswer> {
  const [service, operation] = action.split(':') as [AwsService, string];
  const call = {
    service,
    operation: operationNames[action] ?? operation,
    what: `look at ${awsProbes[action]}`,
    handles: { action, bucket },
  };
  try {
    await callAws(call, () => requests[action](clients, bucket));
    return { action };
  } catch (error) {
    return { action, refusal: refusalIn(error) };
  }
}
