import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { RedshiftClient } from '@aws-sdk/client-redshift';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { SNSClient } from '@aws-sdk/client-sns';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { observeRequests } from '../activities';
import type { AwsClients } from '../activities/clients';
import type { AwsSettings } from '../config';

/** Hard limits of one request; `requestTimeout` alone only warns (docs/aws-notes.md, 24). */
const timeouts = {
  requestMs: 25_000,
  /** The Data API answers long polls after up to 30 s. */
  longPollMs: 40_000,
};

/**
 * The worker's AWS clients. One attempt each: Temporal retries, and only Temporal (one level), because the SDK would
 * send a RestoreTable without a token three times when its answer is lost (docs/aws-notes.md, 23; docs/adr/0004).
 * Credentials, profile and endpoints come by the SDK's standard chain. Every request is counted (docs/operating.md).
 */
export function createAwsClients(aws: AwsSettings, { requestMs, longPollMs } = timeouts): AwsClients {
  const common = (timeoutMs: number) => ({
    maxAttempts: 1,
    ...(aws.region && { region: aws.region }),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 5_000,
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    }),
  });
  const clients = {
    redshift: new RedshiftClient(common(requestMs)),
    redshiftServerless: new RedshiftServerlessClient(common(requestMs)),
    redshiftData: new RedshiftDataClient(common(longPollMs)),
    dynamodb: new DynamoDBClient(common(requestMs)),
    s3: new S3Client({
      ...common(requestMs),
      // An own endpoint has no name per bucket.
      forcePathStyle: aws.endpointUrl !== undefined,
      // DynamoDB exports into buckets of any region; S3 names the right one in its answer.
      followRegionRedirects: true,
    }),
    sts: new STSClient(common(requestMs)),
    sns: new SNSClient(common(requestMs)),
  };
  observeRequests(clients);
  return clients;
}

/** @throws Error in plain words when the SDK's chain finds no region or no credentials. */
export async function requireAwsIdentity({
  redshift,
}: Pick<AwsClients, 'redshift'>): Promise<{ region: string }> {
  const region = await redshift.config.region().catch(() => {
    throw new Error('no AWS region: set AWS_REGION, or a region in the profile that AWS_PROFILE names');
  });
  await redshift.config.credentials().catch((error: unknown) => {
    throw new Error(
      `no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the worker a role (${error instanceof Error ? error.message : String(error)})`,
    );
  });
  return { region };
}
