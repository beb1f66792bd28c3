import { createHash } from 'node:crypto';
import { proveExport } from '../../activities/s3/prove-export';
import type { Answer, Received } from './aws-stand-in';
import { clientsUnderTest, page } from './clients-under-test';
import { inActivity, thrownIn } from './in-activity';

let under: Awaited<ReturnType<typeof clientsUnderTest>>;
beforeAll(async () => {
  under = await clientsUnderTest();
});
afterAll(() => under.close());

const md5 = (text: string, encoding: 'hex' | 'base64') => createHash('md5').update(text).digest(encoding);
const folder = 'undrop/AWSDynamoDB/01700000000000-abcdef12';
const key = (name: string) => `${folder}/${name}`;

interface Bucket {
  objects: Map<string, string>;
  /** ETags that are not the MD5 of the object, as after a multipart upload. */
  etags: Map<string, string>;
}

/** An export of 40 items in 10 data files, as DynamoDB writes it. */
function goodExport({ files = 10, itemsPerFile = 4 } = {}): Bucket {
  const objects = new Map([[key('_started'), '']]);
  const etags = new Map<string, string>();
  const lines = Array.from({ length: files }, (_, at) => {
    const name = key(`data/file-${at}.json.gz`);
    objects.set(name, `data of ${at}`);
    const etag = at === 0 ? `${md5('parts', 'hex')}-2` : md5(`data of ${at}`, 'hex');
    etags.set(name, etag);
    return JSON.stringify({ itemCount: itemsPerFile, md5Checksum: 'x', etag, dataFileS3Key: name });
  });
  writeManifest({ objects, etags }, 'manifest-files', `${lines.join('\n')}\n`);
  const summary = {
    manifestFilesS3Key: key('manifest-files.json'),
    itemCount: files * itemsPerFile,
    billedSizeBytes: 4096,
  };
  writeManifest({ objects, etags }, 'manifest-summary', JSON.stringify(summary));
  return { objects, etags };
}

/** A manifest with the checksum that belongs to it. */
function writeManifest({ objects }: Bucket, name: string, text: string): void {
  objects.set(key(`${name}.json`), text);
  objects.set(key(`${name}.md5`), md5(text, 'base64'));
}

function serve(
  { objects, etags }: Bucket,
  odd: (request: Received) => Answer | undefined = () => undefined,
): void {
  under.aws.answers((request) => {
    const name = decodeURIComponent(new URL(request.path, 'http://s3').pathname.replace('/exports/', ''));
    const body = objects.get(name);
    const special = odd({ ...request, path: name });
    if (special) return special;
    if (body === undefined)
      return {
        status: 404,
        headers: { 'x-amz-request-id': 'r' },
        body: '<Error><Code>NoSuchKey</Code></Error>',
      };
    return {
      status: 200,
      headers: { etag: `"${etags.get(name) ?? md5(body, 'hex')}"`, 'x-amz-request-id': 'r' },
      body,
    };
  });
}

const prove = (changes = {}) =>
  proveExport(under.clients, {
    bucket: 'exports',
    manifestKey: key('manifest-summary.json'),
    itemCount: 40,
    ...changes,
  });

describe('proveExport', () => {
  it('is satisfied when both manifests match their MD5, every data file is there and the items add up', async () => {
    serve(goodExport());
    expect((await inActivity(() => prove())).result).toEqual({
      itemCount: 40,
      billedSizeBytes: 4096,
      dataFiles: 10,
      objects: 15,
    });
    const heads = under.aws.received.filter(({ method }) => method === 'HEAD').map(({ path }) => path);
    for (let at = 0; at < 10; at += 1) expect(heads).toContain(`/exports/${key(`data/file-${at}.json.gz`)}`);
  });

  it('is satisfied by an export of nothing', async () => {
    serve(goodExport({ files: 0 }));
    expect((await inActivity(() => prove({ itemCount: 0 }))).result).toMatchObject({
      itemCount: 0,
      dataFiles: 0,
      objects: 5,
    });
  });

  it('counts no start mark where there is none', async () => {
    const bucket = goodExport();
    bucket.objects.delete(key('_started'));
    serve(bucket);
    expect((await inActivity(() => prove())).result).toMatchObject({ objects: 14 });
  });

  it('names the owner of the bucket in every request, so that nobody else can stand in for it', async () => {
    serve(goodExport());
    await inActivity(() => prove({ bucketOwner: '123456789012' }));
    expect(under.aws.received.length).toBeGreaterThan(10);
    for (const { headers } of under.aws.received)
      expect(headers['x-amz-expected-bucket-owner']).toBe('123456789012');
  });

  it.each<[string, (bucket: Bucket) => void, string]>([
    [
      'a data file is missing',
      ({ objects }) => objects.delete(key('data/file-7.json.gz')),
      'data/file-7.json.gz is not there',
    ],
    [
      'a data file is another',
      ({ etags }) => etags.set(key('data/file-9.json.gz'), 'other'),
      'data/file-9.json.gz is not the object that was exported',
    ],
    [
      'the summary is missing',
      ({ objects }) => objects.delete(key('manifest-summary.json')),
      'manifest-summary.json is not there',
    ],
    [
      'the summary has no checksum',
      ({ objects }) => objects.delete(key('manifest-summary.md5')),
      'manifest-summary.md5 is not there',
    ],
    [
      'the list of files is missing',
      ({ objects }) => objects.delete(key('manifest-files.json')),
      'manifest-files.json is not there',
    ],
    [
      'the list of files has no checksum',
      ({ objects }) => objects.delete(key('manifest-files.md5')),
      'manifest-files.md5 is not there',
    ],
    [
      'the summary is not what its checksum says',
      ({ objects }) =>
        objects.set(key('manifest-summary.json'), objects.get(key('manifest-summary.json')) + ' '),
      'manifest-summary.json does not match its MD5',
    ],
    [
      'the list of files is not what its checksum says',
      ({ objects }) =>
        objects.set(key('manifest-files.json'), objects.get(key('manifest-files.json'))!.replace('4', '5')),
      'manifest-files.json does not match its MD5',
    ],
    [
      'the checksum is in hex',
      ({ objects }) =>
        objects.set(key('manifest-files.md5'), md5(objects.get(key('manifest-files.json'))!, 'hex')),
      'manifest-files.json does not match its MD5',
    ],
    [
      'the summary is no JSON',
      (bucket) => writeManifest(bucket, 'manifest-summary', 'oops'),
      'manifest-summary.json',
    ],
    [
      'the summary is null',
      (bucket) => writeManifest(bucket, 'manifest-summary', 'null'),
      'no manifestFilesS3Key or itemCount',
    ],
    [
      'the summary names no list of files',
      (bucket) => writeManifest(bucket, 'manifest-summary', '{"itemCount":40}'),
      'no manifestFilesS3Key or itemCount',
    ],
    [
      'a line of the list is no JSON',
      (bucket) => writeManifest(bucket, 'manifest-files', '{"itemCount":40,'),
      'manifest-files.json',
    ],
    [
      'a line of the list names no file',
      (bucket) => writeManifest(bucket, 'manifest-files', '{"itemCount":40}'),
      'a line without dataFileS3Key or itemCount',
    ],
    [
      'the summary counts otherwise',
      (bucket) =>
        writeManifest(
          bucket,
          'manifest-summary',
          JSON.stringify({ manifestFilesS3Key: key('manifest-files.json'), itemCount: 41 }),
        ),
      'items do not add up: data files 40, manifest 41, export 40',
    ],
    [
      'the list has a line less than items were counted',
      (bucket) =>
        writeManifest(
          bucket,
          'manifest-files',
          bucket.objects.get(key('manifest-files.json'))!.split('\n').slice(1).join('\n'),
        ),
      'items do not add up: data files 36, manifest 40, export 40',
    ],
  ])('fails for good when %s', async (_name, spoil, why) => {
    const bucket = goodExport();
    spoil(bucket);
    serve(bucket);
    const thrown = await thrownIn(() => prove());
    expect(thrown).toMatchObject({ type: 'ManifestMismatch', nonRetryable: true });
    expect((thrown as Error).message).toMatch(/^proof of the export failed \[bucket=exports, key=.+\]: /);
    expect((thrown as Error).message).toContain(why);
  });

  it('fails for good when the export itself counted otherwise, or named no manifest', async () => {
    serve(goodExport());
    expect(await thrownIn(() => prove({ itemCount: 41 }))).toMatchObject({
      type: 'ManifestMismatch',
      message: expect.stringContaining('data files 40, manifest 40, export 41'),
    });
    expect(await thrownIn(() => prove({ manifestKey: '' }))).toMatchObject({
      type: 'ManifestMismatch',
      message: expect.stringContaining('AWS named no manifest'),
    });
  });

  const broken = (name: string, answer: Answer) => (request: Received) =>
    request.path.endsWith(name) ? answer : undefined;

  it.each<[string, Answer, string, boolean]>([
    [
      'may not be read',
      { status: 403, body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>' },
      'AccessDenied',
      true,
    ],
    ['comes as a page with status 200', page(200), 'OutcomeUnknown', false],
    [
      'cannot be given just now',
      { status: 503, body: '<Error><Code>SlowDown</Code></Error>' },
      'Throttled',
      false,
    ],
    ['is cut on its way', 'cut', 'OutcomeUnknown', false],
  ])('does not blame the export when a manifest %s', async (_name, answer, type, nonRetryable) => {
    serve(goodExport(), broken('manifest-summary.json', answer));
    expect(await thrownIn(() => prove())).toMatchObject({ type, nonRetryable });
  });

  it.each<[string, Answer, string, boolean]>([
    ['may not be looked at', { status: 403 }, 'AccessDenied', true],
    ['is answered for by a page', page(200), 'OutcomeUnknown', false],
    ['gets no answer', 'drop', 'OutcomeUnknown', false],
  ])('does not blame the export when a data file %s', async (_name, answer, type, nonRetryable) => {
    serve(goodExport(), broken('file-3.json.gz', answer));
    expect(await thrownIn(() => prove())).toMatchObject({ type, nonRetryable });
  });

  it('needs no right to list the bucket for a start mark that is not there', async () => {
    serve(goodExport(), broken('_started', { status: 403 }));
    expect((await inActivity(() => prove())).result).toMatchObject({ objects: 14 });
  });

  it('follows S3 to the region of the bucket: DynamoDB exports into any', async () => {
    const bucket = goodExport();
    const elsewhere: Answer = {
      status: 301,
      headers: { 'x-amz-bucket-region': 'eu-central-1', 'x-amz-request-id': 'r' },
      body: '<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>',
    };
    serve(bucket, ({ headers }) =>
      headers.authorization?.includes('/eu-central-1/s3/') ? undefined : elsewhere,
    );
    expect((await inActivity(() => prove())).result).toMatchObject({ itemCount: 40 });
  });
});
