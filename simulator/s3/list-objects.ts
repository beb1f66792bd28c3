import type { RawResponse } from '../core/types';
import { s3Errors } from './errors';
import { compareKeys, type Bucket, type StoredObject } from './store';
import { element, xmlResponse } from './xml';

/** One line of the listing: an object, or everything below one common prefix. */
type Entry = { key: string; object: StoredObject } | { prefix: string };

function entries(bucket: Bucket, prefix: string, delimiter: string, after: string): Entry[] {
  const found: Entry[] = [];
  const keys = [...bucket.objects.keys()].filter((key) => key.startsWith(prefix)).sort(compareKeys);
  let last: string | undefined;
  for (const key of keys) {
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (cut < 0) {
      const object = bucket.objects.get(key);
      if (object !== undefined && compareKeys(key, after) > 0) found.push({ key, object });
      continue;
    }
    const common = key.slice(0, cut + delimiter.length);
    if (common === last || compareKeys(common, after) <= 0) continue;
    last = common;
    found.push({ prefix: common });
  }
  return found;
}

function maxKeysOf(text: string | null): number {
  if (text === null) return 1000;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 2_147_483_647) {
    throw s3Errors.invalidArgument(
      'max-keys',
      text,
      'Argument maxKeys must be an integer between 0 and 2147483647',
    );
  }
  return Math.min(value, 1000);
}

function startOf(query: URLSearchParams): string {
  const token = query.get('continuation-token');
  if (token === null) return query.get('start-after') ?? '';
  const key = Buffer.from(token, 'base64').toString();
  if (token === '' || Buffer.from(key).toString('base64') !== token) {
    throw s3Errors.invalidArgument(
      'continuation-token',
      token,
      'The continuation token provided is incorrect',
    );
  }
  return key;
}

/**
 * ListObjectsV2: prefix, delimiter, max-keys (at most 1000), continuation-token, start-after, encoding-type=url,
 * fetch-owner; keys and common prefixes count alike (API_ListObjectsV2).
 */
export function listObjects(name: string, bucket: Bucket, query: URLSearchParams): RawResponse {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = maxKeysOf(query.get('max-keys'));
  const all = entries(bucket, prefix, delimiter, startOf(query));
  const page = all.slice(0, maxKeys);
  const end = page.at(-1);
  const truncated = end !== undefined && page.length < all.length;
  const next = truncated ? Buffer.from('key' in end ? end.key : end.prefix).toString('base64') : undefined;
  const encoded = query.get('encoding-type') === 'url';
  const text = (value: string) => (encoded ? encodeURIComponent(value).replaceAll('%2F', '/') : value);
  const owner = query.get('fetch-owner') === 'true' ? `<Owner>${element('ID', bucket.owner)}</Owner>` : '';
  const lines = page.map((entry) =>
    'prefix' in entry
      ? `<CommonPrefixes>${element('Prefix', text(entry.prefix))}</CommonPrefixes>`
      : `<Contents>${element('Key', text(entry.key))}${element('LastModified', entry.object.lastModified.toISOString())}` +
        `${element('ETag', `"${entry.object.etag}"`)}${element('Size', entry.object.body.length)}` +
        `${element('StorageClass', 'STANDARD')}${owner}</Contents>`,
  );
  const startAfter = query.get('start-after');
  return xmlResponse(
    'ListBucketResult',
    element('Name', name) +
      element('Prefix', text(prefix)) +
      element('Delimiter', delimiter === '' ? undefined : text(delimiter)) +
      element('MaxKeys', maxKeys) +
      element('EncodingType', encoded ? 'url' : undefined) +
      element('KeyCount', page.length) +
      element('IsTruncated', truncated) +
      element('ContinuationToken', query.get('continuation-token') ?? undefined) +
      element('NextContinuationToken', next) +
      element('StartAfter', startAfter === null ? undefined : text(startAfter)) +
      lines.join(''),
  );
}
