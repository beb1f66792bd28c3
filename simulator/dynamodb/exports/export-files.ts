import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ObjectStore } from '../../core/types';
import { exportRoot, manifestKey, type ExportRecord } from './export-record';
import type { ExportLine } from './export-lines';

const gzipped = promisify(gzip);
const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
const md5Base64 = (content: Uint8Array | string) => createHash('md5').update(content).digest('base64');

/** Twenty-six base32 characters, as AWS names its data files; the same for the same export and partition. */
function dataFileName(id: string, partition: number): string {
  const digest = createHash('sha256').update(`${id}/${partition}`).digest();
  return [...digest.subarray(0, 26)].map((byte) => base32[byte % 32]).join('');
}

/** Lines by partition: each takes an equal part of the hashed key space, so a partition may be empty. */
function partitions(lines: ExportLine[], count: number): ExportLine[][] {
  const parts: ExportLine[][] = Array.from({ length: count }, () => []);
  for (const line of lines) {
    const place = Math.floor((parseInt(line.hash.slice(0, 8), 16) / 2 ** 32) * count);
    parts[place]?.push(line);
  }
  return parts;
}

function summary(record: ExportRecord, endedAt: number, itemCount: number, billedSizeBytes: number): object {
  const { input, scope, table } = record;
  const time = (at: number) => new Date(at).toISOString();
  return {
    version: scope.kind === 'full' ? '2020-06-30' : '2023-08-01',
    exportArn: record.arn,
    startTime: time(record.startedAt),
    endTime: time(endedAt),
    tableArn: table.arn,
    tableId: table.id,
    ...(scope.kind === 'full'
      ? { exportTime: time(scope.time) }
      : { exportFromTime: time(scope.from), exportToTime: time(scope.to) }),
    s3Bucket: input.S3Bucket,
    s3Prefix: input.S3Prefix ?? null,
    s3SseAlgorithm: input.S3SseAlgorithm ?? 'AES256',
    s3SseKmsKeyId: input.S3SseKmsKeyId ?? null,
    manifestFilesS3Key: manifestKey(record).replace('manifest-summary', 'manifest-files'),
    billedSizeBytes,
    itemCount,
    outputFormat: input.ExportFormat ?? 'DYNAMODB_JSON',
    ...(scope.kind === 'full' ? {} : { outputView: scope.view, exportType: 'INCREMENTAL_EXPORT' }),
  };
}

/** Changes one byte: same size, another MD5. */
function damaged(body: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(body);
  const middle = Math.floor(copy.length / 2);
  copy[middle] = (copy[middle] ?? 0) ^ 0xff;
  return copy;
}

/**
 * Writes all files of a finished export: data files (`<id>/data/`, or one shared `data/` for incremental ones), the list
 * of them, the summary, and an MD5 in base64 beside both (layout as seen on AWS: test_export.py of ScyllaDB; the docs'
 * `.checksum` is not what is written). `record.corruption` spoils one of them on purpose.
 *
 * @throws AwsError NoSuchBucket
 */
export async function writeExportFiles(
  store: ObjectStore,
  record: ExportRecord,
  lines: ExportLine[],
  options: { partitions: number; endedAt: number; billedSizeBytes: number },
): Promise<void> {
  const { input, id, scope, corruption } = record;
  const root = exportRoot(input.S3Prefix);
  const folder = scope.kind === 'full' ? `${root}/${id}/data` : `${root}/data`;
  const extension = input.ExportFormat === 'ION' ? 'ion.gz' : 'json.gz';
  const manifest: string[] = [];
  let toSpoil = corruption === 'none' ? '' : corruption;
  for (const [index, part] of partitions(lines, options.partitions).entries()) {
    const body = await gzipped(part.map(({ text }) => `${text()}\n`).join(''), { level: 1 });
    const key = `${folder}/${dataFileName(id, index)}.${extension}`;
    const spoil = part.length > 0 || index === options.partitions - 1 ? toSpoil : '';
    const write = (bytes: Uint8Array) =>
      store.put(input.S3Bucket, key, bytes, undefined, { multipart: true });
    const stored = write(body);
    // Afterwards, as by somebody else: the manifest has the ETag of what was exported.
    if (spoil === 'data-file') write(damaged(body));
    if (spoil === 'missing-file') store.remove(input.S3Bucket, key);
    const itemCount = spoil === 'item-count' ? part.length + 1 : part.length;
    if (spoil !== '') toSpoil = '';
    const line = { itemCount, md5Checksum: md5Base64(body), etag: stored.etag, dataFileS3Key: key };
    manifest.push(`${JSON.stringify(line)}\n`);
  }
  const put = (name: string, text: string, spoiled: boolean) => {
    const key = `${root}/${id}/${name}`;
    store.put(input.S3Bucket, `${key}.json`, Buffer.from(text));
    store.put(input.S3Bucket, `${key}.md5`, Buffer.from(md5Base64(spoiled ? `${text} ` : text)));
  };
  put('manifest-files', manifest.join(''), corruption === 'manifest-md5');
  const content = summary(record, options.endedAt, lines.length, options.billedSizeBytes);
  put('manifest-summary', JSON.stringify(content), corruption === 'summary-md5');
}
