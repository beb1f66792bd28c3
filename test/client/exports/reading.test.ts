import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ownAwsError } from '../../../client/exports/aws-errors';
import { gzippedLines } from '../../../client/exports/lines';
import { parseFiles, parseSummary } from '../../../client/exports/manifest';
import { plainLine } from '../../../client/exports/plain-items';

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

async function allOf(lines: ReturnType<typeof gzippedLines>) {
  const read: string[] = [];
  for (let next = await lines.next(); ; next = await lines.next()) {
    if (next.done) return { read, md5: next.value.md5 };
    read.push(next.value);
  }
}

describe('lines of a gzipped file', () => {
  const text = ['{"a":"ä€😀"}', '', '{"b":2}', '{"c":3}'].join('\n');

  it.each([1, 2, 3, 7, 1000])(
    'come whole, also in chunks of %d bytes, and with the MD5 of what was sent',
    async (size) => {
      const bytes = gzipSync(text);
      const { read, md5 } = await allOf(gzippedLines(inChunks(bytes, size)));
      expect(read).toEqual(['{"a":"ä€😀"}', '{"b":2}', '{"c":3}']);
      expect(md5).toBe(createHash('md5').update(bytes).digest('base64'));
    },
  );

  it('are none in an empty file', async () => {
    expect((await allOf(gzippedLines(inChunks(gzipSync(''), 100)))).read).toEqual([]);
  });

  it('fail for bytes that are no gzip, and for a file that ends early', async () => {
    await expect(allOf(gzippedLines(inChunks(Buffer.from('not gzip'), 3)))).rejects.toMatchObject({
      code: 'Z_DATA_ERROR',
    });
    await expect(allOf(gzippedLines(inChunks(gzipSync(text).subarray(0, 20), 3)))).rejects.toMatchObject({
      code: 'Z_BUF_ERROR',
    });
  });

  it('fail as their source does', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield gzipSync(text).subarray(0, 10);
      await Promise.resolve();
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    }
    await expect(allOf(gzippedLines(broken()))).rejects.toThrow('socket hang up');
  });

  it('end their source when the reader has enough', async () => {
    const state = { ended: false };
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          await Promise.resolve();
          yield gzipSync(text);
        }
      } finally {
        state.ended = true;
      }
    }
    const lines = gzippedLines(source());
    await lines.next();
    await lines.return({ md5: '' });
    for (let round = 0; round < 100 && !state.ended; round += 1)
      await new Promise((resolve) => setImmediate(resolve));
    expect(state.ended).toBe(true);
  });
});

describe('items without types', () => {
  it.each<[string, unknown, unknown]>([
    ['text', { S: 'x' }, 'x'],
    ['empty text', { S: '' }, ''],
    ['a number', { N: '12.5' }, 12.5],
    ['a negative number', { N: '-0.001' }, -0.001],
    ['a number beyond what JSON holds', { N: '12345678901234567890.5' }, '12345678901234567890.5'],
    ['truth', { BOOL: false }, false],
    ['nothing', { NULL: true }, null],
    ['bytes', { B: 'AAE=' }, 'AAE='],
    ['a list', { L: [{ S: 'x' }, { L: [{ N: '1' }] }] }, ['x', [1]]],
    ['a map', { M: { a: { M: { b: { BOOL: true } } } } }, { a: { b: true } }],
    ['sets', { SS: ['a', 'b'] }, ['a', 'b']],
    ['a set of numbers', { NS: ['1', '12345678901234567890'] }, [1, '12345678901234567890']],
    ['a set of bytes', { BS: ['AA=='] }, ['AA==']],
    ['a type that is not known', { XX: 1 }, { XX: 1 }],
  ])('%s', (_, typed, expected) => {
    expect(plainLine({ Item: { value: typed } })).toEqual({ value: expected });
  });

  it('of an incremental export keep their parts', () => {
    const line = {
      Metadata: { WriteTimestampMicros: { N: '1700000000000000' } },
      Keys: { id: { S: 'a' } },
      NewImage: { id: { S: 'a' }, n: { N: '1' } },
    };
    expect(plainLine(line)).toEqual({
      Metadata: { WriteTimestampMicros: '1700000000000000' },
      Keys: { id: 'a' },
      NewImage: { id: 'a', n: 1 },
    });
  });
});

describe('a manifest', () => {
  it.each(['null', '42', '{}', '[]', '{"manifestFilesS3Key":"k"}', '{"itemCount":1}'])(
    'is none: %s',
    (text) => {
      expect(() => parseSummary(text)).toThrow(SyntaxError);
    },
  );

  it.each(['null', '{}', '{"itemCount":1,"dataFileS3Key":"k"}', 'x'])('has no such line: %s', (text) => {
    expect(() => parseFiles(text)).toThrow(SyntaxError);
  });

  it('of an empty table has no lines', () => {
    expect(parseFiles('\n')).toEqual([]);
  });
});

describe("an error of the caller's own AWS calls", () => {
  const call = { service: 's3', operation: 'GetObject', handles: 'key=k' } as const;

  it.each<[string, unknown, string, number]>([
    [
      'a missing right',
      {
        name: 'AccessDenied',
        message: 'Access Denied',
        $fault: 'client',
        $metadata: { httpStatusCode: 403 },
      },
      'AccessDenied',
      4,
    ],
    [
      'no credentials',
      { name: 'CredentialsProviderError', message: 'Could not load credentials from any providers' },
      'CredentialsMissing',
      4,
    ],
    ['expired ones', { name: 'ExpiredToken', message: 'expired', $fault: 'client' }, 'CredentialsExpired', 4],
    ['a missing object', { name: 'NoSuchKey', message: 'no', $fault: 'client' }, 'NotFound', 5],
    ['a wrong address', { name: 'Error', message: 'connect', code: 'ECONNREFUSED' }, 'AwsUnreachable', 1],
    ['nothing at all', undefined, 'OutcomeUnknown', 1],
  ])('%s has its row of the failure table', (_, error, type, exit) => {
    expect(ownAwsError(call, error)).toMatchObject({
      type,
      exit,
      message: expect.stringMatching(/^GetObject failed \[key=k\]: /),
    });
  });
});
