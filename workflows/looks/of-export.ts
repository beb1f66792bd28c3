import { type Finding, ok } from '../../domain/plan/finding';
import { judgeBucket, judgeDynamoTable, judgeExportTimes } from '../../domain/plan/judge-export';
import { earlierExports, exportToken, maximumGenerations } from '../earlier';
import type { Parsed } from '../run';
import { glance, longGlance, looked } from './glance';
import type { Looks, Manner } from './looks';

/** What can be known of an export before it is asked for: the table, its restorable window, the bucket. */
export async function looksOfExport(input: Parsed<'exportTable'>, manner: Manner): Promise<Looks> {
  const { tableArn, s3Bucket, s3BucketOwner, exportTime, incrementalExportSpecification: window } = input;
  const { nowMs } = manner;
  const [table, recovery, bucket] = await Promise.all([
    looked(glance.describeDynamoTable({ tableArn })),
    looked(glance.describeContinuousBackups({ tableArn })),
    looked(glance.headBucket({ bucket: s3Bucket, bucketOwner: s3BucketOwner })),
  ]);
  const name = tableArn.split('/').pop() ?? tableArn;
  const region = tableArn.split(':')[3] ?? '';
  const sizeBytes = 'seen' in table ? table.seen.sizeBytes : undefined;
  const findings = [
    ...judgeDynamoTable(name, table),
    ...judgeExportTimes(name, { exportTime, window }, { table, recovery, nowMs }),
    ...judgeBucket(s3Bucket, region, bucket),
  ];
  return {
    what: 'export of the table',
    handles: { table: tableArn, bucket: s3Bucket },
    findings: manner.thorough ? findings : await withEarlierExport(input, findings),
    sizes: sizeBytes === undefined ? {} : { dynamodb: sizeBytes / 1_048_576 },
  };
}

/** What is in the way of a new export is not in the way of one that was asked for before. */
const ofNewExports = new Set<string | undefined>([
  'InvalidExportTime',
  'PointInTimeRecoveryOff',
  'TableNotFound',
]);

async function withEarlierExport(input: Parsed<'exportTable'>, findings: Finding[]): Promise<Finding[]> {
  const rest = findings.filter(({ failure }) => !ofNewExports.has(failure));
  if (rest.length === findings.length) return findings;
  const since = earlierExports();
  const clientTokens = Array.from({ length: maximumGenerations }, (_, at) =>
    exportToken('export', input, at + 1),
  );
  const earlier = await looked(
    longGlance.findEarlierExport({ ...input, clientTokens, ...since, lookFirst: since !== undefined }),
  );
  const there = 'seen' in earlier && earlier.seen.found;
  if (!there) return findings;
  return [...rest, ok('earlier export', `${there.exportArn}, of an earlier execution of this run, is there`)];
}
