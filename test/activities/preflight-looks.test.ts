import { describeContinuousBackups } from '../../activities/dynamodb/describe-continuous-backups';
import { describeDynamoTable } from '../../activities/dynamodb/describe-table';
import { earlierExport } from '../../activities/dynamodb/earlier-export';
import { inspectTable } from '../../activities/redshift-data/inspect-table';
import { describeCluster } from '../../activities/redshift/describe-cluster';
import { listManualSnapshots } from '../../activities/redshift/list-manual-snapshots';
import { listRunningRestores } from '../../activities/redshift/list-running-restores';
import { headBucket } from '../../activities/s3/head-bucket';
import type { Answer, Received } from './aws-stand-in';
import { clientsUnderTest, json, xml } from './clients-under-test';
import { inActivity, thrownIn } from './in-activity';

let under: Awaited<ReturnType<typeof clientsUnderTest>>;
beforeAll(async () => {
  under = await clientsUnderTest();
});
afterAll(() => under.close());

const tableArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders';
const called = ({ headers }: Received) => String(headers['x-amz-target']).split('.').pop()!;
const calls = () => under.aws.received.map(called);
const answering = (answers: Record<string, Answer>) =>
  under.aws.answers((request) => answers[called(request)]!);

describe('inspectTable', () => {
  const inspect = () =>
    inspectTable(under.clients, {
      warehouse: { clusterIdentifier: 'analytics' },
      table: { database: 'dev', schema: 'Sales', table: 'Orders' },
      caseSensitive: false,
      clientToken: 'undrop-token',
      statementName: 'undrop:run:preflight.table:1',
    });
  const started = json({ Id: 's-1', Status: 'SUBMITTED' });
  const finished = json({ Id: 's-1', Status: 'FINISHED', HasResultSet: true });

  it('asks svv_table_info by folded names as values, and waits on the side of AWS', async () => {
    answering({
      ExecuteStatement: started,
      DescribeStatement: finished,
      GetStatementResult: json({
        Records: [[{ longValue: 2048 }, { longValue: 120000 }, { stringValue: 'INTERLEAVED' }]],
        ColumnMetadata: [],
      }),
    });
    const { result } = await inActivity(inspect);
    expect(result).toEqual({ info: { megaBytes: 2048, rows: 120000, sortKey: 'INTERLEAVED' } });
    const [execute, describe] = under.aws.received.map(
      ({ body }) => JSON.parse(body) as Record<string, unknown>,
    );
    expect(execute).toMatchObject({
      Sql: expect.stringMatching(
        / from svv_table_info where "schema" = :schema_name and "table" = :table_name$/,
      ),
      Parameters: [
        { name: 'schema_name', value: 'sales' },
        { name: 'table_name', value: 'orders' },
      ],
      ClientToken: 'undrop-token',
    });
    expect(describe).toMatchObject({ WaitTimeSeconds: 10 });
  });

  it('knows nothing of a table that the view does not show', async () => {
    answering({
      ExecuteStatement: started,
      DescribeStatement: finished,
      GetStatementResult: json({ Records: [], ColumnMetadata: [] }),
    });
    expect((await inActivity(inspect)).result).toEqual({});
  });

  it('fails where the user may not see the view', async () => {
    answering({
      ExecuteStatement: started,
      DescribeStatement: json({
        Id: 's-1',
        Status: 'FAILED',
        Error: 'ERROR: permission denied for relation svv_table_info',
      }),
    });
    expect(await thrownIn(inspect)).toMatchObject({
      type: 'StatementFailed',
      message: expect.stringMatching(/permission denied/),
    });
  });

  it('cancels a statement that takes too long for a look', async () => {
    answering({
      ExecuteStatement: started,
      DescribeStatement: json({ Id: 's-1', Status: 'STARTED' }),
      CancelStatement: json({ Status: true }),
    });
    expect(await thrownIn(inspect)).toMatchObject({
      type: 'DatabaseUnavailable',
      message: expect.stringMatching(/within 10 s/),
    });
    expect(calls()).toEqual(['ExecuteStatement', 'DescribeStatement', 'CancelStatement']);
  });
});

describe('an answer that says nothing', () => {
  it('about point-in-time recovery is not "off"', async () => {
    under.aws.answers(json({ ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED' } }));
    expect(await thrownIn(() => describeContinuousBackups(under.clients, { tableArn }))).toMatchObject({
      type: 'OutcomeUnknown',
    });
  });

  it('about a cluster is not "available"', async () => {
    under.aws.answers(xml('DescribeClusters', '<Clusters></Clusters>'));
    expect(
      await thrownIn(() => describeCluster(under.clients, { clusterIdentifier: 'analytics' })),
    ).toMatchObject({ type: 'ClusterNotFound' });
  });

  it('but 404 means a missing bucket from S3 only', async () => {
    const head = () => headBucket(under.clients, { bucket: 'exports' });
    under.aws.answers({ status: 404, headers: { 'x-amz-request-id': 'r' } });
    expect(await thrownIn(head)).toMatchObject({ type: 'NotFound' });
    under.aws.answers({ status: 404 });
    expect(await thrownIn(head)).toMatchObject({ type: 'OutcomeUnknown' });
    under.aws.answers({ status: 403, headers: { 'x-amz-request-id': 'r' } });
    expect(await thrownIn(head)).toMatchObject({ type: 'AccessDenied' });
    under.aws.answers({
      status: 200,
      headers: { 'x-amz-request-id': 'r', 'x-amz-bucket-region': 'eu-west-1' },
    });
    expect((await inActivity(head)).result).toEqual({ region: 'eu-west-1' });
  });
});

describe('the DynamoDB looks', () => {
  it('name the table by its ARN, so that another account has no table of ours', async () => {
    under.aws.answers(
      json({
        Table: { TableStatus: 'ACTIVE', CreationDateTime: 1_700_000_000, TableSizeBytes: 7, ItemCount: 3 },
      }),
    );
    const { result } = await inActivity(() => describeDynamoTable(under.clients, { tableArn }));
    expect(result).toEqual({
      status: 'ACTIVE',
      createdAt: '2023-11-14T22:13:20.000Z',
      sizeBytes: 7,
      itemCount: 3,
    });
    expect(JSON.parse(under.aws.received[0]!.body)).toEqual({ TableName: tableArn });
  });

  it('bring the restorable window', async () => {
    under.aws.answers(
      json({
        ContinuousBackupsDescription: {
          PointInTimeRecoveryDescription: {
            PointInTimeRecoveryStatus: 'ENABLED',
            EarliestRestorableDateTime: 1_700_000_000,
            LatestRestorableDateTime: 1_700_086_400,
          },
        },
      }),
    );
    const { result } = await inActivity(() => describeContinuousBackups(under.clients, { tableArn }));
    expect(result).toEqual({
      enabled: true,
      earliest: '2023-11-14T22:13:20.000Z',
      latest: '2023-11-15T22:13:20.000Z',
    });
  });
});

describe('lists of Redshift', () => {
  const pages = (element: string, first: string, second: string) => {
    const page = (content: string, marker = '') => xml(element, `${marker}${content}`);
    under.aws.answers(({ body }) =>
      body.includes('Marker=next') ? page(second) : page(first, '<Marker>next</Marker>'),
    );
  };

  it('of restores are read to their last page, and only what runs is kept', async () => {
    const restore = (table: string, status: string) =>
      `<TableRestoreStatus><TableRestoreRequestId>r</TableRestoreRequestId><Status>${status}</Status><NewTableName>${table}</NewTableName></TableRestoreStatus>`;
    const list = (...all: string[]) =>
      `<TableRestoreStatusDetails>${all.join('')}</TableRestoreStatusDetails>`;
    pages(
      'DescribeTableRestoreStatus',
      list(restore('a', 'SUCCEEDED'), restore('b', 'IN_PROGRESS'), restore('c', 'FAILED')),
      list(restore('d', 'PENDING'), restore('e', 'CANCELED')),
    );
    const { result } = await inActivity(() =>
      listRunningRestores(under.clients, { clusterIdentifier: 'analytics' }),
    );
    expect(result!.map(({ target }) => target.table)).toEqual(['b', 'd']);
  });

  it('of manual snapshots are counted over all pages, and the one of the name is found', async () => {
    const snapshot = (name: string) =>
      `<Snapshot><SnapshotIdentifier>${name}</SnapshotIdentifier><SnapshotType>manual</SnapshotType></Snapshot>`;
    const list = (...all: string[]) => `<Snapshots>${all.join('')}</Snapshots>`;
    pages('DescribeClusterSnapshots', list(snapshot('a'), snapshot('b')), list(snapshot('kept')));
    const { result } = await inActivity(() => listManualSnapshots(under.clients, { name: 'Kept' }));
    expect(result).toMatchObject({ count: 3, named: { snapshotIdentifier: 'kept' } });
  });
});

describe('earlierExport', () => {
  const arn = (startedMs: number) => `${tableArn}/export/${String(startedMs).padStart(14, '0')}-abcdef12`;
  const [old, young] = [arn(1_700_000_000_000), arn(1_700_086_400_000)];
  const summary = (ExportArn: string, ExportStatus = 'COMPLETED') => ({ ExportArn, ExportStatus });
  const look = (changes = {}) =>
    earlierExport(under.clients, { tableArn, s3Bucket: 'exports', clientTokens: ['t-1', 't-2'], ...changes });
  const exportsAre = (summaries: object[], ClientToken = 't-2', more = {}) =>
    under.aws.answers((request) => {
      if (called(request) === 'ListExports') return json({ ExportSummaries: summaries });
      const { ExportArn } = JSON.parse(request.body) as { ExportArn: string };
      const description = { ExportArn, ExportStatus: 'COMPLETED', ClientToken, S3Bucket: 'exports', ...more };
      return json({ ExportDescription: description });
    });

  it('finds the one with any of the tokens', async () => {
    exportsAre([summary(young)]);
    expect((await inActivity(look)).result).toMatchObject({ exportArn: young, clientToken: 't-2' });
  });

  it.each<[string, () => void]>([
    ['of another token', () => exportsAre([summary(young)], 'other')],
    ['of another request', () => exportsAre([summary(young)], 't-1', { S3Prefix: 'elsewhere' })],
    ['that failed', () => exportsAre([summary(young, 'FAILED')])],
  ])('does not take one %s', async (_, given) => {
    given();
    expect((await inActivity(look)).result).toBeUndefined();
  });

  it('looks at none that began before the run did', async () => {
    exportsAre([summary(old), summary(young)], 'other');
    await inActivity(() => look({ notBefore: '2023-11-15T00:00:00.000Z' }));
    expect(calls()).toEqual(['ListExports', 'DescribeExport']);
  });
});
