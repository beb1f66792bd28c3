import { createHash } from 'node:crypto';
import { Readable, type Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** What a file turned out to be once all of it was read. */
export interface ReadFile {
  md5: string;
}

/**
 * The lines of a gzipped file, as its bytes arrive; never more of it in memory than a chunk and a line. The return value
 * has the MD5 (base64) of the compressed bytes. Ends the source when the reader stops early.
 * @throws what the source throws, and zlib's errors for bytes that are not gzip.
 */
export async function* gzippedLines(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<string, ReadFile, void> {
  const hash = createHash('md5');
  const gunzip = createGunzip();
  const piped = pipeline(Readable.from(hashed(source, hash)), gunzip as Duplex);
  // Told by the reading below; here only so that it is never unheard.
  piped.catch(() => undefined);
  let rest = '';
  for await (const chunk of gunzip.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield line;
  }
  await piped;
  if (rest.trim() !== '') yield rest;
  return { md5: hash.digest('base64') };
}

async function* hashed(source: AsyncIterable<Uint8Array>, hash: { update(bytes: Uint8Array): unknown }) {
  for await (const bytes of source) {
    hash.update(bytes);
    yield bytes;
  }
}
