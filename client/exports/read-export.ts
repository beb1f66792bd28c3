import { createHash } from 'node:crypto';
import { DescribeExportCommand, DynamoDBClient, type ExportDescription } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ClientError } from '../errors';
import { ownAwsError } from './aws-errors';
import { gzippedLines } from './lines';
import { type ManifestFile, type ManifestSummary, parseFiles, parseSummary } from './manifest';

export interface ReadExportOptions {
  exportArn: string;
  /** So many items at most. */
  limit?: number;
  /** Address of an AWS that is not AWS (AWS_ENDPOINT_URL): buckets are then part of the path. */
  endpointUrl?: string;
}

/** What was read of an export, told at the end. */
export interface ReadExportSummary {
  items: number;
  /** Of the whole export. */
  itemCount: number;
  /** Data files read to their end, each with the MD5 that the manifest tells. */
  provedFiles: number;
  files: number;
}

interface Place {
  s3: S3Client;
  bucket: string;
}

/**
 * The lines of a finished export, file by file as its manifest lists them, while they arrive: nothing of a table goes
 * through Temporal, and nothing is kept. Reads with the caller's own AWS credentials. Each file's MD5, and all item
 * counts, are compared with the manifest; a wrong file is thrown after its lines were read, for the MD5 is known last.
 * @throws ClientError: ExportNotFound, ExportFailed, ManifestMismatch, AccessDenied …
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */
export async function* readExport(
  options: ReadExportOptions,
): AsyncGenerator<string, ReadExportSummary, void> {
  const { exportArn, limit = Infinity, endpointUrl } = options;
  const region = exportArn.split(':')[3]!;
  const dynamodb = new DynamoDBClient({ region });
  const s3 = new S3Client({ region, forcePathStyle: endpointUrl !== undefined, followRegionRedirects: true });
  try {
    const description = await describe(dynamodb, exportArn);
    const place = { s3, bucket: description.S3Bucket ?? '' };
    const { summary, files } = await readManifest(place, description, exportArn);
    const read: ReadExportSummary = {
      items: 0,
      itemCount: summary.itemCount,
      provedFiles: 0,
      files: files.length,
    };
    for (const file of files) {
      if (read.items >= limit) return read;
      const lines = readFile(place, file, exportArn);
      for (let next = await lines.next(); ; next = await lines.next()) {
        if (next.done) break;
        yield next.value;
        read.items += 1;
        if (read.items >= limit) {
          await lines.return(undefined);
          return read;
        }
      }
      read.provedFiles += 1;
    }
    if (read.items !== summary.itemCount)
      throw mismatch(
        exportArn,
        `items do not add up: data files ${read.items}, manifest ${summary.itemCount}`,
      );
    return read;
  } finally {
    dynamodb.destroy();
    s3.destroy();
  }
}

async function describe(dynamodb: DynamoDBClient, exportArn: string): Promise<ExportDescription> {
  const call = { service: 'dynamodb', operation: 'DescribeExport', handles: `export=${exportArn}` } as const;
  const { ExportDescription: description } = await dynamodb
    .send(new DescribeExportCommand({ ExportArn: exportArn }))
    .catch((error: unknown) => Promise.reject(ownAwsError(call, error)));
  const { ExportStatus: status, FailureCode, FailureMessage, ExportManifest } = description ?? {};
  if (status === 'COMPLETED' && ExportManifest) return description!;
  const why =
    status === 'FAILED'
      ? `AWS failed it: ${[FailureCode, FailureMessage].filter(Boolean).join(': ')}`
      : `it is ${status ?? 'in no state'}, and can be read when it is COMPLETED`;
  throw new ClientError('ExportUnreadable', `export cannot be read [export=${exportArn}]: ${why}`);
}

async function readManifest(
  place: Place,
  { ExportManifest: key = '' }: ExportDescription,
  exportArn: string,
): Promise<{ summary: ManifestSummary; files: ManifestFile[] }> {
  const parsed = <T>(name: string, parse: () => T): T => {
    try {
      return parse();
    } catch (error) {
      throw mismatch(exportArn, `${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const summaryText = await readProved(place, key, exportArn);
  const summary = parsed(key, () => parseSummary(summaryText));
  if (summary.exportArn !== undefined && summary.exportArn !== exportArn)
    throw mismatch(exportArn, `${key} is the manifest of another export, ${summary.exportArn}`);
  if (summary.outputFormat !== 'DYNAMODB_JSON') {
    const why = `it is in ${summary.outputFormat}; only DYNAMODB_JSON can be read here`;
    throw new ClientError('ExportUnreadable', `export cannot be read [export=${exportArn}]: ${why}`);
  }
  const filesText = await readProved(place, summary.manifestFilesS3Key, exportArn);
  return { summary, files: parsed(summary.manifestFilesS3Key, () => parseFiles(filesText)) };
}

/** A manifest that has the MD5 that lies beside it. */
async function readProved(place: Place, key: string, exportArn: string): Promise<string> {
  const [text, md5] = await Promise.all([textOf(place, key), textOf(place, key.replace(/\.json$/, '.md5'))]);
  if (createHash('md5').update(text).digest('base64') !== md5.trim())
    throw mismatch(exportArn, `${key} does not match its MD5`);
  return text;
}

async function* readFile(
  place: Place,
  file: ManifestFile,
  exportArn: string,
): AsyncGenerator<string, void, void> {
  const { dataFileS3Key: key, itemCount, md5Checksum } = file;
  const body = await getObject(place, key);
  const lines = gzippedLines(body as unknown as AsyncIterable<Uint8Array>);
  let items = 0;
  try {
    for (;;) {
      const next = await lines.next().catch((error: unknown) => {
        const isGzip = String((error as { code?: unknown }).code).startsWith('Z_');
        if (isGzip)
          throw mismatch(exportArn, `${key} is not the file that was exported: ${(error as Error).message}`);
        throw ownAwsError(objectCall(place, key), error);
      });
      if (next.done) {
        if (next.value.md5 !== md5Checksum) throw mismatch(exportArn, `${key} does not match its MD5`);
        break;
      }
      items += 1;
      yield next.value;
    }
  } finally {
    await lines.return({ md5: '' }).catch(() => undefined);
  }
  if (items !== itemCount)
    throw mismatch(exportArn, `${key} has ${items} items, the manifest says ${itemCount}`);
}

const textOf = async (place: Place, key: string) => (await getObject(place, key)).transformToString();

async function getObject(place: Place, key: string) {
  const { s3, bucket } = place;
  const { Body } = await s3
    .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    .catch((error: unknown) => {
      const failure = ownAwsError(objectCall(place, key), error);
      if (failure.type !== 'NotFound') throw failure;
      throw new ClientError(
        'ManifestMismatch',
        `reading of the export failed [bucket=${bucket}]: ${key} is not there`,
        { cause: error },
      );
    });
  return Body!;
}

const objectCall = ({ bucket }: Place, key: string) =>
  ({ service: 's3', operation: 'GetObject', handles: `bucket=${bucket}, key=${key}` }) as const;

const mismatch = (exportArn: string, why: string) =>
  new ClientError('ManifestMismatch', `reading of the export failed [export=${exportArn}]: ${why}`);
