import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery } from './dispatch';
import type { RawRequest, RawResponse } from './types';

/** Requests beyond this are refused: the largest thing sent here is an S3 object of a test. */
const longestBodyBytes = 256 * 1024 * 1024;

export interface RunningServer {
  port: number;
  /** Cuts all connections, also those a `hang` fault holds, and frees the port. */
  close(): Promise<void>;
}

/**
 * An HTTP server on 127.0.0.1 only: the simulator has no authentication, so it must not be reachable from elsewhere.
 * The `Date` header stays Node's own: virtual time there would shift the clock that AWS clients sign with.
 *
 * @throws the error of `listen`, e.g. with code EADDRINUSE.
 */
export async function startHttpServer(
  port: number,
  handle: (request: RawRequest) => Promise<Delivery>,
): Promise<RunningServer> {
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (incoming, response) => {
    serve(incoming, response, handle).catch(() => incoming.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  handle: (request: RawRequest) => Promise<Delivery>,
): Promise<void> {
  const request = await readRequest(incoming);
  if (request === undefined) {
    write(response, { status: 413, headers: { connection: 'close' }, body: 'request too large' });
    return;
  }
  const delivery = await handle(request);
  switch (delivery.kind) {
    case 'reply':
      write(response, delivery.response, incoming.method === 'HEAD');
      break;
    case 'truncate':
      truncate(response, delivery.response);
      break;
    case 'drop':
      incoming.socket.destroy();
      break;
    case 'hang':
      break;
  }
}

async function readRequest(incoming: IncomingMessage): Promise<RawRequest | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestBodyBytes) return undefined;
    chunks.push(chunk);
  }
  const [path = '/', ...rest] = (incoming.url ?? '/').split('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(rest.join('?')),
    headers,
    body: Buffer.concat(chunks),
  };
}

function write(response: ServerResponse, { status, headers, body }: RawResponse, head = false): void {
  const bytes = Buffer.from(body ?? '');
  // An answer to HEAD announces the length of the body it does not carry (the room says it); 204 and 304 carry none.
  const bodiless = (head && headers['content-length'] !== undefined) || status === 204 || status === 304;
  const length = bodiless ? {} : { 'content-length': bytes.length };
  response.writeHead(status, { ...headers, ...length });
  response.end(head ? undefined : bytes);
}

/** Promises the whole body, sends half of it and cuts the connection once that half has left. */
function truncate(response: ServerResponse, { status, headers, body }: RawResponse): void {
  const bytes = Buffer.from(body ?? '');
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}
