import { restoreTableFromClusterSnapshot } from '../../activities/redshift/restore-table-from-cluster-snapshot';
import { clientsUnderTest, page, xml, xmlError } from './clients-under-test';
import { inActivity, thrownIn } from './in-activity';
import type { Answer } from './aws-stand-in';

let under: Awaited<ReturnType<typeof clientsUnderTest>>;
beforeAll(async () => {
  under = await clientsUnderTest({ requestMs: 2_000, longPollMs: 2_000 });
});
afterAll(() => under.close());

const input = {
  clusterIdentifier: 'analytics',
  sourceIdentifier: 'kept',
  source: { database: 'dev', schema: 'public', table: 'orders' },
  target: { database: 'dev', schema: 'public', table: 'orders_restored_1a2b3c4d' },
  caseSensitive: true,
};
const restore = () => restoreTableFromClusterSnapshot(under.clients, input);
const status = `<TableRestoreStatus><TableRestoreRequestId>r-1</TableRestoreRequestId><Status>PENDING</Status>
  <RequestTime>2026-11-20T08:00:00.123Z</RequestTime><SnapshotIdentifier>kept</SnapshotIdentifier>
  <SourceDatabaseName>dev</SourceDatabaseName><SourceTableName>orders</SourceTableName>
  <NewTableName>orders_restored_1a2b3c4d</NewTableName></TableRestoreStatus>`;

describe('RestoreTableFromClusterSnapshot, which has no client token', () => {
  it('names everything that AWS would otherwise choose', async () => {
    under.aws.answers(xml('RestoreTableFromClusterSnapshot', status));
    const { result } = await inActivity(restore);
    expect(result).toMatchObject({
      outcome: 'accepted',
      restore: { tableRestoreRequestId: 'r-1', status: 'PENDING', requestTime: '2026-11-20T08:00:00.123Z' },
    });
    expect(Object.fromEntries(new URLSearchParams(under.aws.received[0]!.body))).toEqual({
      Action: 'RestoreTableFromClusterSnapshot',
      Version: '2012-12-01',
      ClusterIdentifier: 'analytics',
      SnapshotIdentifier: 'kept',
      SourceDatabaseName: 'dev',
      SourceSchemaName: 'public',
      SourceTableName: 'orders',
      TargetDatabaseName: 'dev',
      TargetSchemaName: 'public',
      NewTableName: 'orders_restored_1a2b3c4d',
      EnableCaseSensitiveIdentifier: 'true',
    });
  });

  it.each<[string, Answer]>([
    ['the socket is dropped', 'drop'],
    ['the answer is cut', 'cut'],
    ['nothing is answered', 'hang'],
    ['AWS answers 500', xmlError(500, 'InternalFailure', 'An internal error has occurred.')],
    ['AWS answers 503', xmlError(503, 'ServiceUnavailable', 'Service is unavailable')],
    ['a page answers 200', page(200)],
    ['a page answers 403', page(403)],
    ['a page answers 404', page(404)],
    ['a page answers 502', page(502)],
    ['an empty answer says 200', { status: 200 }],
    ['an empty answer says 503', { status: 503 }],
    ['AWS answers without a request id', xml('RestoreTableFromClusterSnapshot', '<TableRestoreStatus/>')],
  ])('is sent once, and its outcome is unknown, when %s', async (_name, answer) => {
    under.aws.answers(answer);
    const { result } = await inActivity(restore);
    expect(result).toEqual({ outcome: 'unknown', reason: expect.stringMatching(/^.+$/) });
    expect(under.aws.received).toHaveLength(1);
  });

  it.each([
    [400, 'InvalidClusterState', 'There is an operation running on the Cluster', 'ClusterBusy'],
    [400, 'InProgressTableRestoreQuotaExceededFault', 'quota', 'RestoreQuotaExceeded'],
    [
      400,
      'InvalidTableRestoreArgument',
      'Table orders_restored_1a2b3c4d already exists',
      'TargetTableExists',
    ],
    [400, 'InvalidTableRestoreArgument', 'no such table in the snapshot', 'TableNotInSnapshot'],
    [404, 'ClusterNotFound', 'gone', 'ClusterNotFound'],
    [404, 'ClusterSnapshotNotFound', 'gone', 'SnapshotNotFound'],
    [400, 'InvalidClusterSnapshotState', 'shared', 'InvalidSnapshotState'],
    [400, 'UnsupportedOperation', 'interleaved sort key', 'InterleavedSortKey'],
    [400, 'Throttling', 'Rate exceeded', 'Throttled'],
    [
      403,
      'AccessDenied',
      'is not authorized to perform: redshift:RestoreTableFromClusterSnapshot',
      'AccessDenied',
    ],
    [403, 'ExpiredToken', 'The security token included in the request is expired', 'CredentialsExpired'],
  ])('is sent once, and refused for certain, on %d %s: %s', async (code, name, message, type) => {
    under.aws.answers(xmlError(code, name, message));
    expect(await thrownIn(restore)).toMatchObject({
      type,
      message: `restore of the table failed [cluster=analytics, snapshot=kept, table=orders_restored_1a2b3c4d]: ${name}: ${message}`,
    });
    expect(under.aws.received).toHaveLength(1);
  });
});

describe('RestoreTableFromClusterSnapshot, when it never leaves the worker', () => {
  it('is refused for certain: nobody listens at the endpoint', async () => {
    const other = await clientsUnderTest();
    await other.aws.stop();
    const thrown = await thrownIn(() => restoreTableFromClusterSnapshot(other.clients, input));
    expect(thrown).toMatchObject({
      type: 'AwsUnreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    await other.close();
  });

  it('is refused for certain: there are no credentials', async () => {
    const other = await clientsUnderTest();
    delete process.env.AWS_ACCESS_KEY_ID;
    other.aws.answers(xml('RestoreTableFromClusterSnapshot', status));
    expect(await thrownIn(() => restoreTableFromClusterSnapshot(other.clients, input))).toMatchObject({
      type: 'CredentialsMissing',
    });
    expect(other.aws.received).toHaveLength(0);
    await other.close();
  });
});
