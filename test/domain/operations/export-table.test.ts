import { parsedWith, problemsWith } from './inputs';

const byName = (a: string, b: string) => (a < b ? -1 : 1);

const window = (exportFromTime: unknown, exportToTime?: unknown) => ({
  exportType: 'INCREMENTAL_EXPORT',
  incrementalExportSpecification: { exportFromTime, exportToTime },
});

describe('the input of exportTable', () => {
  it('needs a table and a bucket', () => {
    expect(parsedWith('exportTable')).toEqual({
      tableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/orders',
      s3Bucket: 'exports',
      deadline: '24 hours',
    });
    expect(problemsWith('exportTable', { tableArn: undefined, s3Bucket: undefined })).toEqual([
      'tableArn: is missing',
      's3Bucket: is missing',
    ]);
  });

  it('takes every parameter of the call', () => {
    expect(
      problemsWith('exportTable', {
        exportTime: '2026-11-20T08:00:00Z',
        clientToken: 'mine',
        s3BucketOwner: '123456789012',
        s3Prefix: 'undrop/orders',
        s3SseAlgorithm: 'KMS',
        s3SseKmsKeyId: 'alias/exports',
        exportFormat: 'ION',
        exportType: 'FULL_EXPORT',
      }),
    ).toEqual([]);
  });

  it.each([
    'arn:aws:dynamodb:us-east-1:123456789012:table/orders',
    'arn:aws-cn:dynamodb:cn-north-1:123456789012:table/a.b-c_D',
    'arn:aws-us-gov:dynamodb:us-gov-west-1:123456789012:table/abc',
  ])('takes the table %s', (tableArn) => {
    expect(problemsWith('exportTable', { tableArn })).toEqual([]);
  });

  it.each([
    'orders',
    '',
    'arn:aws:dynamodb:us-east-1:1234:table/orders',
    'arn:aws:dynamodb:us-east-1:123456789012:table/',
    'arn:aws:dynamodb:us-east-1:123456789012:table/orders/index/by-day',
    'arn:aws:s3:::exports',
    ' arn:aws:dynamodb:us-east-1:123456789012:table/orders',
  ])('refuses the table %j', (tableArn) => {
    expect(problemsWith('exportTable', { tableArn })).toEqual([
      expect.stringContaining('tableArn: must be the ARN of a DynamoDB table'),
    ]);
  });

  it.each(['abc', 'my.bucket-1', '1bucket', 'a'.repeat(63)])('takes the bucket %s', (s3Bucket) => {
    expect(problemsWith('exportTable', { s3Bucket })).toEqual([]);
  });

  it.each([
    'ab',
    'a'.repeat(64),
    'Exports',
    'a_b',
    '-abc',
    'abc-',
    '10.0.0.1',
    's3://exports',
    'exports/prefix',
  ])('refuses the bucket %j', (s3Bucket) => {
    expect(problemsWith('exportTable', { s3Bucket })).toEqual([
      expect.stringContaining('s3Bucket: must be a bucket name'),
    ]);
  });

  it.each([
    [{ s3BucketOwner: '1234' }, 's3BucketOwner: must be a 12-digit account id'],
    [{ s3BucketOwner: 123456789012 }, 's3BucketOwner: must be text, not a number'],
    [{ s3Prefix: 'x'.repeat(1025) }, 's3Prefix: must have at most 1024 characters'],
    [{ s3SseAlgorithm: 'SSE-S3' }, 's3SseAlgorithm: must be AES256 or KMS'],
    [{ exportFormat: 'CSV' }, 'exportFormat: must be DYNAMODB_JSON or ION'],
    [{ exportType: 'FULL' }, 'exportType: must be FULL_EXPORT or INCREMENTAL_EXPORT'],
    [{ clientToken: '' }, 'clientToken: must have at least 1 characters'],
    [{ clientToken: 'x'.repeat(65) }, 'clientToken: must have at most 64 characters'],
  ])('refuses %j', (changes, problem) => {
    expect(problemsWith('exportTable', changes)).toEqual([problem]);
  });

  it.each([
    '2026-11-20T08:00:00Z',
    '2026-11-20T08:00Z',
    '2026-11-20T08:00:00.250+01:00',
    '2028-02-29T00:00:00Z',
  ])('takes the time %s', (exportTime) => {
    expect(problemsWith('exportTable', { exportTime })).toEqual([]);
  });

  it.each([
    '2026-11-20',
    '2026-11-20T08:00:00',
    '20.11.2026 08:00',
    '2026-02-30T00:00:00Z',
    '2027-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-20T25:00:00Z',
    '2026-11-20T08:00:00 (local) Z',
    'yesterday',
    '',
  ])('refuses the time %j', (exportTime) => {
    expect(problemsWith('exportTable', { exportTime })).toEqual([
      'exportTime: must be an ISO 8601 time with a zone, such as 2026-11-20T08:00:00Z',
    ]);
  });

  it('refuses a KMS key without KMS encryption', () => {
    expect(problemsWith('exportTable', { s3SseKmsKeyId: 'key' })).toEqual([
      's3SseKmsKeyId: needs s3SseAlgorithm KMS',
    ]);
    expect(problemsWith('exportTable', { s3SseKmsKeyId: 'key', s3SseAlgorithm: 'AES256' })).toHaveLength(1);
  });
});

describe('an incremental export', () => {
  it.each([
    ['2026-11-20T08:00:00Z', '2026-11-20T08:15:00Z'],
    ['2026-11-20T08:00:00Z', '2026-11-21T08:00:00Z'],
    ['2026-11-20T08:00:00+01:00', '2026-11-20T07:15:00Z'],
    ['2026-11-20T08:00:00Z', undefined],
  ])('may run from %s to %s', (from, to) => {
    expect(problemsWith('exportTable', window(from, to))).toEqual([]);
  });

  it.each([
    ['2026-11-20T08:00:00Z', '2026-11-20T08:14:59Z'],
    ['2026-11-20T08:00:00Z', '2026-11-21T08:00:01Z'],
    ['2026-11-20T08:00:00Z', '2026-11-20T07:00:00Z'],
    ['2026-11-20T08:00:00Z', '2026-11-20T08:00:00Z'],
  ])('may not run from %s to %s', (from, to) => {
    expect(problemsWith('exportTable', window(from, to))).toEqual([
      'incrementalExportSpecification: must span from 15 minutes to 24 hours between exportFromTime and exportToTime',
    ]);
  });

  it('has the view types of the API, not those of its prose', () => {
    const viewed = (exportViewType: string) =>
      problemsWith('exportTable', {
        exportType: 'INCREMENTAL_EXPORT',
        incrementalExportSpecification: { exportFromTime: '2026-11-20T08:00:00Z', exportViewType },
      });
    expect(viewed('NEW_IMAGE')).toEqual([]);
    expect(viewed('NEW_AND_OLD_IMAGES')).toEqual([]);
    expect(viewed('NEW_IMAGES')).toEqual([
      'incrementalExportSpecification.exportViewType: must be NEW_IMAGE or NEW_AND_OLD_IMAGES',
    ]);
  });

  it('and a full one do not mix', () => {
    expect(problemsWith('exportTable', { exportType: 'INCREMENTAL_EXPORT' })).toEqual([
      'incrementalExportSpecification: is needed with exportType INCREMENTAL_EXPORT',
    ]);
    const { incrementalExportSpecification } = window('2026-11-20T08:00:00Z');
    for (const exportType of ['FULL_EXPORT', undefined])
      expect(problemsWith('exportTable', { exportType, incrementalExportSpecification })).toEqual([
        'exportType: must be INCREMENTAL_EXPORT when incrementalExportSpecification is given',
      ]);
    expect(
      problemsWith('exportTable', { ...window('2026-11-20T08:00:00Z'), exportTime: '2026-11-20T08:00:00Z' }),
    ).toEqual(['exportTime: belongs to a full export; use incrementalExportSpecification']);
  });

  it('is judged as a whole also when a field by itself is wrong: every problem comes at once', () => {
    expect(
      problemsWith('exportTable', {
        ...window('2026-11-20T08:00:00Z', '2026-11-20T08:01:00Z'),
        s3Bucket: undefined,
        s3SseKmsKeyId: 'key',
      })
        .map((problem) => problem.split(':')[0]!)
        .sort(byName),
    ).toEqual(['incrementalExportSpecification', 's3Bucket', 's3SseKmsKeyId']);
  });

  it.each([null, 'all', 5, {}])('survives %j for a window', (incrementalExportSpecification) => {
    expect(
      problemsWith('exportTable', { exportType: 'INCREMENTAL_EXPORT', incrementalExportSpecification }),
    ).not.toEqual([]);
  });
});
