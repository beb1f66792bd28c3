import { z } from 'zod';
import { s3BucketSchema } from '../operations/export-table';

/** What `undrop doctor` asks the worker: who it is on AWS, what it may read there, what time it is. */
export const awsAccessSchema = z.strictObject({
  bucket: s3BucketSchema.optional().describe('Bucket of exports, to be looked at too'),
});

/**
 * The reads that the product makes, one harmless request each. Writes are not tried: there is no harmless one.
 * S3 has none without a bucket.
 */
export const awsProbes = {
  'redshift:DescribeClusters': 'clusters',
  'redshift:DescribeClusterSnapshots': 'snapshots of clusters',
  'redshift:DescribeTableRestoreStatus': 'table restores of clusters',
  'redshift-serverless:ListSnapshots': 'serverless snapshots',
  'redshift-serverless:ListRecoveryPoints': 'serverless recovery points',
  'redshift-serverless:ListTableRestoreStatus': 'serverless table restores',
  'redshift-data:ListStatements': 'SQL statements of the Data API',
  'dynamodb:ListExports': 'DynamoDB exports',
  's3:ListBucket': 'bucket of exports',
} as const;

/** By the IAM action that allows it. */
export type AwsProbe = keyof typeof awsProbes;

/** Why AWS could not be asked, or did not want to answer: a row of the failure table. */
export interface AwsRefusal {
  type: string;
  message: string;
  remedy: string;
}

/** A worker's clock beside AWS's, read in one answer. AWS tells whole seconds. */
export interface ClockReading {
  awsTime: string;
  /** The worker's time halfway between question and answer. */
  workerTime: string;
}

/** Who the worker is on AWS. Nothing in it is secret. */
export interface AwsCaller {
  region?: string;
  account?: string;
  arn?: string;
  refusal?: AwsRefusal;
  clock?: ClockReading;
}

export interface ProbeAnswer {
  action: AwsProbe;
  /** Absent when AWS answered. */
  refusal?: AwsRefusal;
}

export interface AwsAccess {
  /** Of the worker's code. */
  version: string;
  caller: AwsCaller;
  /** None when AWS does not know the caller. */
  probes: ProbeAnswer[];
  /** When the look-up began, by the clock of the Temporal server. */
  temporalTime: string;
}
