import type { RawRequest } from '../core/types';
import { s3Errors } from './errors';

/** Sub-resources of S3 that this room does not simulate; each is refused by its own name. */
const unsupported = [
  'acl',
  'accelerate',
  'analytics',
  'attributes',
  'cors',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
] as const;

/** Where a path-style request goes: no bucket (the service), a bucket, or an object in it; both percent-decoded. */
export interface S3Address {
  bucket?: string;
  key?: string;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw s3Errors.invalidUri();
  }
}

function split(request: RawRequest): S3Address {
  const path = request.path.replace(/^\//, '');
  if (path === '') return {};
  const slash = path.indexOf('/');
  if (slash < 0 || slash === path.length - 1) return { bucket: path.slice(0, slash < 0 ? undefined : slash) };
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

/** @throws AwsError InvalidURI for a path that is no percent-encoded UTF-8 */
export function addressOf(request: RawRequest): S3Address {
  const { bucket, key } = split(request);
  if (bucket === undefined) return {};
  return key === undefined ? { bucket: decoded(bucket) } : { bucket: decoded(bucket), key: decoded(key) };
}

/** The sub-resource the request asks for and nobody answers here, e.g. 'tagging'; undefined for a supported one. */
export function unsupportedSubResource(request: RawRequest): string | undefined {
  return unsupported.find((name) => request.query.has(name));
}

function pascal(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

/**
 * The API name of a REST request, e.g. 'GetObject': what the operation log shows and what fault rules match.
 * A sub-resource without a handler gets a name too ('GetBucketPolicy'), so that its refusal can be read in the log.
 */
export function operationName(request: RawRequest): string {
  const { bucket, key } = split(request);
  const method = request.method.toUpperCase();
  const verb = method.charAt(0) + method.slice(1).toLowerCase();
  const subResource = unsupportedSubResource(request);
  if (bucket === undefined) return method === 'GET' ? 'ListBuckets' : `${verb}Service`;
  if (subResource !== undefined)
    return `${verb}${key === undefined ? 'Bucket' : 'Object'}${pascal(subResource)}`;
  if (key !== undefined) {
    if (method === 'PUT')
      return request.headers['x-amz-copy-source'] === undefined ? 'PutObject' : 'CopyObject';
    return `${verb}Object`;
  }
  if (method === 'PUT') return 'CreateBucket';
  if (method === 'POST') return request.query.has('delete') ? 'DeleteObjects' : 'PostObject';
  if (method !== 'GET') return `${verb}Bucket`;
  if (request.query.has('location')) return 'GetBucketLocation';
  return request.query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
}

/** What the operation log shows of a request: bucket, key, query and the headers that steer S3; never the body. */
export function requestParameters(request: RawRequest): Record<string, unknown> {
  const { bucket, key } = split(request);
  const query = Object.fromEntries([...request.query].filter(([name]) => name !== 'x-id'));
  const steering = Object.entries(request.headers).filter(
    ([name]) => name === 'range' || /^x-amz-(copy|expected|metadata|meta)/.test(name),
  );
  return {
    ...(bucket === undefined ? {} : { Bucket: bucket }),
    ...(key === undefined ? {} : { Key: key }),
    ...query,
    ...Object.fromEntries(steering),
    ...(request.body.length === 0 ? {} : { bodyBytes: request.body.length }),
  };
}
