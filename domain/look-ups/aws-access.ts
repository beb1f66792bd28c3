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
const awsRefusalSchema = z.object({ type: z.string(), message: z.string(), remedy: z.string() });

export type AwsRefusal = z.infer<typeof awsRefusalSchema>;

/** A worker's clock beside AWS's, read in one answer. AWS tells whole seconds. */
const clockReadingSchema = z.object({
  awsTime: z.string(),
  workerTime: z.string().describe("The worker's time halfway between question and answer"),
});

export type ClockReading = z.infer<typeof clockReadingSchema>;

/** Who the worker is on AWS. Nothing in it is secret. */
const awsCallerSchema = z.object({
  region: z.string().optional(),
  account: z.string().optional(),
  arn: z.string().optional(),
  refusal: awsRefusalSchema.optional(),
  clock: clockReadingSchema.optional(),
});

export type AwsCaller = z.infer<typeof awsCallerSchema>;

const probeAnswerSchema = z.object({
  action: z.enum(Object.keys(awsProbes) as AwsProbe[]),
  refusal: awsRefusalSchema.optional().describe('Absent when AWS answered'),
});

export type ProbeAnswer = z.infer<typeof probeAnswerSchema>;

export const awsAccessAnswerSchema = z.object({
  version: z.string().describe("Of the worker's code"),
  caller: awsCallerSchema,
  probes: z.array(probeAnswerSchema).describe('None when AWS does not know the caller'),
  temporalTime: z.string().describe('When the look-up began, by the clock of the Temporal server'),
});

export type AwsAccess = z.infer<typeof awsAccessAnswerSchema>;
