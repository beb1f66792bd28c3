import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One request as it came over the wire. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the stand-in does with a request: answer it, or do to the socket what bad days do. */
export type Answer =
  { status: number; body?: string | Buffer; headers?: Record<string, string> } | 'drop' | 'hang' | 'cut';

/**
 * A local HTTP server in AWS's place that answers as it is told and keeps every request: for odd cases of the wire that
 * the simulated AWS has no reason to play. Not a model of AWS.
 */
export class AwsStandIn {
  readonly received: Received[] = [];
  readonly url: string;
  private readonly sockets = new Set<Socket>();
  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    private answer: (request: Received) => Answer,
  ) {
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<AwsStandIn> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const standIn = new AwsStandIn(server, () => ({ status: 500 }));
    server.on('connection', (socket) => {
      standIn.sockets.add(socket);
      socket.on('close', () => standIn.sockets.delete(socket));
    });
    server.on('request', (request, response) => void standIn.handle(request, response));
    return standIn;
  }

  /** Forgets what was received and answers like this from now on. */
  answers(answer: Answer | ((request: Received) => Answer)): void {
    this.received.length = 0;
    this.answer = typeof answer === 'function' ? answer : () => answer;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = request;
    const received = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
    this.received.push(received);
    const answer = this.answer(received);
    if (answer === 'hang') return;
    if (answer === 'drop') return void request.socket.destroy();
    if (answer === 'cut') {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('<RestoreTable');
      return void setImmediate(() => request.socket.destroy());
    }
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body ?? '');
  }
}
