import { type DynamoDBClient, type ExportTableToPointInTimeCommandInput } from '@aws-sdk/client-dynamodb';
import { refusal, type Rooms } from '../s3/rooms-under-test';
import { at, completedExport, seedEvents, startExport, startExportRooms } from './export-rooms';

const ClientToken = 'one-and-the-same';
const conflict =
  'ExportConflictException: Export conflict: Duplicate request detected with conflicting parameters';
const hours = 3600;

describe('the ClientToken of ExportTableToPointInTime', () => {
  let rooms: Rooms & { TableArn: string };
  beforeEach(async () => {
    rooms = await startExportRooms({ exportSeconds: 600 });
  });
  afterEach(() => rooms.close());

  const effects = () => rooms.effects.list().map(({ kind, businessKey }) => `${kind} ${businessKey}`);

  it('names one export, however often it is sent with the same parameters', async () => {
    const input = { ClientToken, S3Prefix: 'p', ExportTime: at(-600) };
    const first = await startExport(rooms, input);
    rooms.advance(300);
    expect((await startExport(rooms, input)).ExportArn).toBe(first.ExportArn);
    rooms.advance(300);
    expect(await startExport(rooms, input)).toMatchObject({
      ExportArn: first.ExportArn,
      ExportStatus: 'COMPLETED',
      ClientToken,
    });
    expect(effects()).toEqual([`ExportTableToPointInTime ${ClientToken}`]);
  });

  it.each<[string, Partial<ExportTableToPointInTimeCommandInput>]>([
    ['format', { ExportFormat: 'ION' }],
    ['bucket', { S3Bucket: 'another' }],
    ['bucket owner', { S3BucketOwner: '123456789012' }],
    ['prefix', { S3Prefix: 'q' }],
    ['encryption', { S3SseAlgorithm: 'KMS' }],
    ['time', { ExportTime: at(-600) }],
    [
      'kind of export',
      { ExportType: 'INCREMENTAL_EXPORT', IncrementalExportSpecification: { ExportFromTime: at(-3600) } },
    ],
  ])('conflicts when the %s is another one', async (_, change) => {
    await startExport(rooms, { ClientToken, S3Prefix: 'p' });
    expect(await refusal(startExport(rooms, { ClientToken, S3Prefix: 'p', ...change }))).toBe(conflict);
    expect(effects()).toHaveLength(1);
  });

  it('conflicts when only the window of an incremental export is another one', async () => {
    const window = {
      ExportFromTime: at(-3600),
      ExportToTime: at(-1800),
      ExportViewType: 'NEW_IMAGE',
    } as const;
    const incremental = { ClientToken, ExportType: 'INCREMENTAL_EXPORT' } as const;
    await startExport(rooms, { ...incremental, IncrementalExportSpecification: window });
    for (const change of [
      { ExportFromTime: at(-3601) },
      { ExportToTime: at(-1801) },
      { ExportViewType: 'NEW_AND_OLD_IMAGES' as const },
    ]) {
      const changed = { ...incremental, IncrementalExportSpecification: { ...window, ...change } };
      expect(await refusal(startExport(rooms, changed))).toBe(conflict);
    }
  });

  it('conflicts when the table is another one', async () => {
    const TableArn = seedEvents(rooms, [], 'others');
    await startExport(rooms, { ClientToken });
    expect(await refusal(startExport(rooms, { ClientToken, TableArn }))).toBe(conflict);
  });

  it('still stands for an export that failed', async () => {
    const input = { ClientToken, S3Bucket: 'no-such-bucket' };
    const failed = await completedExport(rooms, input);
    expect(failed.ExportStatus).toBe('FAILED');
    expect((await startExport(rooms, input)).ExportArn).toBe(failed.ExportArn);
    expect(await refusal(startExport(rooms, { ClientToken }))).toBe(conflict);
  });

  it('is free again after a request that was refused', async () => {
    expect(await refusal(startExport(rooms, { ClientToken, S3Bucket: '' }))).toMatch(
      /^ValidationException: /,
    );
    expect(await refusal(startExport(rooms, { ClientToken, ExportTime: at(60) }))).toMatch(
      /^InvalidExportTime/,
    );
    expect(await refusal(startExport(rooms, { ClientToken }))).toBe('accepted');
  });

  it('starts a second export 8 hours after the first one ended, and no earlier', async () => {
    const first = await completedExport(rooms, { ClientToken });
    rooms.advance(8 * hours - 1);
    expect((await startExport(rooms, { ClientToken })).ExportArn).toBe(first.ExportArn);
    rooms.advance(1);
    expect((await startExport(rooms, { ClientToken })).ExportArn).not.toBe(first.ExportArn);
    expect(effects()).toHaveLength(2);
  });

  it('lives as long as the world says', async () => {
    rooms.world.settings.exportTokenHours = 1;
    const first = await completedExport(rooms, { ClientToken });
    rooms.advance(hours);
    expect((await startExport(rooms, { ClientToken })).ExportArn).not.toBe(first.ExportArn);
  });

  it('is made up by the service where the client sends none, so that each request is an export of its own', async () => {
    const bare = await Promise.all(
      [1, 2].map(async () => {
        const response = await fetch(await endpointOf(rooms.dynamodb), {
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'x-amz-target': 'DynamoDB_20120810.ExportTableToPointInTime',
          },
          body: JSON.stringify({ TableArn: rooms.TableArn, S3Bucket: 'exports' }),
        });
        return (await response.json()) as { ExportDescription: { ExportArn: string; ClientToken: string } };
      }),
    );
    const [one, two] = bare.map(({ ExportDescription }) => ExportDescription);
    expect(one?.ClientToken).toMatch(/^[0-9a-f-]{36}$/);
    expect([one?.ExportArn === two?.ExportArn, one?.ClientToken === two?.ClientToken]).toEqual([
      false,
      false,
    ]);
    expect(effects()).toHaveLength(2);
  });

  it('keeps it at one export when the answer to the first request is lost', async () => {
    rooms.faults.add({ operation: 'ExportTableToPointInTime', action: { kind: 'drop-after' } });
    expect(await refusal(startExport(rooms, { ClientToken }))).not.toBe('accepted');
    expect(await startExport(rooms, { ClientToken })).toMatchObject({
      ExportStatus: 'IN_PROGRESS',
      ClientToken,
    });
    expect(effects()).toEqual([`ExportTableToPointInTime ${ClientToken}`]);
  });
});

async function endpointOf(client: DynamoDBClient): Promise<string> {
  const endpoint = await client.config.endpoint?.();
  return `${endpoint?.protocol}//${endpoint?.hostname}:${endpoint?.port}`;
}
