import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Health {
  /** The process works at all. */
  live: () => boolean;
  /** It polls for tasks. */
  ready: () => boolean;
  /** Told in every answer: which build this is. */
  about: Record<string, unknown>;
}

/** `GET /livez` and `GET /readyz` on the loopback address: 200 or 503. Port 0 takes any free one. @throws Error when it is taken. */
export async function serveHealth(port: number, health: Health): Promise<{ port: number; server: Server }> {
  const server = createServer((request, response) => {
    const probe =
      request.url === '/livez' ? health.live : request.url === '/readyz' ? health.ready : undefined;
    const status = probe === undefined ? 404 : probe() ? 200 : 503;
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(`${JSON.stringify({ ok: status === 200, ...health.about })}\n`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `the port of UNDROP_HEALTH_PORT is taken [port=${port}]: choose another, or 0 for any free one`,
            )
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, server };
}
