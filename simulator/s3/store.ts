import { createHash } from 'node:crypto';
import type { ObjectStore, SimClock } from '../core/types';
import { s3Errors } from './errors';

/** One stored object; `headers` are those given with it and returned by GetObject (content-type, x-amz-meta-…). */
export interface StoredObject {
  body: Uint8Array;
  /** Without its quotes. */
  etag: string;
  lastModified: Date;
  headers: Record<string, string>;
}

export interface Bucket {
  owner: string;
  created: Date;
  objects: Map<string, StoredObject>;
}

export interface PutOptions {
  multipart?: boolean;
  headers?: Record<string, string>;
}

/** All buckets in memory: the contract `ObjectStore` plus what the REST operations need. */
export interface MemoryStore extends ObjectStore {
  buckets: Map<string, Bucket>;
  bucket(name: string): Bucket;
  removeBucket(name: string): void;
  put(
    bucket: string,
    key: string,
    body: Uint8Array,
    contentType?: string,
    options?: PutOptions,
  ): StoredObject;
  get(bucket: string, key: string): StoredObject | undefined;
}

export function md5(...parts: Uint8Array[]): Buffer {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** S3 orders keys by their UTF-8 bytes, which is not JavaScript's order for characters beyond U+FFFF. */
export function compareKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/**
 * An in-memory object store.
 *
 * @param where.accountId owner of buckets that are created without naming one
 * @throws AwsError NoSuchBucket from `put` and `bucket`
 */
export function createStore(where: { clock: Pick<SimClock, 'now'>; accountId: string }): MemoryStore {
  const buckets = new Map<string, Bucket>();
  const bucket = (name: string): Bucket => {
    const found = buckets.get(name);
    if (found === undefined) throw s3Errors.noSuchBucket(name);
    return found;
  };
  return {
    buckets,
    bucket,
    bucketExists: (name) => buckets.has(name),
    bucketOwner: (name) => buckets.get(name)?.owner,
    createBucket(name, options = {}) {
      if (buckets.has(name)) return;
      const owner = options.ownerAccountId ?? where.accountId;
      buckets.set(name, { owner, created: where.clock.now(), objects: new Map() });
    },
    removeBucket: (name) => void buckets.delete(name),
    put(name, key, body, contentType = 'binary/octet-stream', options = {}) {
      const digest = md5(body);
      const etag = options.multipart === true ? `${md5(digest).toString('hex')}-1` : digest.toString('hex');
      const headers = { 'content-type': contentType, ...options.headers };
      const stored = { body: Uint8Array.from(body), etag, lastModified: where.clock.now(), headers };
      bucket(name).objects.set(key, stored);
      return stored;
    },
    get: (name, key) => buckets.get(name)?.objects.get(key),
    remove: (name, key) => void buckets.get(name)?.objects.delete(key),
    keys(name, prefix = '') {
      const all = [...(buckets.get(name)?.objects.keys() ?? [])];
      return all.filter((key) => key.startsWith(prefix)).sort(compareKeys);
    },
  };
}
