import { ListObjectsV2Command, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { refusal, startRooms, type Rooms } from './rooms-under-test';

const Bucket = 'exports';

describe('ListObjectsV2 of the simulated S3', () => {
  let rooms: Rooms;
  beforeEach(async () => {
    rooms = await startRooms();
    rooms.world.objects.createBucket(Bucket);
  });
  afterEach(() => rooms.close());

  const fill = (...keys: string[]) => {
    for (const key of keys) rooms.world.objects.put(Bucket, key, Buffer.from(key));
  };
  const list = (more: object = {}) => rooms.s3.send(new ListObjectsV2Command({ Bucket, ...more }));

  it('says size, ETag and time of each object', async () => {
    fill('abc');
    const { Contents, KeyCount, IsTruncated } = await list();
    expect({ KeyCount, IsTruncated }).toEqual({ KeyCount: 1, IsTruncated: false });
    expect(Contents).toEqual([
      {
        Key: 'abc',
        Size: 3,
        ETag: '"900150983cd24fb0d6963f7d28e17f72"',
        LastModified: rooms.now(),
        StorageClass: 'STANDARD',
      },
    ]);
  });

  it('is empty, not missing, for a bucket without objects', async () => {
    expect(await list()).toMatchObject({ KeyCount: 0, IsTruncated: false });
  });

  it('orders keys by their UTF-8 bytes and keeps to the prefix', async () => {
    fill('b/2', 'b/10', 'a', 'b/\u{1F600}', 'b/\uFFFD');
    const { Contents } = await list({ Prefix: 'b/' });
    expect(Contents?.map(({ Key }) => Key)).toEqual(['b/10', 'b/2', 'b/\uFFFD', 'b/\u{1F600}']);
  });

  it('folds what lies behind the delimiter into common prefixes', async () => {
    fill('x/1', 'x/2', 'y/1', 'z');
    const { Contents, CommonPrefixes, KeyCount } = await list({ Delimiter: '/' });
    expect(Contents?.map(({ Key }) => Key)).toEqual(['z']);
    expect(CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['x/', 'y/']);
    expect(KeyCount).toBe(3);
  });

  it.each([1, 2, 3])('pages by %i without losing or repeating a key or a prefix', async (MaxKeys) => {
    fill('a', 'b/1', 'b/2', 'c', 'd/1', 'e & f', 'g');
    const seen: string[] = [];
    for await (const page of paginateListObjectsV2(
      { client: rooms.s3 },
      { Bucket, Delimiter: '/', MaxKeys },
    )) {
      expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
      seen.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
      seen.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? ''));
    }
    expect(seen.sort()).toEqual(['a', 'b/', 'c', 'd/', 'e & f', 'g']);
  });

  it('gives at most 1000 keys a page however many are asked for', async () => {
    fill(...Array.from({ length: 1001 }, (_, index) => `key-${index}`));
    expect(await list({ MaxKeys: 5000 })).toMatchObject({ KeyCount: 1000, IsTruncated: true });
  });

  it('starts after a key', async () => {
    fill('a', 'b', 'c');
    const { Contents } = await list({ StartAfter: 'a' });
    expect(Contents?.map(({ Key }) => Key)).toEqual(['b', 'c']);
  });

  it('percent-encodes keys when asked to', async () => {
    fill('a b/c');
    const { Contents, EncodingType } = await list({ EncodingType: 'url' });
    expect([EncodingType, Contents?.[0]?.Key]).toEqual(['url', 'a%20b/c']);
  });

  it('refuses a continuation token that it never gave', async () => {
    expect(await refusal(list({ ContinuationToken: '!' }))).toMatch(/^InvalidArgument: .*continuation token/);
  });
});
