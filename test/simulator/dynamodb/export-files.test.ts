import { DeleteItemCommand, PutItemCommand, type ExportDescription } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Settings } from '../../../simulator/core/settings';
import { seedOrders } from '../../../simulator/dynamodb';
import type { Rooms } from '../s3/rooms-under-test';
import {
  at,
  completedExport,
  md5Base64,
  readExport,
  seedEvents,
  startExport,
  startExportRooms,
  type ExportFiles,
} from './export-rooms';

const items = (files: ExportFiles) => files.lines.map((line) => (JSON.parse(line) as { Item: object }).Item);
const keysOf = (files: ExportFiles) =>
  items(files)
    .map((item) => (item as { pk: { S: string } }).pk.S)
    .sort();
const idOf = ({ ExportArn }: ExportDescription) => ExportArn?.split('/').at(-1) ?? '';

describe('the files of a full export', () => {
  let rooms: Rooms & { TableArn: string };
  beforeEach(async () => {
    rooms = await startExportRooms();
  });
  afterEach(() => rooms.close());

  it('lie where AWS puts them', async () => {
    const done = await completedExport(rooms);
    const id = idOf(done);
    const { keys, manifest } = readExport(rooms, done);
    const folder = `AWSDynamoDB/${id}`;
    expect(keys.filter((key) => !key.includes('/data/'))).toEqual(
      [
        '_started',
        'manifest-files.json',
        'manifest-files.md5',
        'manifest-summary.json',
        'manifest-summary.md5',
      ].map((name) => `${folder}/${name}`),
    );
    expect(manifest.map(({ dataFileS3Key }) => dataFileS3Key).sort()).toEqual(
      keys.filter((key) => key.includes('/data/')),
    );
    for (const { dataFileS3Key } of manifest) {
      expect(dataFileS3Key).toMatch(new RegExp(`^${folder}/data/[a-z2-7]{26}\\.json\\.gz$`));
    }
  });

  it.each([
    ['nightly/orders', 'nightly/orders/AWSDynamoDB/'],
    ['nightly/', 'nightly/AWSDynamoDB/'],
  ])('lie below the prefix %s, and every key in them says so', async (S3Prefix, root) => {
    const done = await completedExport(rooms, { S3Prefix });
    const { keys, manifest, summary } = readExport(rooms, done);
    expect(keys.every((key) => key.startsWith(root))).toBe(true);
    expect(done.ExportManifest).toBe(`${root}${idOf(done)}/manifest-summary.json`);
    expect(summary).toMatchObject({
      s3Prefix: S3Prefix,
      manifestFilesS3Key: `${root}${idOf(done)}/manifest-files.json`,
    });
    expect(manifest.every(({ dataFileS3Key }) => dataFileS3Key.startsWith(root))).toBe(true);
  });

  it('have the summary of version 2020-06-30', async () => {
    const done = await completedExport(rooms, { ExportTime: at(-600) });
    const { summary } = readExport(rooms, done);
    expect(summary).toEqual({
      version: '2020-06-30',
      exportArn: done.ExportArn,
      startTime: '2026-11-20T12:00:00.000Z',
      endTime: '2026-11-20T12:00:06.000Z',
      tableArn: rooms.TableArn,
      tableId: done.TableId,
      exportTime: '2026-11-20T11:50:00.000Z',
      s3Bucket: 'exports',
      s3Prefix: null,
      s3SseAlgorithm: 'AES256',
      s3SseKmsKeyId: null,
      manifestFilesS3Key: `AWSDynamoDB/${idOf(done)}/manifest-files.json`,
      billedSizeBytes: done.BilledSizeBytes,
      itemCount: 3,
      outputFormat: 'DYNAMODB_JSON',
    });
  });

  it('prove each other: MD5s in base64, item counts, every data file there', async () => {
    seedOrders(rooms.world, 200);
    const TableArn = rooms.TableArn.replace('events', 'orders');
    const done = await completedExport(rooms, { TableArn });
    const files = readExport(rooms, done);
    expect(files.summaryMd5).toBe(md5Base64(files.summaryText));
    expect(files.manifestMd5).toBe(md5Base64(files.manifestText));
    for (const { dataFileS3Key, md5Checksum } of files.manifest) {
      expect(md5Checksum).toBe(md5Base64(files.data(dataFileS3Key) ?? ''));
    }
    const counted = files.manifest.reduce((sum, { itemCount }) => sum + itemCount, 0);
    expect([counted, files.lines.length, done.ItemCount, files.summary.itemCount]).toEqual([
      200, 200, 200, 200,
    ]);
  });

  it('carry a multipart ETag, which is no MD5 of the file', async () => {
    const files = readExport(rooms, await completedExport(rooms));
    const { Contents = [] } = await rooms.s3.send(new ListObjectsV2Command({ Bucket: 'exports' }));
    for (const { etag, dataFileS3Key } of files.manifest) {
      expect(etag).toMatch(/^[0-9a-f]{32}-1$/);
      expect(Contents.find(({ Key }) => Key === dataFileS3Key)?.ETag).toBe(`"${etag}"`);
    }
  });

  it('are one per partition, also where a partition is empty', async () => {
    rooms.world.settings.exportPartitions = 16;
    const { manifest } = readExport(rooms, await completedExport(rooms));
    expect(manifest).toHaveLength(16);
    expect(manifest.filter(({ itemCount }) => itemCount === 0).length).toBeGreaterThanOrEqual(13);
  });

  it('exist for a table without items too', async () => {
    const TableArn = seedEvents(rooms, [], 'empty');
    const done = await completedExport(rooms, { TableArn });
    const files = readExport(rooms, done);
    expect([done.ItemCount, done.BilledSizeBytes, files.lines, files.manifest.length]).toEqual([0, 0, [], 4]);
  });

  it('hold each item as DynamoDB JSON, one a line', async () => {
    const bytes = Buffer.from([1, 254]);
    const image = {
      s: { S: 'a "quoted"\nline' },
      n: { N: '1.50' },
      b: { B: bytes },
      bs: { BS: [bytes] },
      l: { L: [{ B: bytes }, { NULL: true }] },
      m: { M: { b: { B: bytes } } },
      yes: { BOOL: true },
      ss: { SS: ['x'] },
    };
    const TableArn = seedEvents(rooms, [{ at: at(-60), key: 'k', image }], 'types');
    const base64 = bytes.toString('base64');
    expect(items(readExport(rooms, await completedExport(rooms, { TableArn })))).toEqual([
      {
        pk: { S: 'k' },
        ...image,
        n: { N: '1.5' },
        b: { B: base64 },
        bs: { BS: [base64] },
        l: { L: [{ B: base64 }, { NULL: true }] },
        m: { M: { b: { B: base64 } } },
      },
    ]);
  });

  it('hold Ion text instead when asked for', async () => {
    const TableArn = seedEvents(rooms, [{ at: at(-60), key: 'k', image: { n: { N: '600' } } }], 'types');
    const files = readExport(rooms, await completedExport(rooms, { TableArn, ExportFormat: 'ION' }));
    expect(files.lines).toEqual(['$ion_1_0 {Item:{pk:"k",n:6d2}}']);
    expect(files.summary.outputFormat).toBe('ION');
    expect(files.manifest.every(({ dataFileS3Key }) => dataFileS3Key.endsWith('.ion.gz'))).toBe(true);
  });

  it('show the table as it was at ExportTime, not as it is', async () => {
    const TableArn = seedEvents(
      rooms,
      [
        { at: at(-5000), key: 'changed', image: { v: { N: '1' } } },
        { at: at(-5000), key: 'deleted', image: {} },
        { at: at(-1000), key: 'changed', image: { v: { N: '2' } } },
        { at: at(-1000), key: 'deleted' },
        { at: at(-1000), key: 'new', image: {} },
      ],
      'history',
    );
    const before = readExport(rooms, await completedExport(rooms, { TableArn, ExportTime: at(-1001) }));
    expect(keysOf(before)).toEqual(['changed', 'deleted']);
    expect(items(before)).toContainEqual({ pk: { S: 'changed' }, v: { N: '1' } });
    const after = readExport(rooms, await completedExport(rooms, { TableArn, ExportTime: at(-1000) }));
    expect(keysOf(after)).toEqual(['changed', 'new']);
    expect(items(after)).toContainEqual({ pk: { S: 'changed' }, v: { N: '2' } });
  });

  it('hold what was there when the export was asked for, not what came while it ran', async () => {
    const started = await startExport(rooms);
    rooms.advance(1);
    const TableName = 'events';
    await rooms.dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'late' } } }));
    await rooms.dynamodb.send(new DeleteItemCommand({ TableName, Key: { pk: { S: 'a' } } }));
    const later = await completedExport(rooms);
    const manifest = later.ExportManifest?.replace(idOf(later), idOf(started));
    expect(keysOf(readExport(rooms, { ExportManifest: manifest }))).toEqual(['a', 'b', 'c']);
    expect(keysOf(readExport(rooms, later))).toEqual(['b', 'c', 'late']);
  });

  describe('of an export that was spoiled on purpose', () => {
    const spoiled = async (corruptNextExport: Settings['corruptNextExport']) => {
      rooms.world.settings.corruptNextExport = corruptNextExport;
      const done = await completedExport(rooms);
      expect(done.ExportStatus).toBe('COMPLETED');
      expect(rooms.world.settings.corruptNextExport).toBe('none');
      return { done, files: readExport(rooms, done) };
    };
    const faultsOf = ({ done, files }: { done: ExportDescription; files: ExportFiles }) => ({
      summaryMd5: files.summaryMd5 !== md5Base64(files.summaryText),
      manifestMd5: files.manifestMd5 !== md5Base64(files.manifestText),
      missing: files.manifest.filter(({ dataFileS3Key }) => files.data(dataFileS3Key) === undefined).length,
      damaged: files.manifest.filter(({ dataFileS3Key, md5Checksum }) => {
        const body = files.data(dataFileS3Key);
        return body !== undefined && md5Base64(body) !== md5Checksum;
      }).length,
      miscounted: files.manifest.reduce((sum, { itemCount }) => sum + itemCount, 0) !== done.ItemCount,
    });
    const none = { summaryMd5: false, manifestMd5: false, missing: 0, damaged: 0, miscounted: false };

    it.each<[Settings['corruptNextExport'], object]>([
      ['none', {}],
      ['summary-md5', { summaryMd5: true }],
      ['manifest-md5', { manifestMd5: true }],
      ['data-file', { damaged: 1 }],
      ['missing-file', { missing: 1 }],
      ['item-count', { miscounted: true }],
    ])('%s: exactly that is wrong', async (corruption, expected) => {
      expect(faultsOf(await spoiled(corruption))).toEqual({ ...none, ...expected });
    });
  });
});
