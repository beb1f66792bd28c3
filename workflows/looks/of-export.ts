import { judgeBucket, judgeDynamoTable, judgeExportTimes } from '../../domain/plan/judge-export';
import type { Parsed } from '../run';
import { glance, looked } from './glance';
import type { Looks, Manner } from './looks';

/** What can be known of an export before it is asked for: the table, its restorable window, the bucket. */
export async function looksOfExport(
  {
    tableArn,
    s3Bucket,
    s3BucketOwner,
    exportTime,
    incrementalExportSpecification: window,
  }: Parsed<'exportTable'>,
  { nowMs }: Manner,
): Promise<Looks> {
  const [table, recovery, bucket] = await Promise.all([
    looked(glance.describeDynamoTable({ tableArn })),
    looked(glance.describeContinuousBackups({ tableArn })),
    looked(glance.headBucket({ bucket: s3Bucket, bucketOwner: s3BucketOwner })),
  ]);
  const name = tableArn.split('/').pop() ?? tableArn;
  const region = tableArn.split(':')[3] ?? '';
  const sizeBytes = 'seen' in table ? table.seen.sizeBytes : undefined;
  return {
    what: 'export of the table',
    handles: { table: tableArn, bucket: s3Bucket },
    findings: [
      ...judgeDynamoTable(name, table),
      ...judgeExportTimes(name, { exportTime, window }, { table, recovery, nowMs }),
      ...judgeBucket(s3Bucket, region, bucket),
    ],
    sizes: sizeBytes === undefined ? {} : { dynamodb: sizeBytes / 1_048_576 },
  };
}
