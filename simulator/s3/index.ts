import type { RawService } from '../core/call';
import { AwsError, type RawRequest, type RawResponse, type RequestContext } from '../core/types';
import type { World } from '../core/world';
import { bucketLocation, createBucket, deleteBucket, listBuckets } from './buckets';
import { s3Errors } from './errors';
import { listObjects } from './list-objects';
import { copyObject, deleteObject, deleteObjects, getObject, putObject } from './objects';
import { addressOf, operationName, requestParameters, unsupportedSubResource } from './operation-name';
import { createStore, type MemoryStore } from './store';
import { s3ErrorResponse } from './xml';

export { operationName, requestParameters } from './operation-name';
export { s3ErrorResponse } from './xml';

type S3World = Pick<World, 'clock' | 'region' | 'accountId'>;

/** A bucket owner the caller named must be the real one, or S3 answers 403 (bucket owner condition). */
function provedBucket(store: MemoryStore, request: RawRequest, name: string): void {
  const owner = store.bucket(name).owner;
  const expected = request.headers['x-amz-expected-bucket-owner'];
  if (expected !== undefined && expected !== owner) throw s3Errors.accessDenied();
}

type Answer = (request: RawRequest, bucket: string, key: string) => RawResponse;

/** By the API name of each operation; all but ListBuckets and CreateBucket are about a bucket that must be there. */
function operationsOf(store: MemoryStore, world: S3World): Record<string, Answer> {
  return {
    ListBuckets: () => listBuckets(store, world.accountId),
    CreateBucket: (request, bucket) => createBucket(store, bucket, request, world),
    HeadBucket: () => ({ status: 200, headers: { 'x-amz-bucket-region': world.region } }),
    DeleteBucket: (_, bucket) => deleteBucket(store, bucket),
    GetBucketLocation: () => bucketLocation(world.region),
    ListObjectsV2: (request, bucket) => listObjects(bucket, store.bucket(bucket), request.query),
    DeleteObjects: (request, bucket) => deleteObjects(store, bucket, request),
    PutObject: (request, bucket, key) => putObject(store, bucket, key, request),
    CopyObject: (request, bucket, key) => copyObject(store, bucket, key, request),
    GetObject: (request, bucket, key) => getObject(store, bucket, key, request),
    HeadObject: (request, bucket, key) => getObject(store, bucket, key, request),
    DeleteObject: (_, bucket, key) => deleteObject(store, bucket, key),
  };
}

function answer(operations: Record<string, Answer>, store: MemoryStore, request: RawRequest): RawResponse {
  const operation = operationName(request);
  const { bucket, key = '' } = addressOf(request);
  const subResource = unsupportedSubResource(request);
  if (subResource !== undefined) throw s3Errors.notImplemented(`${subResource} (${operation})`);
  if (bucket === undefined && operation !== 'ListBuckets') throw s3Errors.methodNotAllowed(request.method);
  if (bucket !== undefined && operation !== 'CreateBucket') provedBucket(store, request, bucket);
  if (!Object.hasOwn(operations, operation)) throw s3Errors.notImplemented(operation);
  return operations[operation]!(request, bucket ?? '', key);
}

/**
 * The simulated S3: path-style REST over buckets in memory.
 *
 * `handle` never throws an AwsError: a refusal is S3's XML error with its status, and `errorCode` set for the log.
 * Access is open to every caller but for the bucket owner condition; buckets of other accounts exist for
 * `S3BucketOwner` (create them with `store.createBucket(name, { ownerAccountId })`).
 */
export function createS3(world: S3World): RawService & { store: MemoryStore; operations: string[] } {
  const store = createStore(world);
  const operations = operationsOf(store, world);
  return {
    store,
    operations: Object.keys(operations),
    operationName,
    parameters: requestParameters,
    refuse: s3ErrorResponse,
    handle(request: RawRequest, context: Pick<RequestContext, 'requestId'>): RawResponse {
      try {
        const response = answer(operations, store, request);
        return { ...response, headers: { 'x-amz-request-id': context.requestId, ...response.headers } };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return s3ErrorResponse(error, request, context.requestId);
      }
    },
  };
}
