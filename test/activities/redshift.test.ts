import { copyClusterSnapshot } from '../../activities/redshift/copy-cluster-snapshot';
import { describeClusterSnapshot } from '../../activities/redshift/describe-cluster-snapshot';
import { describeTableRestoreStatus } from '../../activities/redshift/describe-table-restore-status';
import { listTableRestores } from '../../activities/redshift/list-table-restores';
import type { Received } from './aws-stand-in';
import { clientsUnderTest, page, xml, xmlError } from './clients-under-test';
import { inActivity, thrownIn } from './in-activity';

let under: Awaited<ReturnType<typeof clientsUnderTest>>;
beforeAll(async () => {
  under = await clientsUnderTest();
});
afterAll(() => under.close());

const parameters = (request: Received) => Object.fromEntries(new URLSearchParams(request.body));
const actions = () => under.aws.received.map((request) => parameters(request).Action);

const snapshot = (identifier: string, type: string, createTime = '2026-11-20T03:00:00Z') =>
  `<SnapshotIdentifier>${identifier}</SnapshotIdentifier><ClusterIdentifier>analytics</ClusterIdentifier>
   <SnapshotType>${type}</SnapshotType><Status>available</Status><SnapshotCreateTime>${createTime}</SnapshotCreateTime>
   <ClusterCreateTime>2025-01-01T00:00:00Z</ClusterCreateTime><TotalBackupSizeInMegaBytes>512.5</TotalBackupSizeInMegaBytes>
   <ManualSnapshotRetentionPeriod>-1</ManualSnapshotRetentionPeriod>`;
const snapshots = (...members: string[]) =>
  xml(
    'DescribeClusterSnapshots',
    `<Snapshots>${members.map((m) => `<Snapshot>${m}</Snapshot>`).join('')}</Snapshots>`,
  );

describe('copyClusterSnapshot', () => {
  const input = {
    sourceSnapshotIdentifier: 'rs:analytics-1',
    sourceSnapshotClusterIdentifier: 'analytics',
    targetSnapshotIdentifier: 'kept',
    manualSnapshotRetentionPeriod: 7,
  };
  const copy = () => copyClusterSnapshot(under.clients, input);

  it('sends what was asked for and gives back the facts of the copy', async () => {
    under.aws.answers(xml('CopyClusterSnapshot', `<Snapshot>${snapshot('kept', 'manual')}</Snapshot>`));
    const { result } = await inActivity(copy);
    expect(parameters(under.aws.received[0]!)).toMatchObject({
      Action: 'CopyClusterSnapshot',
      SourceSnapshotIdentifier: 'rs:analytics-1',
      SourceSnapshotClusterIdentifier: 'analytics',
      TargetSnapshotIdentifier: 'kept',
      ManualSnapshotRetentionPeriod: '7',
    });
    expect(result).toMatchObject({
      adopted: false,
      snapshot: {
        snapshotIdentifier: 'kept',
        snapshotType: 'manual',
        status: 'available',
        snapshotCreateTime: '2026-11-20T03:00:00.000Z',
        totalBackupSizeInMegaBytes: 512.5,
        manualSnapshotRetentionPeriod: -1,
      },
    });
  });

  const taken = (existing: string) => (request: Received) => {
    const { Action, SnapshotIdentifier } = parameters(request);
    if (Action === 'CopyClusterSnapshot') return xmlError(400, 'ClusterSnapshotAlreadyExists', 'exists');
    return snapshots(SnapshotIdentifier === 'kept' ? existing : snapshot('rs:analytics-1', 'automated'));
  };

  it('adopts a snapshot of that name when it is a copy of the same source', async () => {
    under.aws.answers(taken(snapshot('kept', 'manual')));
    const { result } = await inActivity(copy);
    expect(result).toMatchObject({ adopted: true, snapshot: { snapshotIdentifier: 'kept' } });
    expect(actions().filter((action) => action === 'CopyClusterSnapshot')).toHaveLength(1);
  });

  it('fails when a snapshot of that name is something else', async () => {
    under.aws.answers(taken(snapshot('kept', 'manual', '2026-11-19T03:00:00Z')));
    expect(await thrownIn(copy)).toMatchObject({
      type: 'SnapshotNameTaken',
      nonRetryable: true,
      message: expect.stringContaining('[source=rs:analytics-1, target=kept]'),
    });
  });

  it.each<[string, Parameters<typeof under.aws.answers>[0]]>([
    ['the answer is lost', 'drop'],
    ['a page answers 200', page(200)],
  ])('is tried again when %s: the name makes it the same copy', async (_name, answer) => {
    under.aws.answers(answer);
    expect(await thrownIn(copy)).toMatchObject({ type: 'OutcomeUnknown', nonRetryable: false });
    expect(under.aws.received).toHaveLength(1);
  });

  it.each([
    [404, 'ClusterSnapshotNotFound', 'SnapshotNotFound'],
    [400, 'InvalidClusterSnapshotState', 'InvalidSnapshotState'],
    [400, 'ClusterSnapshotQuotaExceeded', 'SnapshotQuotaExceeded'],
    [400, 'InvalidRetentionPeriodFault', 'InvalidRetentionPeriod'],
  ])('fails for good on %d %s', async (status, code, type) => {
    under.aws.answers(xmlError(status, code, 'no'));
    expect(await thrownIn(copy)).toMatchObject({ type, nonRetryable: true });
  });
});

describe('describeClusterSnapshot', () => {
  const look = () => describeClusterSnapshot(under.clients, { snapshotIdentifier: 'kept' });

  it('says that there is no such snapshot when AWS lists none', async () => {
    under.aws.answers(snapshots());
    expect(await thrownIn(look)).toMatchObject({ type: 'SnapshotNotFound' });
  });

  it('does not say so on the word of a page, but looks again', async () => {
    under.aws.answers(page(200));
    expect(await thrownIn(look)).toMatchObject({ type: 'OutcomeUnknown', nonRetryable: false });
  });
});

const target = { database: 'dev', schema: 'public', table: 'orders_restored_1a2b3c4d' };
const request = (id: string, newTable: string, schemas = '') =>
  `<TableRestoreStatus><TableRestoreRequestId>${id}</TableRestoreRequestId><Status>IN_PROGRESS</Status>
   <RequestTime>2026-11-20T08:00:00Z</RequestTime><ProgressInMegaBytes>3</ProgressInMegaBytes><SnapshotIdentifier>kept</SnapshotIdentifier>
   <SourceDatabaseName>dev</SourceDatabaseName><SourceTableName>orders</SourceTableName>${schemas}
   <NewTableName>${newTable}</NewTableName></TableRestoreStatus>`;
const requests = (members: string, marker = '') =>
  xml(
    'DescribeTableRestoreStatus',
    `<TableRestoreStatusDetails>${members}</TableRestoreStatusDetails>${marker && `<Marker>${marker}</Marker>`}`,
  );

describe('describeTableRestoreStatus', () => {
  const look = () =>
    describeTableRestoreStatus(under.clients, {
      clusterIdentifier: 'analytics',
      tableRestoreRequestId: 'r-1',
    });

  it('takes what AWS leaves out for the defaults of the request', async () => {
    under.aws.answers(requests(request('r-1', target.table)));
    expect((await inActivity(look)).result).toEqual({
      tableRestoreRequestId: 'r-1',
      status: 'IN_PROGRESS',
      requestTime: '2026-11-20T08:00:00.000Z',
      progressInMegaBytes: 3,
      sourceIdentifier: 'kept',
      source: { database: 'dev', schema: 'public', table: 'orders' },
      target,
    });
  });

  it.each([
    ['an empty list', () => requests('')],
    ['a refusal', () => xmlError(400, 'TableRestoreNotFoundFault', 'not found')],
  ])('says NotFound for a request that is not to be seen (yet): %s', async (_name, answer) => {
    under.aws.answers(answer());
    expect(await thrownIn(look)).toMatchObject({ type: 'NotFound' });
  });
});

describe('listTableRestores', () => {
  const match = {
    sourceIdentifier: 'kept',
    source: { database: 'dev', schema: 'public', table: 'orders' },
    target,
    caseSensitive: false,
  };
  const list = () => listTableRestores(under.clients, { clusterIdentifier: 'analytics', match });

  it('reads all pages and keeps what is for the same restore', async () => {
    under.aws.answers((received) => {
      const { Marker } = parameters(received);
      if (Marker === undefined)
        return requests(request('r-1', 'other') + request('r-2', target.table), 'page-2');
      if (Marker === 'page-2') return requests('', 'page-3');
      return requests(request('r-3', target.table.toUpperCase()));
    });
    const { result } = await inActivity(list);
    expect(result.map(({ tableRestoreRequestId }) => tableRestoreRequestId)).toEqual(['r-2', 'r-3']);
    expect(under.aws.received).toHaveLength(3);
  });

  it('never takes a page of HTML for an empty list: that would be a reason to send the restore again', async () => {
    under.aws.answers(page(200));
    expect(await thrownIn(list)).toMatchObject({ type: 'OutcomeUnknown', nonRetryable: false });
  });

  it('takes an empty list of AWS for one', async () => {
    under.aws.answers(requests(''));
    expect((await inActivity(list)).result).toEqual([]);
    under.aws.answers(xml('DescribeTableRestoreStatus', ''));
    expect((await inActivity(list)).result).toEqual([]);
  });
});
