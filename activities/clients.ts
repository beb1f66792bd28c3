import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RedshiftClient } from '@aws-sdk/client-redshift';
import type { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import type { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import type { S3Client } from '@aws-sdk/client-s3';
import type { STSClient } from '@aws-sdk/client-sts';
import type { SNSClient } from '@aws-sdk/client-sns';

/** The AWS clients the activities work with; made once by the worker (worker/aws-clients.ts). */
export interface AwsClients {
  redshift: RedshiftClient;
  redshiftServerless: RedshiftServerlessClient;
  redshiftData: RedshiftDataClient;
  dynamodb: DynamoDBClient;
  s3: S3Client;
  sts: STSClient;
  sns: SNSClient;
}
