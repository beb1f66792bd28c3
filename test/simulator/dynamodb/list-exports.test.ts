import {
  CreateTableCommand,
  DeleteTableCommand,
  ListExportsCommand,
  paginateListExports,
  type ListExportsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { refusal, type Rooms } from '../s3/rooms-under-test';
import { completedExport, describeExport, seedEvents, startExport, startExportRooms } from './export-rooms';

describe('ListExports', () => {
  let rooms: Rooms & { TableArn: string };
  beforeEach(async () => {
    rooms = await startExportRooms();
  });
  afterEach(() => rooms.close());

  const list = async (input: ListExportsCommandInput = {}) =>
    (await rooms.dynamodb.send(new ListExportsCommand(input))).ExportSummaries ?? [];
  const arns = async (input: ListExportsCommandInput = {}) =>
    (await list(input)).map(({ ExportArn }) => ExportArn);

  it('shows running, completed and failed exports with a type, sent or not', async () => {
    const failed = await completedExport(rooms, { S3Bucket: 'no-such-bucket' });
    const completed = await completedExport(rooms, { ExportType: 'FULL_EXPORT' });
    const running = await startExport(rooms);
    expect(await list({ TableArn: rooms.TableArn })).toEqual(
      [
        [running, 'IN_PROGRESS'],
        [completed, 'COMPLETED'],
        [failed, 'FAILED'],
      ].map(([description, ExportStatus]) => ({
        ExportArn: (description as { ExportArn?: string }).ExportArn,
        ExportStatus,
        ExportType: 'FULL_EXPORT',
      })),
    );
  });

  it('is empty for a table without exports', async () => {
    await startExport(rooms);
    expect(await list({ TableArn: seedEvents(rooms, [], 'others') })).toEqual([]);
  });

  it('has the newest first within each table, and one table or all', async () => {
    const TableArn = seedEvents(rooms, [], 'archive');
    const started: (string | undefined)[] = [];
    for (const table of [rooms.TableArn, TableArn, rooms.TableArn, TableArn]) {
      started.push((await startExport(rooms, { TableArn: table })).ExportArn);
      rooms.advance(1);
    }
    const [event1, archive1, event2, archive2] = started;
    expect(await arns({ TableArn })).toEqual([archive2, archive1]);
    expect(await arns()).toEqual([archive2, archive1, event2, event1]);
  });

  it.each([1, 2, 25])('pages by %i without losing or repeating one', async (pageSize) => {
    const started: (string | undefined)[] = [];
    for (let number = 0; number < 5; number += 1) started.push((await startExport(rooms)).ExportArn);
    const seen: (string | undefined)[] = [];
    const input = { TableArn: rooms.TableArn };
    for await (const { ExportSummaries = [] } of paginateListExports(
      { client: rooms.dynamodb, pageSize },
      input,
    )) {
      expect(ExportSummaries.length).toBeLessThanOrEqual(pageSize);
      seen.push(...ExportSummaries.map(({ ExportArn }) => ExportArn));
    }
    expect(seen).toEqual(await arns({ TableArn: rooms.TableArn }));
    expect(new Set(seen)).toEqual(new Set(started));
  });

  it('gives 25 a page at most, also unasked', async () => {
    for (let number = 0; number < 26; number += 1) await startExport(rooms);
    const { ExportSummaries, NextToken } = await rooms.dynamodb.send(new ListExportsCommand({}));
    expect(ExportSummaries).toHaveLength(25);
    expect(await arns({ NextToken })).toHaveLength(1);
    expect(await refusal(list({ MaxResults: 26 }))).toMatch(/^ValidationException: .*'maxResults'/);
    expect(await refusal(list({ MaxResults: 0 }))).toMatch(/^ValidationException: .*'maxResults'/);
  });

  it('gives no token when the page holds the last export', async () => {
    await startExport(rooms);
    await startExport(rooms);
    const { NextToken } = await rooms.dynamodb.send(new ListExportsCommand({ MaxResults: 2 }));
    expect(NextToken).toBeUndefined();
  });

  it('refuses a token that it never gave, and finds nothing behind one of another table', async () => {
    const NextToken = '0123456789abcdef'.repeat(16);
    expect(await refusal(list({ NextToken }))).toBe(
      `ValidationException: Invalid Request: Provided nextToken is invalid: ${NextToken}`,
    );
    await startExport(rooms);
    await startExport(rooms);
    const page = await rooms.dynamodb.send(new ListExportsCommand({ MaxResults: 1 }));
    expect(await list({ TableArn: seedEvents(rooms, [], 'others'), NextToken: page.NextToken })).toEqual([]);
  });

  it('forgets the exports of a deleted table, also under the same name, though they can be described', async () => {
    const { ExportArn } = await completedExport(rooms);
    await rooms.dynamodb.send(new DeleteTableCommand({ TableName: 'events' }));
    rooms.advance(10);
    expect(await arns({ TableArn: rooms.TableArn })).toEqual([]);
    await rooms.dynamodb.send(
      new CreateTableCommand({
        TableName: 'events',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    expect(await arns()).toEqual([]);
    expect((await describeExport(rooms, ExportArn)).ExportStatus).toBe('COMPLETED');
  });

  it('forgets exports after 90 days', async () => {
    await startExport(rooms);
    rooms.advance(90 * 86_400 - 1);
    expect(await list()).toHaveLength(1);
    rooms.advance(1);
    expect(await list()).toEqual([]);
  });

  it('shows a new export late where the world says so, and to a stale look', async () => {
    rooms.world.settings.listLagSeconds = 30;
    const { ExportArn } = await startExport(rooms);
    expect((await describeExport(rooms, ExportArn)).ExportArn).toBe(ExportArn);
    expect(await arns()).toEqual([]);
    rooms.advance(30);
    expect(await arns()).toEqual([ExportArn]);
    rooms.faults.add({ operation: 'ListExports', action: { kind: 'stale', seconds: 60 } });
    expect(await arns()).toEqual([]);
    expect(await arns()).toEqual([ExportArn]);
  });
});
