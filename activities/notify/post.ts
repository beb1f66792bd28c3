import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isForbiddenAddress } from '../../domain/webhook-address';

/** From the first byte to the answer's head; receivers that need longer should answer first and work then. */
const timeoutMs = 15_000;

export interface Answer {
  status: number;
  /** The header, if there was one. */
  retryAfter?: string;
}

/** Why there was no answer, as a code: the text of such errors names the address, which is nobody's business. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(readonly code: string) {
    super(code);
  }
}

/**
 * Posts JSON and waits for the answer's head; its body is not read, redirects are not followed, and an address that the
 * name leads to is looked at before anything is sent to it.
 * @throws NoAnswer
 */
export function post(url: string, headers: Record<string, string>, body: string): Promise<Answer> {
  const { request } = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      // A connection of its own: one that the receiver is just closing would be an attempt lost.
      agent: false,
      lookup: guardedLookup,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'undrop',
        ...headers,
      },
    });
    sent.on('response', (response) => {
      response.destroy();
      const retryAfter = response.headers['retry-after'];
      resolve({ status: response.statusCode ?? 0, ...(retryAfter !== undefined && { retryAfter }) });
    });
    sent.on('error', (error: NodeJS.ErrnoException) => reject(new NoAnswer(codeOf(error))));
    sent.end(body);
  });
}

function codeOf({ name, code }: NodeJS.ErrnoException): string {
  if (name === 'AbortError' || name === 'TimeoutError') return 'no answer in time';
  return code ?? 'the connection broke';
}

/** The system's resolver, but for addresses that are forbidden: a name could be made to lead to them at any time. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '');
    if (addresses.some(({ address }) => isForbiddenAddress(address)))
      return callback(Object.assign(new Error('forbidden address'), { code: forbiddenCode }), '');
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first?.address ?? '', first?.family);
  });
};

/** Told of a name that leads to an address of the link. */
export const forbiddenCode = 'EFORBIDDENADDRESS';
