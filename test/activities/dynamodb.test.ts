import { describeExport } from '../../activities/dynamodb/describe-export';
import { exportTableToPointInTime } from '../../activities/dynamodb/export-table-to-point-in-time';
import { clientsUnderTest, json, page } from './clients-under-test';
import { inActivity, thrownIn } from './in-activity';

let under: Awaited<ReturnType<typeof clientsUnderTest>>;
beforeAll(async () => {
  under = await clientsUnderTest();
});
afterAll(() => under.close());

const exportArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders/export/01700000000000-abcdef12';
const tableArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders';
const body = (at = 0) => JSON.parse(under.aws.received[at]!.body) as Record<string, unknown>;
const epoch = (iso: string) => Date.parse(iso) / 1000;

describe('exportTableToPointInTime', () => {
  const input = { tableArn, s3Bucket: 'exports', clientToken: 'undrop-token' };
  const start = (changes = {}) => exportTableToPointInTime(under.clients, { ...input, ...changes });
  const accepted = json({ ExportDescription: { ExportArn: exportArn, ExportStatus: 'IN_PROGRESS' } });

  it('passes the token through unchanged, on every attempt', async () => {
    under.aws.answers(accepted);
    await inActivity(() => start());
    await inActivity(() => start());
    expect([body(0).ClientToken, body(1).ClientToken]).toEqual(['undrop-token', 'undrop-token']);
  });

  it('sends nothing that was not asked for', async () => {
    under.aws.answers(accepted);
    await inActivity(() => start());
    expect(body()).toEqual({ TableArn: tableArn, S3Bucket: 'exports', ClientToken: 'undrop-token' });
  });

  it('sends every parameter of the call, times as seconds', async () => {
    under.aws.answers(accepted);
    await inActivity(() =>
      start({
        exportTime: '2026-11-20T08:00:00Z',
        s3BucketOwner: '123456789012',
        s3Prefix: 'undrop',
        s3SseAlgorithm: 'KMS',
        s3SseKmsKeyId: 'alias/exports',
        exportFormat: 'ION',
        exportType: 'INCREMENTAL_EXPORT',
        incrementalExportSpecification: {
          exportFromTime: '2026-11-20T08:00:00+01:00',
          exportToTime: '2026-11-20T08:00:00Z',
          exportViewType: 'NEW_IMAGE',
        },
      }),
    );
    expect(body()).toEqual({
      TableArn: tableArn,
      S3Bucket: 'exports',
      ClientToken: 'undrop-token',
      ExportTime: epoch('2026-11-20T08:00:00Z'),
      S3BucketOwner: '123456789012',
      S3Prefix: 'undrop',
      S3SseAlgorithm: 'KMS',
      S3SseKmsKeyId: 'alias/exports',
      ExportFormat: 'ION',
      ExportType: 'INCREMENTAL_EXPORT',
      IncrementalExportSpecification: {
        ExportFromTime: epoch('2026-11-20T07:00:00Z'),
        ExportToTime: epoch('2026-11-20T08:00:00Z'),
        ExportViewType: 'NEW_IMAGE',
      },
    });
  });

  it.each([
    ['TableNotFoundException', 'TableNotFound', true],
    ['PointInTimeRecoveryUnavailableException', 'PointInTimeRecoveryOff', true],
    ['InvalidExportTimeException', 'InvalidExportTime', true],
    ['ExportConflictException', 'ExportConflict', true],
    ['LimitExceededException', 'ExportLimitExceeded', true],
    ['ThrottlingException', 'Throttled', false],
  ])('sends one request and makes %s a failure of the table', async (code, type, nonRetryable) => {
    under.aws.answers(json({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'no' }, 400));
    expect(await thrownIn(() => start())).toMatchObject({
      type,
      nonRetryable,
      message: `export of the table failed [table=${tableArn}, bucket=exports]: ${code}: no`,
    });
    expect(under.aws.received).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof under.aws.answers>[0]]>([
    ['the answer is lost', 'drop'],
    ['a page answers 200', page(200)],
    ['an empty answer says 200', { status: 200 }],
  ])('is tried again when %s: the token makes it the same export', async (_name, answer) => {
    under.aws.answers(answer);
    expect(await thrownIn(() => start())).toMatchObject({ type: 'OutcomeUnknown', nonRetryable: false });
    expect(under.aws.received).toHaveLength(1);
  });
});

describe('describeExport', () => {
  it('gives back the facts as plain JSON', async () => {
    under.aws.answers(
      json({
        ExportDescription: {
          ExportArn: exportArn,
          ExportStatus: 'COMPLETED',
          TableArn: tableArn,
          S3Bucket: 'exports',
          ExportManifest: 'AWSDynamoDB/01700000000000-abcdef12/manifest-summary.json',
          ExportTime: epoch('2026-11-20T08:00:00Z'),
          StartTime: epoch('2026-11-20T08:00:01Z'),
          EndTime: epoch('2026-11-20T08:10:00Z'),
          ItemCount: 40,
          BilledSizeBytes: 4096,
        },
      }),
    );
    const { result } = await inActivity(() => describeExport(under.clients, { exportArn }));
    expect(JSON.parse(JSON.stringify(result))).toEqual({
      exportArn,
      exportStatus: 'COMPLETED',
      tableArn,
      s3Bucket: 'exports',
      exportManifest: 'AWSDynamoDB/01700000000000-abcdef12/manifest-summary.json',
      exportTime: '2026-11-20T08:00:00.000Z',
      startTime: '2026-11-20T08:00:01.000Z',
      endTime: '2026-11-20T08:10:00.000Z',
      itemCount: 40,
      billedSizeBytes: 4096,
    });
  });

  it('says which export is not to be seen', async () => {
    under.aws.answers(json({ __type: 'ExportNotFoundException', message: 'Export not found' }, 400));
    expect(await thrownIn(() => describeExport(under.clients, { exportArn }))).toMatchObject({
      type: 'ExportNotFound',
      message: expect.stringContaining(`[export=${exportArn}]`),
    });
  });
});
