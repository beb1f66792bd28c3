import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import {
  DescribeExportCommand,
  ExportTableToPointInTimeCommand,
  type ExportDescription,
  type ExportTableToPointInTimeCommandInput,
} from '@aws-sdk/client-dynamodb';
import { seedTable, type Item } from '../../../simulator/dynamodb';
import type { Settings } from '../../../simulator/core/settings';
import { startRooms, startOfTime, type Rooms } from '../s3/rooms-under-test';

export const Bucket = 'exports';
const dayMs = 24 * 3_600_000;

export type Write = { at: Date; key: string; image?: Item };

/** Seconds before (negative) or after the start of virtual time. */
export const at = (seconds: number) => new Date(startOfTime.getTime() + seconds * 1000);

/** `events`, keyed by `pk` (S): created ten days ago, PITR on for the last seven, with the given past. */
export function seedEvents(rooms: Rooms, writes: Write[], name = 'events'): string {
  const table = seedTable(rooms.world, {
    name,
    hashKey: { name: 'pk', type: 'S' },
    createdAt: at((-10 * dayMs) / 1000),
    pitrSince: at((-7 * dayMs) / 1000),
    writes: writes.map(({ at: time, key, image }) => ({
      time,
      key: { pk: { S: key } },
      ...(image === undefined ? {} : { image: { pk: { S: key }, ...image } }),
    })),
  });
  return table.arn;
}

/** Rooms with the bucket `exports` and the table `events` of three items. */
export async function startExportRooms(
  settings: Partial<Settings> = {},
): Promise<Rooms & { TableArn: string }> {
  const rooms = await startRooms({ settings });
  rooms.world.objects.createBucket(Bucket);
  const past = ['a', 'b', 'c'].map((key, index) => ({
    at: at(-3600),
    key,
    image: { n: { N: String(index) } },
  }));
  return { ...rooms, TableArn: seedEvents(rooms, past) };
}

export async function startExport(
  rooms: Rooms & { TableArn: string },
  more: Partial<ExportTableToPointInTimeCommandInput> = {},
): Promise<ExportDescription> {
  const command = new ExportTableToPointInTimeCommand({
    TableArn: rooms.TableArn,
    S3Bucket: Bucket,
    ...more,
  });
  const { ExportDescription } = await rooms.dynamodb.send(command);
  return ExportDescription ?? {};
}

export async function describeExport(
  rooms: Rooms,
  ExportArn: string | undefined,
): Promise<ExportDescription> {
  const { ExportDescription } = await rooms.dynamodb.send(new DescribeExportCommand({ ExportArn }));
  return ExportDescription ?? {};
}

/** Starts an export, lets it end, and describes it. */
export async function completedExport(
  rooms: Rooms & { TableArn: string },
  more: Partial<ExportTableToPointInTimeCommandInput> = {},
): Promise<ExportDescription> {
  const { ExportArn } = await startExport(rooms, more);
  rooms.advance(rooms.world.settings.exportSeconds);
  return describeExport(rooms, ExportArn);
}

export interface ManifestLine {
  itemCount: number;
  md5Checksum: string;
  etag: string;
  dataFileS3Key: string;
}

export interface ExportFiles {
  /** Keys from the bucket's root. */
  keys: string[];
  summary: Record<string, unknown>;
  summaryMd5: string;
  summaryText: string;
  manifest: ManifestLine[];
  manifestMd5: string;
  manifestText: string;
  /** All lines of the data files that the manifest names and that match it. */
  lines: string[];
  data: (key: string) => Buffer | undefined;
}

export const md5Base64 = (content: Uint8Array | string) => createHash('md5').update(content).digest('base64');

/** Everything an export wrote, found as a consumer finds it: from ExportManifest on. */
export function readExport(rooms: Rooms, { ExportManifest }: ExportDescription): ExportFiles {
  const data = (key: string) => {
    const object = rooms.world.objects.get(Bucket, key);
    return object === undefined ? undefined : Buffer.from(object.body);
  };
  const text = (key: string) => data(key)?.toString() ?? '';
  const folder = (ExportManifest ?? '').replace('manifest-summary.json', '');
  const summaryText = text(`${folder}manifest-summary.json`);
  const summary = JSON.parse(summaryText) as Record<string, unknown>;
  const manifestText = text(String(summary.manifestFilesS3Key));
  const manifest = manifestText
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ManifestLine);
  const lines = manifest.flatMap(({ dataFileS3Key, md5Checksum }) => {
    const body = data(dataFileS3Key);
    if (body === undefined || md5Base64(body) !== md5Checksum) return [];
    return gunzipSync(body)
      .toString()
      .split('\n')
      .filter((line) => line !== '');
  });
  return {
    keys: rooms.world.objects.keys(Bucket),
    summary,
    summaryText,
    summaryMd5: text(`${folder}manifest-summary.md5`),
    manifest,
    manifestText,
    manifestMd5: text(`${folder}manifest-files.md5`),
    lines,
    data,
  };
}
