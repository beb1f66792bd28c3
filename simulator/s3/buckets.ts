import type { RawRequest, RawResponse } from '../core/types';
import { s3Errors } from './errors';
import type { MemoryStore } from './store';
import { element, unescapeXml, xmlResponse } from './xml';

/** Lower-case letters, digits, dots and hyphens, 3–63 long, starting and ending with a letter or digit, no IP address. */
const bucketName = /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function listBuckets(store: MemoryStore, accountId: string): RawResponse {
  const own = [...store.buckets].filter(([, bucket]) => bucket.owner === accountId);
  const lines = own
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, { created }]) => {
      const date = element('CreationDate', created.toISOString());
      return `<Bucket>${element('Name', name)}${date}</Bucket>`;
    });
  const owner = `<Owner>${element('ID', accountId)}</Owner>`;
  return xmlResponse('ListAllMyBucketsResult', `${owner}<Buckets>${lines.join('')}</Buckets>`);
}

/**
 * CreateBucket. In us-east-1 creating one's own bucket again succeeds and a location constraint is not needed; in every
 * other region the first is BucketAlreadyOwnedByYou and the second must name the region (API_CreateBucket).
 */
export function createBucket(
  store: MemoryStore,
  name: string,
  request: RawRequest,
  where: { region: string; accountId: string },
): RawResponse {
  if (!bucketName.test(name)) throw s3Errors.invalidBucketName(name);
  const text = Buffer.from(request.body).toString();
  const match = /<LocationConstraint>([^<]*)<\/LocationConstraint>/.exec(text);
  const location = match?.[1] === undefined ? undefined : unescapeXml(match[1]);
  if ((location ?? 'us-east-1') !== where.region) throw s3Errors.illegalLocation(location ?? 'unspecified');
  const owner = store.bucketOwner(name);
  if (owner !== undefined && owner !== where.accountId) throw s3Errors.alreadyExists(name);
  if (owner !== undefined && where.region !== 'us-east-1') throw s3Errors.alreadyOwned(name);
  store.createBucket(name, { ownerAccountId: where.accountId });
  return { status: 200, headers: { location: `/${name}` } };
}

export function deleteBucket(store: MemoryStore, name: string): RawResponse {
  if (store.bucket(name).objects.size > 0) throw s3Errors.bucketNotEmpty(name);
  store.removeBucket(name);
  return { status: 204, headers: {} };
}

/** us-east-1 is spelled as an empty element (API_GetBucketLocation). */
export function bucketLocation(region: string): RawResponse {
  return xmlResponse('LocationConstraint', region === 'us-east-1' ? '' : region);
}
