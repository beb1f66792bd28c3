import { DeleteItemCommand, PutItemCommand, type ExportViewType } from '@aws-sdk/client-dynamodb';
import type { Rooms } from '../s3/rooms-under-test';
import { at, completedExport, readExport, seedEvents, startExport, startExportRooms } from './export-rooms';

interface Line {
  Metadata: { WriteTimestampMicros: { N: string } };
  Keys: { pk: { S: string } };
  OldImage?: Record<string, unknown>;
  NewImage?: Record<string, unknown>;
}

const from = -3600;
const to = -1800;
const v = (value: number) => ({ v: { N: String(value) } });

describe('an incremental export', () => {
  let rooms: Rooms & { TableArn: string };
  let TableArn: string;
  beforeEach(async () => {
    rooms = await startExportRooms();
    TableArn = seedEvents(
      rooms,
      [
        { at: at(-9000), key: 'untouched', image: v(1) },
        { at: at(-9000), key: 'updated', image: v(1) },
        { at: at(-9000), key: 'deleted', image: v(1) },
        { at: at(-9000), key: 'reborn', image: v(1) },
        { at: at(from), key: 'first-moment', image: v(1) },
        { at: at(-3000), key: 'updated', image: v(2) },
        { at: at(-3000), key: 'inserted', image: v(1) },
        { at: at(-3000), key: 'ephemeral', image: v(1) },
        { at: at(-3000), key: 'reborn' },
        { at: at(-2900), key: 'updated', image: v(3) },
        { at: at(-2900), key: 'deleted' },
        { at: at(-2900), key: 'ephemeral' },
        { at: at(-2900), key: 'reborn', image: v(9) },
        { at: at(to), key: 'last-moment', image: v(1) },
        { at: at(to), key: 'updated', image: v(4) },
      ],
      'changes',
    );
  });
  afterEach(() => rooms.close());

  const exported = async (ExportViewType?: ExportViewType, more: object = {}) => {
    const done = await completedExport(rooms, {
      TableArn,
      ExportType: 'INCREMENTAL_EXPORT',
      IncrementalExportSpecification: { ExportFromTime: at(from), ExportToTime: at(to), ExportViewType },
      ...more,
    });
    return { done, files: readExport(rooms, done) };
  };
  const byKey = (lines: string[]) => {
    const parsed = lines.map((line) => JSON.parse(line) as Line);
    expect(new Set(parsed.map(({ Keys }) => Keys.pk.S)).size).toBe(parsed.length);
    return Object.fromEntries(parsed.map((line) => [line.Keys.pk.S, line]));
  };

  it('has one record per item written in the window, its beginning included and its end not', async () => {
    const { done, files } = await exported();
    const records = byKey(files.lines);
    expect(Object.keys(records).sort()).toEqual(['deleted', 'first-moment', 'inserted', 'reborn', 'updated']);
    expect([done.ItemCount, files.summary.itemCount]).toEqual([5, 5]);
  });

  it('shows the images before the window and at its end by default', async () => {
    const records = byKey((await exported()).files.lines);
    const pk = (S: string) => ({ pk: { S } });
    expect(records.updated).toEqual({
      Metadata: {
        WriteTimestampMicros: { N: expect.stringMatching(new RegExp(`^${at(-2900).getTime()}\\d{3}$`)) },
      },
      Keys: pk('updated'),
      OldImage: { ...pk('updated'), ...v(1) },
      NewImage: { ...pk('updated'), ...v(3) },
    });
    expect(records.inserted).not.toHaveProperty('OldImage');
    expect(records.inserted?.NewImage).toEqual({ ...pk('inserted'), ...v(1) });
    expect(records.deleted).not.toHaveProperty('NewImage');
    expect(records.deleted?.OldImage).toEqual({ ...pk('deleted'), ...v(1) });
    expect([records.reborn?.OldImage?.v, records.reborn?.NewImage?.v]).toEqual([{ N: '1' }, { N: '9' }]);
  });

  it('leaves out an item that was inserted and deleted inside the window', async () => {
    expect(byKey((await exported()).files.lines)).not.toHaveProperty('ephemeral');
  });

  it('shows no old images with NEW_IMAGE, so that a delete is its keys alone', async () => {
    const records = byKey((await exported('NEW_IMAGE')).files.lines);
    expect(Object.values(records).some((record) => 'OldImage' in record)).toBe(false);
    expect(Object.keys(records.deleted ?? {})).toEqual(['Metadata', 'Keys']);
  });

  it('writes its data files into one folder that all incremental exports share', async () => {
    const first = await exported(undefined, { S3Prefix: 'p' });
    const second = await exported('NEW_IMAGE', { S3Prefix: 'p' });
    const names = [first, second].map(({ files }) =>
      files.manifest.map(({ dataFileS3Key }) => dataFileS3Key),
    );
    expect(names.flat().every((key) => /^p\/AWSDynamoDB\/data\/[a-z2-7]{26}\.json\.gz$/.test(key))).toBe(
      true,
    );
    expect(new Set(names.flat()).size).toBe(8);
    expect(first.done.ExportManifest).toMatch(/^p\/AWSDynamoDB\/\d{14}-[0-9a-f]{8}\/manifest-summary\.json$/);
  });

  it('has the summary of version 2023-08-01', async () => {
    const { summary } = (await exported('NEW_IMAGE')).files;
    expect(summary).toMatchObject({
      version: '2023-08-01',
      exportFromTime: at(from).toISOString(),
      exportToTime: at(to).toISOString(),
      outputView: 'NEW_IMAGE',
      exportType: 'INCREMENTAL_EXPORT',
    });
    expect(summary).not.toHaveProperty('exportTime');
  });

  it('is described with its window and type, without an ExportTime', async () => {
    const { done } = await exported();
    expect(done).toMatchObject({
      ExportType: 'INCREMENTAL_EXPORT',
      IncrementalExportSpecification: {
        ExportFromTime: at(from),
        ExportToTime: at(to),
        ExportViewType: 'NEW_AND_OLD_IMAGES',
      },
      BilledSizeBytes: 10_000_000,
    });
    expect(done).not.toHaveProperty('ExportTime');
  });

  it('goes up to now when no end is given', async () => {
    rooms.advance(0.9);
    const IncrementalExportSpecification = { ExportFromTime: at(from) };
    const started = await startExport(rooms, {
      TableArn,
      ExportType: 'INCREMENTAL_EXPORT',
      IncrementalExportSpecification,
    });
    expect(started.IncrementalExportSpecification?.ExportToTime).toEqual(at(0));
  });

  it('sees what clients put and deleted', async () => {
    const TableName = 'changes';
    await rooms.dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'updated' }, ...v(5) } }));
    await rooms.dynamodb.send(new DeleteItemCommand({ TableName, Key: { pk: { S: 'untouched' } } }));
    rooms.advance(900);
    const IncrementalExportSpecification = { ExportFromTime: at(0), ExportToTime: at(900) };
    const records = byKey((await exported(undefined, { IncrementalExportSpecification })).files.lines);
    expect(Object.keys(records).sort()).toEqual(['untouched', 'updated']);
    expect([records.updated?.OldImage?.v, records.updated?.NewImage?.v]).toEqual([{ N: '4' }, { N: '5' }]);
  });

  it('is Ion text with a Record a line when asked for', async () => {
    const { files } = await exported('NEW_IMAGE', { ExportFormat: 'ION' });
    const line = files.lines.find((text) => text.includes('"inserted"'));
    expect(line).toMatch(
      /^\$ion_1_0 \{Record:\{Keys:\{pk:"inserted"\},Metadata:\{WriteTimestampMicros:\d+(\.|d\d+)\},NewImage:\{pk:"inserted",v:1\.\}\}\}$/,
    );
  });
});
