import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { decodeChunked, requestBody } from '../../../simulator/s3/request-body';
import { refusal, startRooms, type Rooms } from './rooms-under-test';

const Bucket = 'exports';

describe('objects of the simulated S3', () => {
  let rooms: Rooms;
  beforeEach(async () => {
    rooms = await startRooms();
    rooms.world.objects.createBucket(Bucket);
  });
  afterEach(() => rooms.close());

  const put = (Key: string, Body: string, more: object = {}) =>
    rooms.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const text = async (Key: string, more: object = {}) => {
    const { Body } = await rooms.s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
    return Body?.transformToString();
  };

  it('gives back the bytes, the type, the metadata and the MD5 as ETag', async () => {
    await put('a/b', 'hello', {
      ContentType: 'text/plain',
      Metadata: { team: 'data' },
      ContentEncoding: 'identity',
    });
    const got = await rooms.s3.send(new GetObjectCommand({ Bucket, Key: 'a/b' }));
    expect(await got.Body?.transformToString()).toBe('hello');
    expect(got).toMatchObject({
      ContentType: 'text/plain',
      ContentLength: 5,
      ContentEncoding: 'identity',
      Metadata: { team: 'data' },
      LastModified: rooms.now(),
      ETag: `"${createHash('md5').update('hello').digest('hex')}"`,
    });
  });

  it.each(['with space', 'ünï/코드', 'a+b', 'quote"&<>', 'percent%20', 'trailing/'])(
    'keeps the key %s as it is',
    async (key) => {
      await put(key, key);
      expect(rooms.world.objects.keys(Bucket)).toEqual([key]);
      expect(await text(key)).toBe(key);
    },
  );

  it('stores a streamed upload without its chunk framing', async () => {
    const chunks = ['first,', 'second,', 'third'];
    const Body = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
    const ContentLength = chunks.join('').length;
    await rooms.s3.send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength }));
    expect(await text('stream')).toBe('first,second,third');
  });

  it('reads several chunks and the trailers behind them', () => {
    const framed =
      '5;chunk-signature=ab\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n';
    const { body, trailers } = decodeChunked(Buffer.from(framed));
    expect(body.toString()).toBe('hello world');
    expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'DUoRhQ==' });
  });

  it.each(['5\r\nhel', 'zz\r\n', '5\r\nhelloXX', ''])('refuses the broken framing %j', (framed) => {
    expect(() => decodeChunked(Buffer.from(framed))).toThrow('number of bytes');
  });

  it('refuses a framed body of another length than was announced', () => {
    const send = (length: string) =>
      requestBody({
        method: 'PUT',
        path: '/exports/a',
        query: new URLSearchParams(),
        headers: { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': length },
        body: Buffer.from('5\r\nhello\r\n0\r\n\r\n'),
      });
    expect(Buffer.from(send('5')).toString()).toBe('hello');
    expect(() => send('6')).toThrow('number of bytes');
  });

  it('refuses a body that does not match its checksum', async () => {
    expect(await refusal(put('a', 'hello', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }))).toMatch(
      /^BadDigest: /,
    );
    expect(await refusal(put('a', 'hello', { ChecksumCRC32: 'AAAAAA==' }))).toMatch(/^BadDigest: /);
    expect(rooms.world.objects.keys(Bucket)).toEqual([]);
  });

  it.each([
    ['bytes=0-3', 'hell', 'bytes 0-3/11'],
    ['bytes=6-', 'world', 'bytes 6-10/11'],
    ['bytes=-5', 'world', 'bytes 6-10/11'],
    ['bytes=6-100', 'world', 'bytes 6-10/11'],
  ])('answers the range %s', async (Range, expected, ContentRange) => {
    await put('a', 'hello world');
    const got = await rooms.s3.send(new GetObjectCommand({ Bucket, Key: 'a', Range }));
    expect(await got.Body?.transformToString()).toBe(expected);
    expect(got).toMatchObject({
      ContentRange,
      ContentLength: expected.length,
      $metadata: { httpStatusCode: 206 },
    });
  });

  it('refuses a range behind the end', async () => {
    await put('a', 'hello');
    expect(await refusal(text('a', { Range: 'bytes=5-' }))).toMatch(/^InvalidRange: /);
  });

  it('heads an object without its bytes, and answers 404 for a missing one', async () => {
    await put('a', 'hello', { ContentType: 'text/plain' });
    const head = await rooms.s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }));
    expect(head).toMatchObject({ ContentLength: 5, ContentType: 'text/plain' });
    expect(await refusal(rooms.s3.send(new HeadObjectCommand({ Bucket, Key: 'b' })))).toMatch(/^NotFound: /);
    expect(await refusal(text('b'))).toBe('NoSuchKey: The specified key does not exist.');
  });

  it('honours the conditions on writing and reading', async () => {
    const { ETag } = await put('a', 'one');
    expect(await refusal(put('a', 'two', { IfNoneMatch: '*' }))).toMatch(/^PreconditionFailed: /);
    expect(await refusal(put('a', 'two', { IfMatch: '"other"' }))).toMatch(/^PreconditionFailed: /);
    expect(await refusal(put('a', 'two', { IfMatch: ETag }))).toBe('accepted');
    expect(await refusal(text('a', { IfMatch: ETag }))).toMatch(/^PreconditionFailed: /);
    const unchanged = text('a', { IfNoneMatch: rooms.world.objects.get(Bucket, 'a')?.etag });
    await expect(unchanged).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  });

  it('copies an object with its metadata, or with new one', async () => {
    await put('from/a b', 'hello', { Metadata: { team: 'data' } });
    const CopySource = `${Bucket}/from/a%20b`;
    await rooms.s3.send(new CopyObjectCommand({ Bucket, Key: 'kept', CopySource }));
    const replaced = { MetadataDirective: 'REPLACE', Metadata: { team: 'ops' } } as const;
    await rooms.s3.send(new CopyObjectCommand({ Bucket, Key: 'new', CopySource, ...replaced }));
    expect(await text('kept')).toBe('hello');
    const heads = ['kept', 'new'].map((Key) => rooms.s3.send(new HeadObjectCommand({ Bucket, Key })));
    expect((await Promise.all(heads)).map(({ Metadata }) => Metadata)).toEqual([
      { team: 'data' },
      { team: 'ops' },
    ]);
    const missing = new CopyObjectCommand({ Bucket, Key: 'x', CopySource: `${Bucket}/gone` });
    expect(await refusal(rooms.s3.send(missing))).toMatch(/^NoSuchKey: /);
  });

  it('deletes one object or many, and says nothing of those that were not there', async () => {
    await Promise.all(['a', 'b&c', 'd'].map((key) => put(key, key)));
    await rooms.s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    const Objects = [{ Key: 'a' }, { Key: 'b&c' }, { Key: 'gone' }];
    const { Deleted } = await rooms.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted).toEqual(Objects);
    expect(rooms.world.objects.keys(Bucket)).toEqual(['d']);
    const quiet = await rooms.s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'd' }], Quiet: true } }),
    );
    expect(quiet.Deleted).toBeUndefined();
    expect(rooms.world.objects.keys(Bucket)).toEqual([]);
  });
});
