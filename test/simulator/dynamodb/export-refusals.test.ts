import {
  CreateTableCommand,
  ListExportsCommand,
  UpdateContinuousBackupsCommand,
  type ExportTableToPointInTimeCommandInput,
} from '@aws-sdk/client-dynamodb';
import { refusal, type Rooms } from '../s3/rooms-under-test';
import { at, startExport, startExportRooms } from './export-rooms';

type Input = Partial<ExportTableToPointInTimeCommandInput>;
const arn = 'arn:aws:dynamodb:eu-central-1:123456789012:table';
const dayS = 86_400;

describe('what ExportTableToPointInTime refuses at once', () => {
  let rooms: Rooms & { TableArn: string };
  beforeEach(async () => {
    rooms = await startExportRooms();
  });
  afterEach(() => rooms.close());

  const refused = (input: Input) => refusal(startExport(rooms, input));

  it.each<[string, Input, string]>([
    [
      'an unknown table',
      { TableArn: `${arn}/nothing` },
      `TableNotFoundException: Table not found: ${arn}/nothing`,
    ],
    [
      'a table of another region',
      { TableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/events' },
      'TableNotFoundException: Table not found: arn:aws:dynamodb:us-east-1:123456789012:table/events',
    ],
    [
      'a table of another account',
      { TableArn: 'arn:aws:dynamodb:eu-central-1:999999999999:table/events' },
      'AccessDeniedException: Access is denied',
    ],
    [
      'a bare table name',
      { TableArn: 'events' },
      'ValidationException: One or more parameter values were invalid: tableArn is not a valid ARN',
    ],
    [
      'an index',
      { TableArn: `${arn}/events/index/by-day` },
      'ValidationException: Invalid Request: Table ARN is invalid.',
    ],
    [
      'a KMS key without KMS',
      { S3SseKmsKeyId: 'alias/aws/s3' },
      'ValidationException: Invalid Request: KMS Key Id is not supported for this encryption type',
    ],
    [
      'a KMS key with AES256',
      { S3SseKmsKeyId: 'alias/aws/s3', S3SseAlgorithm: 'AES256' },
      'ValidationException: Invalid Request: KMS Key Id is not supported for this encryption type',
    ],
    [
      'an incremental export without a window',
      { ExportType: 'INCREMENTAL_EXPORT' },
      'ValidationException: Invalid Request: Incremental Export Specification expected when export type is set as Incremental Export',
    ],
    [
      'a window without its beginning',
      { ExportType: 'INCREMENTAL_EXPORT', IncrementalExportSpecification: { ExportViewType: 'NEW_IMAGE' } },
      'ValidationException: Invalid Request: ExportFromTime must be provided in IncrementalExportSpecification',
    ],
    [
      'a window without a type',
      { IncrementalExportSpecification: { ExportFromTime: at(-3600) } },
      'ValidationException: Invalid Request: Export Type expected to be Incremental Export when incremental export specification is provided',
    ],
    [
      'a window with a full export',
      { ExportType: 'FULL_EXPORT', IncrementalExportSpecification: { ExportFromTime: at(-3600) } },
      'ValidationException: Invalid Request: When Export Type is Full Export , Incremental Export Specification should not be provided',
    ],
    [
      'an empty filter',
      { FilterSpecification: {} },
      'ValidationException: Invalid Request: Invalid FilterSpecification: The specification can not be empty',
    ],
    [
      'a filter, which is not simulated',
      { FilterSpecification: { FilterExpression: 'attribute_exists(pk)' } },
      'ValidationException: The simulated DynamoDB has no FilterSpecification',
    ],
  ])('%s', async (_, input, expected) => {
    expect(await refused(input)).toBe(expected);
  });

  it.each<[string, Input]>([
    ['exportFormat', { ExportFormat: 'CSV' as 'ION' }],
    ['exportType', { ExportType: 'PARTIAL_EXPORT' as 'FULL_EXPORT' }],
    ['s3SseAlgorithm', { S3SseAlgorithm: 'aws:kms' as 'KMS' }],
    ['s3SseKmsKeyId', { S3SseAlgorithm: 'KMS', S3SseKmsKeyId: 'not a key' }],
    ['s3Bucket', { S3Bucket: '' }],
    ['s3Bucket', { S3Bucket: 'arn:aws:s3:::exports' }],
    ['s3BucketOwner', { S3BucketOwner: 'not-an-account' }],
    ['s3Prefix', { S3Prefix: '' }],
    ['clientToken', { ClientToken: '' }],
    [
      'incrementalExportSpecification.exportViewType',
      {
        ExportType: 'INCREMENTAL_EXPORT',
        IncrementalExportSpecification: {
          ExportFromTime: at(-3600),
          ExportViewType: 'NEW_IMAGES' as 'NEW_IMAGE',
        },
      },
    ],
  ])('a value that breaks the constraint of %s', async (member, input) => {
    expect(await refused(input)).toMatch(
      new RegExp(
        `^ValidationException: 1 validation error detected: Value '.*' at '${member}' failed to satisfy`,
      ),
    );
  });

  it('names all broken constraints at once', async () => {
    const answer = await refused({ S3Bucket: '', ExportFormat: 'CSV' as 'ION' });
    expect(answer).toMatch(
      /^ValidationException: 2 validation errors detected: .*s3Bucket.*; .*exportFormat/,
    );
  });

  it.each<[string, Date, string]>([
    ['in the future', at(5), 'Export Time is invalid'],
    ['before the epoch', new Date(-1000), 'Export Time is invalid'],
    ['before the table was created', at(-11 * dayS), 'Export Time is invalid'],
    [
      'before PITR was on',
      at(-8 * dayS),
      'Point in Time Recovery is not available for specified export time',
    ],
    [
      'nearer than the newest restorable moment',
      at(-299),
      'Point in Time Recovery is not available for specified export time',
    ],
  ])('an ExportTime %s', async (_, ExportTime, expected) => {
    expect(await refused({ ExportTime })).toBe(`InvalidExportTimeException: ${expected}`);
  });

  it('nothing at the very edges of the PITR window', async () => {
    expect(await refused({ ExportTime: at(-300) })).toBe('accepted');
    expect(await refused({ ExportTime: at(-7 * dayS) })).toBe('accepted');
  });

  const minute = 60;
  const difference = 'Difference between export period from time and export period to time is';
  it.each<[string, number, number | undefined, string]>([
    ['of less than 15 minutes', -60 * minute, -45 * minute - 1, `${difference} less than 15 minutes`],
    ['of less than 15 minutes to now', -14 * minute, undefined, `${difference} less than 15 minutes`],
    ['of more than 24 hours', -25 * 3600, -3599, `${difference} greater than 24 hours`],
    [
      'that ends in the future',
      -3600,
      1,
      'Incremental export period to time cannot be greater than the current time : 2026-11-20T12:00:01Z',
    ],
    [
      'that begins before the table',
      -11 * dayS,
      -10.5 * dayS,
      'Incremental export period from time cannot be less than the table creation time : 2026-11-09T12:00:00Z',
    ],
    [
      'that begins before PITR was on',
      -7 * dayS - 1,
      -6.5 * dayS,
      'Point in Time Recovery is not available for specified export time',
    ],
    [
      'turned round',
      -3600,
      -7200,
      'Incremental export period from time should not be greater or equal to incremental export period to time',
    ],
    [
      'without length',
      -3600,
      -3600,
      'Incremental export period from time should not be greater or equal to incremental export period to time',
    ],
  ])('a window %s', async (_, from, to, expected) => {
    const IncrementalExportSpecification = {
      ExportFromTime: at(from),
      ...(to === undefined ? {} : { ExportToTime: at(to) }),
    };
    expect(await refused({ ExportType: 'INCREMENTAL_EXPORT', IncrementalExportSpecification })).toBe(
      `InvalidExportTimeException: ${expected}`,
    );
  });

  it.each([
    ['exactly 15 minutes', -15 * minute, 0],
    ['exactly 24 hours', -24 * 3600, 0],
  ])('no window of %s', async (_, from, to) => {
    const IncrementalExportSpecification = { ExportFromTime: at(from), ExportToTime: at(to) };
    expect(await refused({ ExportType: 'INCREMENTAL_EXPORT', IncrementalExportSpecification })).toBe(
      'accepted',
    );
  });

  it('a table whose PITR is off, before anything about its bucket', async () => {
    await rooms.dynamodb.send(
      new UpdateContinuousBackupsCommand({
        TableName: 'events',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
      }),
    );
    const expected =
      "PointInTimeRecoveryUnavailableException: Point in time recovery is not enabled for table 'events'";
    expect(await refused({ S3Bucket: 'no-such-bucket' })).toBe(expected);
    const IncrementalExportSpecification = { ExportFromTime: at(-3600) };
    expect(await refused({ ExportType: 'INCREMENTAL_EXPORT', IncrementalExportSpecification })).toBe(
      expected,
    );
  });

  it('an incremental export of a fresh table until 15 minutes have passed', async () => {
    const TableName = 'fresh';
    await rooms.dynamodb.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    rooms.advance(10);
    await rooms.dynamodb.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    const IncrementalExportSpecification = { ExportFromTime: rooms.now() };
    const fresh: Input = {
      TableArn: `${arn}/${TableName}`,
      ExportType: 'INCREMENTAL_EXPORT',
      IncrementalExportSpecification,
    };
    rooms.advance(15 * minute - 1);
    expect(await refused(fresh)).toBe(`InvalidExportTimeException: ${difference} less than 15 minutes`);
    rooms.advance(1);
    expect(await refused(fresh)).toBe('accepted');
  });

  it('one more export than may run at a time, until one of them has ended', async () => {
    rooms.world.settings.maxConcurrentExports = 2;
    await startExport(rooms);
    await startExport(rooms);
    expect(await refused({})).toMatch(/^LimitExceededException: .*2 exports/);
    rooms.advance(rooms.world.settings.exportSeconds);
    expect(await refused({})).toBe('accepted');
  });

  it('and none of these leaves an export or an effect behind', async () => {
    await refused({ ExportTime: at(5) });
    await refused({ S3Bucket: '' });
    const { ExportSummaries } = await rooms.dynamodb.send(new ListExportsCommand({}));
    expect([ExportSummaries, rooms.effects.list()]).toEqual([[], []]);
  });
});
