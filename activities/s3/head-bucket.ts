import { HeadBucketCommand } from '@aws-sdk/client-s3';
import type { BucketFacts } from '../../domain/plan/judge-export';
import { failureOf } from '../aws-failure';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

/**
 * Whether a bucket is there, may be looked at and, where an owner is told, is that account's; and its Region.
 * @throws NotFound, AccessDenied …
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
 */
export async function headBucket(
  { s3 }: Pick<AwsClients, 's3'>,
  { bucket, bucketOwner }: { bucket: string; bucketOwner?: string },
): Promise<BucketFacts> {
  const call = {
    service: 's3',
    operation: 'HeadBucket',
    what: 'look at the bucket',
    handles: { bucket },
  } as const;
  const { BucketRegion } = await callAws(call, () =>
    s3
      .send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: bucketOwner }))
      .catch((error: unknown) => {
        // A HEAD has no body: only its request id tells S3's 404 from a proxy's, and that must not stop a run.
        if ((error as { $metadata?: { requestId?: string } }).$metadata?.requestId !== undefined) throw error;
        throw isNotFound(error)
          ? failureOf('OutcomeUnknown', call, 'HTTP 404, and the answer was not one of S3')
          : error;
      }),
  );
  return { region: BucketRegion };
}

const isNotFound = (error: unknown) =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404;
