import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { RawRequest } from '../core/types';
import { s3Errors } from './errors';
import { md5 } from './store';

function isChunked(headers: Record<string, string>): boolean {
  return (
    headers['content-encoding']?.includes('aws-chunked') === true ||
    headers['x-amz-content-sha256']?.startsWith('STREAMING-') === true
  );
}

interface Decoded {
  body: Buffer;
  trailers: Record<string, string>;
}

/**
 * Takes the aws-chunked framing off a body: `hex-size[;chunk-signature=…]\r\n data \r\n`, a chunk of size 0, then
 * trailers (`x-amz-checksum-crc32:…`). Signatures are not verified: the simulated AWS verifies none.
 *
 * @throws AwsError IncompleteBody where the framing breaks off
 */
export function decodeChunked(framed: Uint8Array): Decoded {
  const bytes = Buffer.from(framed.buffer, framed.byteOffset, framed.byteLength);
  const chunks: Buffer[] = [];
  let at = 0;
  const line = (): string => {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) throw s3Errors.incompleteBody();
    const text = bytes.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  for (;;) {
    const size = parseInt(line(), 16);
    if (Number.isNaN(size) || at + size > bytes.length) throw s3Errors.incompleteBody();
    if (size === 0) break;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
    if (line() !== '') throw s3Errors.incompleteBody();
  }
  const trailers: Record<string, string> = {};
  for (const text of bytes.toString('latin1', at).split('\r\n')) {
    const colon = text.indexOf(':');
    if (colon > 0) trailers[text.slice(0, colon).trim().toLowerCase()] = text.slice(colon + 1).trim();
  }
  return { body: Buffer.concat(chunks), trailers };
}

const checksums: Record<string, (body: Uint8Array) => Buffer> = {
  'content-md5': (body) => md5(body),
  'x-amz-checksum-sha1': (body) => createHash('sha1').update(body).digest(),
  'x-amz-checksum-sha256': (body) => createHash('sha256').update(body).digest(),
  'x-amz-checksum-crc32': (body) => {
    const digest = Buffer.alloc(4);
    digest.writeUInt32BE(crc32(body));
    return digest;
  },
};

/**
 * The bytes a client meant to send: unframed, and proved against every checksum that came along as header or trailer
 * (MD5, SHA-1, SHA-256, CRC32; others are taken on trust).
 *
 * @throws AwsError BadDigest, IncompleteBody
 */
export function requestBody(request: RawRequest): Uint8Array {
  const { headers } = request;
  const decoded: { body: Uint8Array; trailers: Record<string, string> } = isChunked(headers)
    ? decodeChunked(request.body)
    : { body: request.body, trailers: {} };
  const declared = headers['x-amz-decoded-content-length'];
  if (declared !== undefined && Number(declared) !== decoded.body.length) throw s3Errors.incompleteBody();
  for (const [name, digest] of Object.entries(checksums)) {
    const expected = headers[name] ?? decoded.trailers[name];
    if (expected !== undefined && expected !== digest(decoded.body).toString('base64'))
      throw s3Errors.badDigest(name);
  }
  return decoded.body;
}
