import type { RawRequest, RawResponse } from '../core/types';
import { s3Errors } from './errors';
import { requestBody } from './request-body';
import type { MemoryStore, StoredObject } from './store';
import { element, unescapeXml, xmlResponse } from './xml';

const kept = ['cache-control', 'content-disposition', 'content-language', 'content-type', 'expires'];

/** The headers of a PutObject that belong to the object and come back with it. */
function objectHeaders(headers: Record<string, string>): Record<string, string> {
  const own = Object.entries(headers).filter(
    ([name]) => kept.includes(name) || name.startsWith('x-amz-meta-'),
  );
  const encoding = (headers['content-encoding'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'aws-chunked');
  return {
    ...Object.fromEntries(own),
    ...(encoding.length > 0 ? { 'content-encoding': encoding.join(',') } : {}),
  };
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.some((tag) => tag === '*' || tag.replaceAll('"', '') === etag);
}

export function putObject(store: MemoryStore, bucket: string, key: string, request: RawRequest): RawResponse {
  const existing = store.bucket(bucket).objects.get(key);
  const { 'if-none-match': ifNoneMatch, 'if-match': ifMatch } = request.headers;
  if (existing !== undefined && matches(ifNoneMatch, existing.etag)) {
    throw s3Errors.preconditionFailed('If-None-Match');
  }
  if (ifMatch !== undefined && existing === undefined) throw s3Errors.noSuchKey(key);
  if (ifMatch !== undefined && existing !== undefined && !matches(ifMatch, existing.etag)) {
    throw s3Errors.preconditionFailed('If-Match');
  }
  const stored = store.put(bucket, key, requestBody(request), undefined, {
    headers: objectHeaders(request.headers),
  });
  return { status: 200, headers: { etag: `"${stored.etag}"` } };
}

/** Inclusive byte positions of a `Range` header; undefined where S3 ignores it (absent, malformed, several ranges). */
function rangeOf(header: string | undefined, size: number): { from: number; to: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const [, first = '', last = ''] = match;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  const suffixOfNothing = first === '' && Number(last) === 0;
  if (from >= size || suffixOfNothing) throw s3Errors.invalidRange(header ?? '', size);
  return to < from ? undefined : { from, to };
}

function existing(store: MemoryStore, bucket: string, key: string): StoredObject {
  const found = store.bucket(bucket).objects.get(key);
  if (found === undefined) throw s3Errors.noSuchKey(key);
  return found;
}

/** GetObject and HeadObject: the same headers, with or without the bytes; Range, If-Match and If-None-Match honoured. */
export function getObject(store: MemoryStore, bucket: string, key: string, request: RawRequest): RawResponse {
  const object = existing(store, bucket, key);
  const { range: rangeHeader, 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  if (ifMatch !== undefined && !matches(ifMatch, object.etag)) throw s3Errors.preconditionFailed('If-Match');
  if (matches(ifNoneMatch, object.etag)) throw s3Errors.notModified();
  const size = object.body.length;
  const range = rangeOf(rangeHeader, size);
  const body = range === undefined ? object.body : object.body.subarray(range.from, range.to + 1);
  const headers: Record<string, string> = {
    ...object.headers,
    'accept-ranges': 'bytes',
    'content-length': String(body.length),
    etag: `"${object.etag}"`,
    'last-modified': object.lastModified.toUTCString(),
    ...(range === undefined ? {} : { 'content-range': `bytes ${range.from}-${range.to}/${size}` }),
  };
  const status = range === undefined ? 200 : 206;
  return request.method.toUpperCase() === 'HEAD' ? { status, headers } : { status, headers, body };
}

/** Deleting what is not there succeeds too (API_DeleteObject). */
export function deleteObject(store: MemoryStore, bucket: string, key: string): RawResponse {
  store.bucket(bucket).objects.delete(key);
  return { status: 204, headers: {} };
}

/** DeleteObjects: 1 to 1000 keys; in quiet mode the answer names failures only, and there are none here. */
export function deleteObjects(store: MemoryStore, bucket: string, request: RawRequest): RawResponse {
  const text = Buffer.from(requestBody(request)).toString();
  const keys = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) => unescapeXml(match[1] ?? ''));
  if (keys.length === 0 || keys.length > 1000 || !/<\/Delete>\s*$/.test(text)) throw s3Errors.malformedXml();
  const { objects } = store.bucket(bucket);
  for (const key of keys) objects.delete(key);
  const quiet = /<Quiet>\s*true\s*<\/Quiet>/.test(text);
  return xmlResponse(
    'DeleteResult',
    quiet ? '' : keys.map((key) => `<Deleted>${element('Key', key)}</Deleted>`).join(''),
  );
}

/** CopyObject inside the simulated AWS; `x-amz-metadata-directive: REPLACE` takes the headers of the request. */
export function copyObject(
  store: MemoryStore,
  bucket: string,
  key: string,
  request: RawRequest,
): RawResponse {
  const header = request.headers['x-amz-copy-source'] ?? '';
  const source = decodeURIComponent(header).replace(/^\//, '');
  const slash = source.indexOf('/');
  if (slash <= 0 || slash === source.length - 1) {
    throw s3Errors.invalidArgument(
      'x-amz-copy-source',
      header,
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    );
  }
  const original = existing(store, source.slice(0, slash), source.slice(slash + 1));
  const replace = request.headers['x-amz-metadata-directive'] === 'REPLACE';
  const headers = replace ? objectHeaders(request.headers) : original.headers;
  const copy = store.put(bucket, key, original.body, undefined, { headers });
  const modified = element('LastModified', copy.lastModified.toISOString());
  return xmlResponse('CopyObjectResult', `${modified}${element('ETag', `"${copy.etag}"`)}`);
}
