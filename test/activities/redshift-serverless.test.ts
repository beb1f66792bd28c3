import { convertRecoveryPointToSnapshot } from '../../activities/redshift-serverless/convert-recovery-point-to-snapshot';
import { getNamespace } from '../../activities/redshift-serverless/get-namespace';
import { getRecoveryPoint } from '../../activities/redshift-serverless/get-recovery-point';
import { getSnapshot } from '../../activities/redshift-serverless/get-snapshot';
import { getTableRestoreStatus } from '../../activities/redshift-serverless/get-table-restore-status';
import { getWorkgroup } from '../../activities/redshift-serverless/get-workgroup';
import { listServerlessSources } from '../../activities/redshift-serverless/list-sources';
import { listTableRestoreStatus } from '../../activities/redshift-serverless/list-table-restore-status';
import {
  restoreTableFromRecoveryPoint,
  restoreTableFromSnapshot,
} from '../../activities/redshift-serverless/restore-table';
import { listClusterSources } from '../../activities/redshift/list-cluster-sources';
import type { Answer, Received } from './aws-stand-in';
import { clientsUnderTest, json, page, xml, xmlError } from './clients-under-test';
import { inActivity, thrownIn } from './in-activity';

let under: Awaited<ReturnType<typeof clientsUnderTest>>;
beforeAll(async () => {
  under = await clientsUnderTest({ requestMs: 2_000, longPollMs: 2_000 });
});
afterAll(() => under.close());

const operationOf = ({ headers }: Received) => String(headers['x-amz-target']).split('.')[1]!;
const inputOf = ({ body }: Received) => JSON.parse(body) as Record<string, unknown>;
const operationsSent = () => under.aws.received.map(operationOf);
const refusal = (type: string, message: string, status: number) => json({ __type: type, message }, status);
/** Answers by operation; of several answers to one operation the last is repeated. */
const answersTo = (answers: Record<string, Answer | Answer[]>) => {
  const counts: Record<string, number> = {};
  under.aws.answers((request) => {
    const operation = operationOf(request);
    const given = [answers[operation] ?? refusal('UnknownOperationException', operation, 400)].flat();
    counts[operation] = (counts[operation] ?? 0) + 1;
    return given[Math.min(counts[operation], given.length) - 1]!;
  });
};

const moment = '2026-11-20T08:00:00Z';
const snapshot = (changes: object = {}) => ({
  snapshotName: 'kept',
  namespaceName: 'adhoc',
  status: 'CREATING',
  snapshotCreateTime: moment,
  totalBackupSizeInMegaBytes: 512.5,
  snapshotRetentionPeriod: 7,
  ...changes,
});

describe('convertRecoveryPointToSnapshot', () => {
  const input = {
    recoveryPointId: 'rp-1',
    namespaceName: 'adhoc',
    snapshotName: 'kept',
    retentionPeriod: 7,
    nameIsOurs: false,
    recoveryPointCreateTime: '2026-11-20T08:00:00.000Z',
    nameFreeAt: '2026-11-20T11:00:00.000Z',
  };
  const convert = (changes: Partial<typeof input> = {}) =>
    convertRecoveryPointToSnapshot(under.clients, { ...input, ...changes });

  it('sends what was asked for, and nothing that only Undrop needs to know', async () => {
    answersTo({ ConvertRecoveryPointToSnapshot: json({ snapshot: snapshot() }) });
    const { result } = await inActivity(() => convert());
    expect(inputOf(under.aws.received[0]!)).toEqual({
      recoveryPointId: 'rp-1',
      snapshotName: 'kept',
      retentionPeriod: 7,
    });
    expect(result).toMatchObject({
      adopted: false,
      snapshot: {
        snapshotName: 'kept',
        namespaceName: 'adhoc',
        status: 'CREATING',
        snapshotCreateTime: '2026-11-20T08:00:00.000Z',
        totalBackupSizeInMegaBytes: 512.5,
        snapshotRetentionPeriod: 7,
      },
    });
  });

  const taken = refusal('ConflictException', 'The snapshot kept already exists.', 409);
  const gone = refusal('ResourceNotFoundException', 'The recovery point rp-1 could not be found.', 404);

  it.each([
    ['the name is taken', taken],
    ['the recovery point has ended since', gone],
  ])('takes over its own snapshot when %s', async (_why, answer) => {
    answersTo({
      ConvertRecoveryPointToSnapshot: answer,
      GetSnapshot: json({ snapshot: snapshot({ status: 'AVAILABLE' }) }),
    });
    const { result } = await inActivity(() => convert());
    expect(result).toMatchObject({ adopted: true, snapshot: { status: 'AVAILABLE' } });
    expect(operationsSent()).toEqual(['ConvertRecoveryPointToSnapshot', 'GetSnapshot']);
  });

  it.each([
    ['holds another moment', { snapshotCreateTime: '2026-11-20T08:30:00Z' }],
    ['is of another namespace', { namespaceName: 'other' }],
  ])('fails when the snapshot of that name %s', async (_why, changes) => {
    answersTo({ ConvertRecoveryPointToSnapshot: taken, GetSnapshot: json({ snapshot: snapshot(changes) }) });
    expect(await thrownIn(() => convert())).toMatchObject({
      type: 'SnapshotNameTaken',
      nonRetryable: true,
      message: expect.stringContaining('[namespace=adhoc, recoveryPoint=rp-1, snapshot=kept]'),
    });
  });

  it('takes a conflict for a busy namespace when there is no snapshot of that name', async () => {
    answersTo({
      ConvertRecoveryPointToSnapshot: refusal('ConflictException', 'There is an operation running', 409),
      GetSnapshot: refusal('ResourceNotFoundException', 'The snapshot kept could not be found.', 404),
    });
    expect(await thrownIn(() => convert())).toMatchObject({ type: 'ClusterBusy', nonRetryable: true });
  });

  it('says that the recovery point is not there when there is no snapshot either', async () => {
    answersTo({
      ConvertRecoveryPointToSnapshot: gone,
      GetSnapshot: refusal('ResourceNotFoundException', 'The snapshot kept could not be found.', 404),
    });
    expect(await thrownIn(() => convert())).toMatchObject({ type: 'RecoveryPointNotFound' });
  });

  it.each([
    [402, 'ServiceQuotaExceededException', 'SnapshotQuotaExceeded', true],
    [400, 'ServiceQuotaExceededException', 'SnapshotQuotaExceeded', true],
    [400, 'ValidationException', 'InvalidRequest', true],
    [500, 'InternalServerException', 'AwsUnavailable', false],
    [429, 'ThrottlingException', 'Throttled', false],
    [403, 'AccessDeniedException', 'AccessDenied', true],
  ])('is sent once and told as it is: %d %s', async (status, code, type, nonRetryable) => {
    answersTo({ ConvertRecoveryPointToSnapshot: refusal(code, 'as told', status) });
    expect(await thrownIn(() => convert())).toMatchObject({ type, nonRetryable });
    expect(operationsSent()).toEqual(['ConvertRecoveryPointToSnapshot']);
  });

  it('does not know the outcome of an answer without a snapshot', async () => {
    answersTo({ ConvertRecoveryPointToSnapshot: json({}) });
    expect(await thrownIn(() => convert())).toMatchObject({ type: 'OutcomeUnknown', nonRetryable: false });
  });
});

const identity = {
  source: { database: 'dev', schema: 'public', table: 'events' },
  target: { database: 'dev', schema: 'public', table: 'events_restored' },
  caseSensitive: true,
};
const status = (changes: object = {}) => ({
  tableRestoreRequestId: 'r-1',
  status: 'PENDING',
  requestTime: 1_795_161_600.123,
  namespaceName: 'adhoc',
  workgroupName: 'adhoc',
  sourceDatabaseName: 'dev',
  sourceTableName: 'events',
  newTableName: 'events_restored',
  ...changes,
});

describe.each([
  ['RestoreTableFromRecoveryPoint', restoreTableFromRecoveryPoint, { recoveryPointId: 'source-1' }] as const,
  ['RestoreTableFromSnapshot', restoreTableFromSnapshot, { snapshotName: 'source-1' }] as const,
])('%s, which has no client token', (operation, send, source) => {
  const restore = () =>
    send(under.clients, {
      workgroupName: 'adhoc',
      namespaceName: 'adhoc',
      sourceIdentifier: 'source-1',
      ...identity,
    });

  it('names everything that AWS would otherwise choose', async () => {
    answersTo({ [operation]: json({ tableRestoreStatus: status(source) }) });
    const { result } = await inActivity(restore);
    expect(inputOf(under.aws.received[0]!)).toEqual({
      workgroupName: 'adhoc',
      namespaceName: 'adhoc',
      ...source,
      sourceDatabaseName: 'dev',
      sourceSchemaName: 'public',
      sourceTableName: 'events',
      targetDatabaseName: 'dev',
      targetSchemaName: 'public',
      newTableName: 'events_restored',
      activateCaseSensitiveIdentifier: true,
    });
    expect(result).toMatchObject({
      outcome: 'accepted',
      restore: {
        tableRestoreRequestId: 'r-1',
        requestTime: '2026-11-20T08:00:00.123Z',
        sourceIdentifier: 'source-1',
        source: identity.source,
        target: identity.target,
      },
    });
  });

  it.each<[string, Answer]>([
    ['the socket is dropped', 'drop'],
    ['the answer is cut', 'cut'],
    ['nothing is answered', 'hang'],
    ['AWS answers 500', refusal('InternalServerException', 'internal', 500)],
    ['AWS answers 503', refusal('ServiceUnavailableException', 'unavailable', 503)],
    ['a page answers 200', page(200)],
    ['a page answers 404', page(404)],
    ['an empty answer says 200', { status: 200 }],
    ['AWS answers without a request id', json({ tableRestoreStatus: {} })],
  ])('is sent once, and its outcome is unknown, when %s', async (_name, answer) => {
    under.aws.answers(answer);
    const { result } = await inActivity(restore);
    expect(result).toEqual({ outcome: 'unknown', reason: expect.stringMatching(/^.+$/) });
    expect(under.aws.received).toHaveLength(1);
  });

  it.each([
    [409, 'ConflictException', 'There is an operation running on the namespace.', 'ClusterBusy'],
    [400, 'ConflictException', 'There is an operation running on the namespace.', 'ClusterBusy'],
    [404, 'ResourceNotFoundException', 'The namespace adhoc could not be found.', 'WorkgroupNotFound'],
    [400, 'ValidationException', 'The target table already exists.', 'TargetTableExists'],
    [400, 'ValidationException', 'The table does not exist in it.', 'TableNotInSnapshot'],
    [429, 'ThrottlingException', 'Rate exceeded', 'Throttled'],
    [400, 'ValidationException', 'Service returned error code ThrottlingException', 'Throttled'],
  ])('is sent once, and refused for certain, on %d %s: %s', async (code, name, message, type) => {
    answersTo({ [operation]: refusal(name, message, code) });
    expect(await thrownIn(restore)).toMatchObject({
      type,
      message: `restore of the table failed [workgroup=adhoc, source=source-1, table=events_restored]: ${name}: ${message}`,
    });
    expect(under.aws.received).toHaveLength(1);
  });
});

describe('looks at serverless', () => {
  it('find a table restore by its id, and know one that is not there', async () => {
    answersTo({ GetTableRestoreStatus: json({ tableRestoreStatus: status({ message: 'm' }) }) });
    const { result } = await inActivity(() =>
      getTableRestoreStatus(under.clients, { tableRestoreRequestId: 'r-1' }),
    );
    expect(result).toMatchObject({ tableRestoreRequestId: 'r-1', message: 'm' });
    answersTo({ GetTableRestoreStatus: refusal('ResourceNotFoundException', 'none', 404) });
    expect(
      await thrownIn(() => getTableRestoreStatus(under.clients, { tableRestoreRequestId: 'r-2' })),
    ).toMatchObject({ type: 'NotFound', message: expect.stringContaining('[request=r-2]') });
  });

  it('list the restores for exactly this, over all pages', async () => {
    answersTo({
      ListTableRestoreStatus: [
        json({
          tableRestoreStatuses: [
            status({ recoveryPointId: 'rp-1' }),
            status({ tableRestoreRequestId: 'other', recoveryPointId: 'rp-2' }),
          ],
          nextToken: 'more',
        }),
        json({ tableRestoreStatuses: [status({ tableRestoreRequestId: 'r-3', recoveryPointId: 'rp-1' })] }),
      ],
    });
    const { result } = await inActivity(() =>
      listTableRestoreStatus(under.clients, {
        workgroupName: 'adhoc',
        namespaceName: 'adhoc',
        match: { ...identity, sourceIdentifier: 'rp-1' },
      }),
    );
    expect(result.map(({ tableRestoreRequestId }) => tableRestoreRequestId)).toEqual(['r-1', 'r-3']);
    expect(under.aws.received.map((request) => inputOf(request).nextToken)).toEqual([undefined, 'more']);
  });

  it('tell namespaces, workgroups, snapshots and recovery points that are not there from each other', async () => {
    under.aws.answers(refusal('ResourceNotFoundException', 'none', 404));
    const types: [() => Promise<unknown>, string][] = [
      [() => getNamespace(under.clients, { namespaceName: 'x' }), 'WorkgroupNotFound'],
      [() => getWorkgroup(under.clients, { workgroupName: 'x' }), 'WorkgroupNotFound'],
      [() => getSnapshot(under.clients, { snapshotName: 'x' }), 'SnapshotNotFound'],
      [() => getRecoveryPoint(under.clients, { recoveryPointId: 'x' }), 'RecoveryPointNotFound'],
    ];
    for (const [look, type] of types)
      expect(await thrownIn(look)).toMatchObject({ type, message: expect.stringContaining('=x]') });
  });
});

describe('listServerlessSources', () => {
  const list = () => listServerlessSources(under.clients, { namespaceName: 'adhoc' });

  it('lists recovery points and snapshots over all pages, each with its end', async () => {
    const point = (id: string) => ({
      recoveryPointId: id,
      namespaceName: 'adhoc',
      recoveryPointCreateTime: moment,
      totalSizeInMegaBytes: 100,
    });
    answersTo({
      ListRecoveryPoints: [
        json({ recoveryPoints: [point('rp-1')], nextToken: 'more' }),
        json({ recoveryPoints: [point('rp-2')] }),
      ],
      ListSnapshots: json({
        snapshots: [
          snapshot({ status: 'AVAILABLE', snapshotRetentionStartTime: '2026-11-21T08:00:00Z' }),
          snapshot({ snapshotName: 'forever', status: 'FAILED', snapshotRetentionPeriod: -1 }),
        ],
      }),
    });
    const { result } = await inActivity(list);
    expect(result).toMatchObject([
      {
        source: { recoveryPointId: 'rp-1' },
        kind: 'recovery point',
        of: 'adhoc',
        usable: true,
        createdAt: '2026-11-20T08:00:00.000Z',
        expiresAt: '2026-11-21T08:00:00.000Z',
        sizeMegaBytes: 100,
      },
      { source: { recoveryPointId: 'rp-2' } },
      {
        source: { snapshotName: 'kept' },
        kind: 'serverless snapshot',
        usable: true,
        expiresAt: '2026-11-28T08:00:00.000Z',
      },
      { source: { snapshotName: 'forever' }, usable: false, status: 'FAILED' },
    ]);
    expect(result[3]!.expiresAt).toBeUndefined();
  });

  it('does not take a page of a proxy for an empty list', async () => {
    under.aws.answers(page(200));
    expect(await thrownIn(list)).toMatchObject({ type: 'OutcomeUnknown', nonRetryable: false });
  });
});

describe('listClusterSources', () => {
  const list = () => listClusterSources(under.clients, { clusterIdentifier: 'analytics' });
  const actionOf = ({ body }: Received) => new URLSearchParams(body).get('Action');
  const cluster = xml(
    'DescribeClusters',
    '<Clusters><Cluster><ClusterIdentifier>analytics</ClusterIdentifier><AutomatedSnapshotRetentionPeriod>2</AutomatedSnapshotRetentionPeriod></Cluster></Clusters>',
  );
  const snapshotXml = (id: string, type: string, more = '') =>
    `<Snapshot><SnapshotIdentifier>${id}</SnapshotIdentifier><ClusterIdentifier>analytics</ClusterIdentifier><SnapshotType>${type}</SnapshotType><Status>available</Status><SnapshotCreateTime>${moment}</SnapshotCreateTime>${more}</Snapshot>`;

  it('lists snapshots over all pages; automated ones end with the retention of the cluster, manual ones with their own', async () => {
    const pages = [
      xml(
        'DescribeClusterSnapshots',
        `<Marker>more</Marker><Snapshots>${snapshotXml('rs:a-1', 'automated')}</Snapshots>`,
      ),
      xml(
        'DescribeClusterSnapshots',
        `<Snapshots>${snapshotXml('a', 'manual', '<ManualSnapshotRetentionPeriod>-1</ManualSnapshotRetentionPeriod>')}${snapshotXml('b', 'manual', '<ManualSnapshotRetentionPeriod>3</ManualSnapshotRetentionPeriod>')}</Snapshots>`,
      ),
    ];
    under.aws.answers((request) => (actionOf(request) === 'DescribeClusters' ? cluster : pages.shift()!));
    const { result } = await inActivity(list);
    expect(result.map(({ source, kind, expiresAt }) => [source, kind, expiresAt])).toEqual([
      [{ snapshotIdentifier: 'rs:a-1' }, 'automated snapshot', '2026-11-22T08:00:00.000Z'],
      [{ snapshotIdentifier: 'a' }, 'manual snapshot', undefined],
      [{ snapshotIdentifier: 'b' }, 'manual snapshot', '2026-11-23T08:00:00.000Z'],
    ]);
  });

  it('does not take a page of a proxy for an empty list', async () => {
    const blank = { status: 200, body: '<html><body><p>Please wait</p></body></html>' };
    under.aws.answers(blank);
    expect(await thrownIn(list)).toMatchObject({ type: 'OutcomeUnknown', nonRetryable: false });
    under.aws.answers((request) => (actionOf(request) === 'DescribeClusters' ? cluster : blank));
    expect(await thrownIn(list)).toMatchObject({ type: 'OutcomeUnknown', nonRetryable: false });
  });

  it('names a cluster that is not there', async () => {
    under.aws.answers(xmlError(404, 'ClusterNotFound', 'gone'));
    expect(await thrownIn(list)).toMatchObject({
      type: 'ClusterNotFound',
      message: expect.stringContaining('[cluster=analytics]'),
    });
  });
});
