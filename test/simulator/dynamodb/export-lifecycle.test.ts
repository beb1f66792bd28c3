import {
  DeleteTableCommand,
  DescribeExportCommand,
  waitUntilExportCompleted,
  type ExportTableToPointInTimeCommandInput,
} from '@aws-sdk/client-dynamodb';
import { refusal, type Rooms } from '../s3/rooms-under-test';
import { at, completedExport, describeExport, startExport, startExportRooms } from './export-rooms';

const account = '123456789012';

describe('the life of an export', () => {
  let rooms: Rooms & { TableArn: string };
  beforeEach(async () => {
    rooms = await startExportRooms({ exportSeconds: 600 });
  });
  afterEach(() => rooms.close());

  const failing = async (input: Partial<ExportTableToPointInTimeCommandInput>) => {
    const { ExportArn } = await startExport(rooms, input);
    rooms.advance(5);
    return describeExport(rooms, ExportArn);
  };

  it('starts IN_PROGRESS with the defaults filled in, and without a type that nobody sent', async () => {
    const description = await startExport(rooms, { ClientToken: 'token-1' });
    expect(description).toEqual({
      ExportArn: expect.stringMatching(
        /^arn:aws:dynamodb:eu-central-1:123456789012:table\/events\/export\/01795176000000-[0-9a-f]{8}$/,
      ),
      ExportStatus: 'IN_PROGRESS',
      StartTime: rooms.now(),
      ExportTime: rooms.now(),
      TableArn: rooms.TableArn,
      TableId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      ClientToken: 'token-1',
      S3Bucket: 'exports',
      S3SseAlgorithm: 'AES256',
      ExportFormat: 'DYNAMODB_JSON',
    });
    expect(await describeExport(rooms, description.ExportArn)).toEqual(description);
  });

  it('echoes everything that was sent', async () => {
    const input = {
      ExportTime: at(-600),
      ExportFormat: 'ION',
      ExportType: 'FULL_EXPORT',
      S3BucketOwner: account,
      S3Prefix: 'nightly/orders',
      S3SseAlgorithm: 'KMS',
      S3SseKmsKeyId: 'alias/aws/s3',
    } as const;
    expect(await startExport(rooms, input)).toMatchObject(input);
    expect(await completedExport(rooms, { ...input, S3Prefix: 'again' })).toMatchObject({
      ...input,
      S3Prefix: 'again',
      ExportStatus: 'COMPLETED',
    });
  });

  it('takes ExportTime in whole seconds', async () => {
    const description = await startExport(rooms, { ExportTime: new Date(at(-600).getTime() + 999) });
    expect(description.ExportTime).toEqual(at(-600));
  });

  it('stays IN_PROGRESS until its time has come, then is COMPLETED with counts and manifest', async () => {
    const started = await startExport(rooms);
    rooms.advance(599);
    expect(await describeExport(rooms, started.ExportArn)).toEqual(started);
    rooms.advance(1);
    const id = started.ExportArn?.split('/').at(-1);
    expect(await describeExport(rooms, started.ExportArn)).toEqual({
      ...started,
      ExportStatus: 'COMPLETED',
      EndTime: at(600),
      ItemCount: 3,
      BilledSizeBytes: 18,
      ExportManifest: `AWSDynamoDB/${id}/manifest-summary.json`,
    });
  });

  it('ends at its own moment, however late somebody looks', async () => {
    const { ExportArn } = await startExport(rooms);
    rooms.advance(86_400);
    expect((await describeExport(rooms, ExportArn)).EndTime).toEqual(at(600));
  });

  it('shows that it has begun by an empty _started before it ends', async () => {
    const { ExportArn } = await startExport(rooms);
    rooms.advance(10);
    await describeExport(rooms, ExportArn);
    const id = ExportArn?.split('/').at(-1);
    expect(rooms.world.objects.keys('exports')).toEqual([`AWSDynamoDB/${id}/_started`]);
  });

  it("is waited for by the SDK's own waiter", async () => {
    const { ExportArn } = await startExport(rooms);
    rooms.advance(600);
    const { state } = await waitUntilExportCompleted(
      { client: rooms.dynamodb, maxWaitTime: 60 },
      { ExportArn },
    );
    expect(state).toBe('SUCCESS');
  });

  it('accepts a bucket that does not exist, and fails soon after', async () => {
    const description = await failing({ S3Bucket: 'no-such-bucket' });
    expect(description).toMatchObject({
      ExportStatus: 'FAILED',
      FailureCode: 'S3NoSuchBucket',
      FailureMessage: expect.stringMatching(
        /^The specified bucket does not exist \(Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Request ID: /,
      ),
    });
    rooms.advance(600);
    expect(await describeExport(rooms, description.ExportArn)).toEqual(description);
    expect(description).not.toHaveProperty('ItemCount');
    expect(description).not.toHaveProperty('ExportManifest');
  });

  it.each([
    ['a wrong S3BucketOwner', { S3BucketOwner: '999999999999' }],
    ['the bucket of another account without S3BucketOwner', { S3Bucket: 'theirs' }],
  ])('accepts %s, and fails with S3AccessDenied', async (_, input) => {
    rooms.world.objects.createBucket('theirs', { ownerAccountId: '999999999999' });
    expect(await failing(input)).toMatchObject({
      ExportStatus: 'FAILED',
      FailureCode: 'S3AccessDenied',
      FailureMessage: expect.stringMatching(/^Access Denied \(Service: Amazon S3; Status Code: 403/),
    });
  });

  it('writes to the bucket of another account when its owner is named', async () => {
    rooms.world.objects.createBucket('theirs', { ownerAccountId: '999999999999' });
    const done = await completedExport(rooms, { S3Bucket: 'theirs', S3BucketOwner: '999999999999' });
    expect(done.ExportStatus).toBe('COMPLETED');
    expect(rooms.world.objects.keys('theirs')).toContain(done.ExportManifest);
  });

  it('accepts a KMS key of another region, and fails with KmsNotFoundException', async () => {
    const S3SseKmsKeyId = `arn:aws:kms:us-east-1:${account}:key/3b1a7419-d170-49d4-9a64-59dee41e3eea`;
    expect(await failing({ S3SseAlgorithm: 'KMS', S3SseKmsKeyId })).toMatchObject({
      ExportStatus: 'FAILED',
      FailureCode: 'KmsNotFoundException',
      FailureMessage: expect.stringMatching(/^Invalid arn us-east-1 /),
    });
  });

  it('fails at its end when its bucket has gone meanwhile', async () => {
    const { ExportArn } = await startExport(rooms);
    rooms.advance(10);
    await describeExport(rooms, ExportArn);
    rooms.world.objects.createBucket('other');
    const store = rooms.world.objects as unknown as { removeBucket(name: string): void };
    store.removeBucket('exports');
    rooms.advance(600);
    expect(await describeExport(rooms, ExportArn)).toMatchObject({
      ExportStatus: 'FAILED',
      FailureCode: 'S3NoSuchBucket',
      EndTime: at(600),
    });
  });

  it.each([
    ['S3AccessDenied: no s3:PutObject on exports', 'S3AccessDenied', 'no s3:PutObject on exports'],
    ['the disk is full', 'InternalServerError', 'the disk is full'],
  ])('fails as a terminal fault says: %s', async (message, FailureCode, FailureMessage) => {
    rooms.faults.add({
      service: 'dynamodb',
      operation: 'ExportTableToPointInTime',
      action: { kind: 'terminal', status: 'FAILED', message },
    });
    expect(await completedExport(rooms)).toMatchObject({
      ExportStatus: 'FAILED',
      FailureCode,
      FailureMessage,
    });
    expect(await completedExport(rooms)).toMatchObject({ ExportStatus: 'COMPLETED' });
  });

  it('outlives the table it was taken from', async () => {
    const { ExportArn } = await startExport(rooms);
    await rooms.dynamodb.send(new DeleteTableCommand({ TableName: 'events' }));
    const gone = `TableNotFoundException: Table not found: ${rooms.TableArn}`;
    expect(await refusal(startExport(rooms))).toBe(gone);
    rooms.advance(600);
    expect(await describeExport(rooms, ExportArn)).toMatchObject({
      ExportStatus: 'COMPLETED',
      ItemCount: 3,
      TableArn: rooms.TableArn,
    });
    expect(await refusal(startExport(rooms))).toBe(gone);
  });

  it('is known for 90 days', async () => {
    const { ExportArn } = await startExport(rooms);
    rooms.advance(90 * 86_400 - 1);
    expect((await describeExport(rooms, ExportArn)).ExportStatus).toBe('COMPLETED');
    rooms.advance(1);
    expect(await refusal(describeExport(rooms, ExportArn))).toMatch(/^ExportNotFoundException: /);
  });

  const unknown = `arn:aws:dynamodb:eu-central-1:${account}:table/events/export/01695097218000-d6299cbd`;
  it.each([
    ['an unknown export', unknown, `ExportNotFoundException: Export not found: Export not found: ${unknown}`],
    [
      'an export of another region',
      unknown.replace('eu-central-1', 'us-west-2'),
      'ExportNotFoundException: Export not found: Invalid export arn',
    ],
    [
      'an export of another account',
      unknown.replace(account, '999999999999'),
      'AccessDeniedException: Access is denied',
    ],
    ['the ARN of a table', unknown.replace(/\/export.*/, ''), 'ValidationException: Invalid Export ARN'],
    ['no ARN at all', 'x'.repeat(40), 'ValidationException: Invalid Export ARN'],
  ])('is not described for %s', async (_, ExportArn, expected) => {
    expect(await refusal(rooms.dynamodb.send(new DescribeExportCommand({ ExportArn })))).toBe(expected);
  });

  it('is not found yet while a stale fault hides it', async () => {
    const { ExportArn } = await startExport(rooms);
    rooms.faults.add({ operation: 'DescribeExport', action: { kind: 'stale', seconds: 60 } });
    expect(await refusal(describeExport(rooms, ExportArn))).toMatch(/^ExportNotFoundException: /);
    expect((await describeExport(rooms, ExportArn)).ExportStatus).toBe('IN_PROGRESS');
  });
});
