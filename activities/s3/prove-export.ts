import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { failureOf, toFailure } from '../aws-failure';
import { heartbeating } from '../call';
import type { AwsClients } from '../clients';
import { type ManifestFile, parseManifestFiles, parseManifestSummary } from './export-manifest';

export interface ProveExportInput {
  bucket: string;
  bucketOwner?: string;
  /** Key of manifest-summary.json, from the export's description. */
  manifestKey: string;
  /** ItemCount of the export's description. */
  itemCount: number;
}

export interface ExportProof {
  itemCount: number;
  billedSizeBytes?: number;
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
  const handles = { bucket: input.bucket, manifest: input.manifestKey };
  const call = { service: 's3', operation: 'GetObject', what: 'proof of the export', handles } as const;
  const mismatch = (why: string) => failureOf('ManifestMismatch', call, why);
  const where = (Key: string) => ({ Bucket: input.bucket, Key, ExpectedBucketOwner: input.bucketOwner });

  const read = async (key: string): Promise<Uint8Array> => {
    try {
      const { Body } = await s3.send(new GetObjectCommand(where(key)));
      return await Body!.transformToByteArray();
    } catch (error) {
      const failure = toFailure({ ...call, handles: { bucket: input.bucket, key } }, error);
      throw failure.type === 'NotFound' ? mismatch(`${key} is not there`) : failure;
    }
  };
  const readProved = async (key: string): Promise<string> => {
    const [body, expected] = await Promise.all([read(key), read(key.replace(/\.json$/, '.md5'))]);
    if (md5(body) !== text(expected).trim()) throw mismatch(`${key} does not match its MD5`);
    return text(body);
  };
  // The manifest records each object's ETag: comparing it with S3's proves the bytes without reading terabytes.
  const proveFile = async (file: ManifestFile) => {
    const etag = await etagOf(file.dataFileS3Key);
    if (file.etag !== undefined && unquoted(etag) !== unquoted(file.etag)) {
      throw mismatch(`${file.dataFileS3Key} is not the object that was exported: its ETag is another`);
    }
  };
  const etagOf = async (key: string) => {
    try {
      return (await s3.send(new HeadObjectCommand(where(key)))).ETag ?? '';
    } catch (error) {
      const failure = toFailure(
        { ...call, operation: 'HeadObject', handles: { bucket: input.bucket, key } },
        error,
      );
      throw failure.type === 'NotFound' ? mismatch(`${key} is not there`) : failure;
    }
  };

  return heartbeating(async () => {
    const summary = parseManifestSummary(await readProved(input.manifestKey));
    const files = parseManifestFiles(await readProved(summary.manifestFilesS3Key));
    for (let at = 0; at < files.length; at += parallel)
      await Promise.all(files.slice(at, at + parallel).map(proveFile));
    const counted = files.reduce((sum, file) => sum + file.itemCount, 0);
    if (counted !== summary.itemCount || counted !== input.itemCount) {
      throw mismatch(
        `items do not add up: data files ${counted}, manifest ${summary.itemCount}, export ${input.itemCount}`,
      );
    }
    const started = await s3
      .send(new HeadObjectCommand(where(input.manifestKey.replace(/[^/]+$/, '_started'))))
      .then(
        () => 1,
        () => 0,
      );
    return {
      itemCount: counted,
      billedSizeBytes: summary.billedSizeBytes,
      dataFiles: files.length,
      objects: files.length + 4 + started,
    };
  });
}

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('base64');
const unquoted = (etag: string) => etag.replaceAll('"', '');
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
