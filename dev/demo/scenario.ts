import { DescribeClusterSnapshotsCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { RecoverTableInput } from '../../domain/operations/recover-table';

/** The seeded world of the simulator, as the demo tells its story. */
export const story = {
  cluster: 'analytics',
  database: 'dev',
  schema: 'public',
  table: 'orders',
  tableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/orders',
  bucket: 'exports',
  /** Rows of the table at the moment of the automated snapshot. */
  rowsAtSnapshot: 120_000,
} as const;

const clientOptions = (endpoint: string) => ({
  endpoint,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
});

/** The newest automated snapshot of the cluster, asked of (simulated) AWS. */
export async function automatedSnapshot(endpoint: string): Promise<string> {
  const redshift = new RedshiftClient(clientOptions(endpoint));
  try {
    const { Snapshots = [] } = await redshift.send(
      new DescribeClusterSnapshotsCommand({ ClusterIdentifier: story.cluster, SnapshotType: 'automated' }),
    );
    const newest = Snapshots.sort((a, b) => Number(b.SnapshotCreateTime) - Number(a.SnapshotCreateTime))[0];
    if (!newest?.SnapshotIdentifier)
      throw new Error(`no automated snapshot in the simulated AWS [cluster=${story.cluster}]`);
    return newest.SnapshotIdentifier;
  } finally {
    redshift.destroy();
  }
}

/** Every object of the bucket: looked at with an S3 client, past Undrop. */
export async function listObjects(endpoint: string): Promise<{ key: string; bytes: number }[]> {
  const s3 = new S3Client({ ...clientOptions(endpoint), forcePathStyle: true });
  try {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: story.bucket }));
    return Contents.map(({ Key = '', Size = 0 }) => ({ key: Key, bytes: Size }));
  } finally {
    s3.destroy();
  }
}

export function recoverInput(snapshotIdentifier: string): RecoverTableInput {
  const { cluster, database, schema, table, tableArn, bucket, rowsAtSnapshot } = story;
  return {
    warehouse: { clusterIdentifier: cluster },
    source: { snapshotIdentifier },
    table: { database, schema, table },
    copy: { manualSnapshotRetentionPeriod: 7 },
    verify: { rowCount: { exactly: rowsAtSnapshot } },
    export: { tableArn, s3Bucket: bucket, s3Prefix: 'demo' },
  };
}
