import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { ApplicationFailure } from '@temporalio/activity';
import { type AwsCall, failureOf, toFailure } from '../aws-failure';
import { heartbeating } from '../call';
import type { AwsClients } from '../clients';
import {
  type ManifestFile,
  type ManifestSummary,
  parseManifestFiles,
  parseManifestSummary,
} from './export-manifest';

export interface ProveExportInput {
  bucket: string;
  /** The manifest must be of this export. */
  exportArn?: string;
  bucketOwner?: string;
  /** Key of manifest-summary.json, from the export's description. */
  manifestKey: string;
  /** ItemCount of the export's description. */
  itemCount: number;
}

export interface ExportProof {
  itemCount: number;
  billedSizeBytes?: number;
  outputFormat?: string;
  /** Of an incremental export, as the manifest tells it; times ISO. */
  window?: { exportFromTime: string; exportToTime: string; outputView: string };
  dataFiles: number;
  /** Manifests, their checksums, the start mark and the data files. */
  objects: number;
}

/** Data files looked at side by side. */
const parallel = 8;

/**
 * Proves that what lies in S3 is what the export says: both manifests match their MD5, every data file is there with
 * the ETag the manifest recorded, and the item counts add up.
 * @throws ManifestMismatch naming the object that is wrong, AccessDenied (s3:GetObject) …
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */
export async function proveExport(
  { s3 }: Pick<AwsClients, 's3'>,
  input: ProveExportInput,
): Promise<ExportProof> {
  const { bucket, manifestKey } = input;
  const call = (operation: string, key: string): AwsCall => ({
    service: 's3',
    operation,
    what: 'proof of the export',
    handles: { bucket, key },
  });
  const mismatch = (key: string, why: string) => failureOf('ManifestMismatch', call('GetObject', key), why);
  const where = (Key: string) => ({ Bucket: bucket, Key, ExpectedBucketOwner: input.bucketOwner });

  /** Undefined when there is no such object. */
  const ifThere = async <T>(
    operation: string,
    key: string,
    read: () => Promise<T>,
  ): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      const failure = toFailure(call(operation, key), error);
      if (failure.type === 'NotFound') return undefined;
      throw failure;
    }
  };
  const read = async (key: string): Promise<Uint8Array> => {
    const bytes = await ifThere('GetObject', key, async () => {
      const { Body, ETag } = await s3.send(new GetObjectCommand(where(key)));
      answered(call('GetObject', key), ETag);
      return Body!.transformToByteArray();
    });
    if (bytes === undefined) throw mismatch(key, `${key} is not there`);
    return bytes;
  };
  const etagOf = async (key: string) =>
    ifThere('HeadObject', key, async () => {
      const { ETag } = await s3.send(new HeadObjectCommand(where(key)));
      return answered(call('HeadObject', key), ETag);
    });
  const readProved = async (key: string): Promise<string> => {
    const [body, expected] = await Promise.all([read(key), read(key.replace(/\.json$/, '.md5'))]);
    if (md5(body) !== text(expected).trim()) throw mismatch(key, `${key} does not match its MD5`);
    return text(body);
  };
  const parsed = <T>(key: string, parse: () => T): T => {
    try {
      return parse();
    } catch (error) {
      throw mismatch(key, error instanceof Error ? error.message : String(error));
    }
  };
  // The manifest records each object's ETag: comparing it with S3's proves the bytes without reading terabytes.
  const proveFile = async ({ dataFileS3Key: key, etag: expected }: ManifestFile) => {
    const etag = await etagOf(key);
    if (etag === undefined) throw mismatch(key, `${key} is not there`);
    if (expected !== undefined && unquoted(etag) !== unquoted(expected)) {
      throw mismatch(key, `${key} is not the object that was exported: its ETag is another`);
    }
  };

  return heartbeating(async () => {
    if (manifestKey === '') throw mismatch('', 'AWS named no manifest for the export');
    const summaryText = await readProved(manifestKey);
    const summary = parsed(manifestKey, () => parseManifestSummary(summaryText));
    if (input.exportArn !== undefined && (summary.exportArn ?? input.exportArn) !== input.exportArn)
      throw mismatch(manifestKey, `it is the manifest of another export, ${summary.exportArn}`);
    const filesKey = summary.manifestFilesS3Key;
    const filesText = await readProved(filesKey);
    const files = parsed(filesKey, () => parseManifestFiles(filesText));
    for (let at = 0; at < files.length; at += parallel)
      await Promise.all(files.slice(at, at + parallel).map(proveFile));
    const counted = files.reduce((sum, file) => sum + file.itemCount, 0);
    if (counted !== summary.itemCount || counted !== input.itemCount) {
      throw mismatch(
        manifestKey,
        `items do not add up: data files ${counted}, manifest ${summary.itemCount}, export ${input.itemCount}`,
      );
    }
    const startMark = await etagOf(manifestKey.replace(/[^/]+$/, '_started')).catch((error: unknown) => {
      // Without s3:ListBucket S3 answers 403 for what is not there; the mark is counted, not proved.
      if (error instanceof ApplicationFailure && error.type === 'AccessDenied') return undefined;
      throw error;
    });
    return {
      itemCount: counted,
      billedSizeBytes: summary.billedSizeBytes,
      outputFormat: summary.outputFormat,
      ...windowOf(summary),
      dataFiles: files.length,
      objects: files.length + 4 + (startMark === undefined ? 0 : 1),
    };
  });
}

function windowOf({
  exportFromTime,
  exportToTime,
  outputView = '',
}: ManifestSummary): Pick<ExportProof, 'window'> {
  if (exportFromTime === undefined || exportToTime === undefined) return {};
  return { window: { exportFromTime, exportToTime, outputView } };
}

/** Every object of S3 has an ETag; a page without one is somebody else's, whatever its status. */
function answered(call: AwsCall, etag: string | undefined): string {
  if (etag === undefined)
    throw failureOf('OutcomeUnknown', call, 'the answer was not one of S3: it has no ETag');
  return etag;
}

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('base64');
const unquoted = (etag: string) => etag.replaceAll('"', '');
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
