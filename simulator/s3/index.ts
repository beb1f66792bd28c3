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

function answer(store: MemoryStore, world: S3World, request: RawRequest): RawResponse {
  const operation = operationName(request);
  const { bucket, key = '' } = addressOf(request);
  const subResource = unsupportedSubResource(request);
  if (subResource !== undefined) throw s3Errors.notImplemented(`${subResource} (${operation})`);
  if (bucket === undefined) {
    if (operation === 'ListBuckets') return listBuckets(store, world.accountId);
    throw s3Errors.methodNotAllowed(request.method);
  }
  if (operation === 'CreateBucket') return createBucket(store, bucket, request, world);
  provedBucket(store, request, bucket);
  switch (operation) {
    case 'HeadBucket':
      return { status: 200, headers: { 'x-amz-bucket-region': world.region } };
    case 'DeleteBucket':
      return deleteBucket(store, bucket);
    case 'GetBucketLocation':
      return bucketLocation(world.region);
    case 'ListObjectsV2':
      return listObjects(bucket, store.bucket(bucket), request.query);
    case 'DeleteObjects':
      return deleteObjects(store, bucket, request);
    case 'PutObject':
      return putObject(store, bucket, key, request);
    case 'CopyObject':
      return copyObject(store, bucket, key, request);
    case 'GetObject':
    case 'HeadObject':
      return getObject(store, bucket, key, request);
    case 'DeleteObject':
      return deleteObject(store, bucket, key);
    default:
      throw s3Errors.notImplemented(operation);
  }
}

/**
 * The simulated S3: path-style REST over buckets in memory.
 *
 * `handle` never throws an AwsError: a refusal is S3's XML error with its status, and `errorCode` set for the log.
 * Access is open to every caller but for the bucket owner condition; buckets of other accounts exist for
 * `S3BucketOwner` (create them with `store.createBucket(name, { ownerAccountId })`).
 */
export function createS3(world: S3World): RawService & { store: MemoryStore } {
  const store = createStore(world);
  return {
    store,
    operationName,
    parameters: requestParameters,
    refuse: s3ErrorResponse,
    handle(request: RawRequest, context: Pick<RequestContext, 'requestId'>): RawResponse {
      try {
        const response = answer(store, world, request);
        return { ...response, headers: { 'x-amz-request-id': context.requestId, ...response.headers } };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return s3ErrorResponse(error, request, context.requestId);
      }
    },
  };
}
