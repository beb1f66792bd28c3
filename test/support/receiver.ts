import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Notification } from '../../domain/notification/notification';

/** What a receiver does with a message: answers so, or takes it and then cuts the connection, or never answers. */
export type Reaction = { status: number; headers?: Record<string, string> } | 'drop' | 'hang';

export interface Received {
  id: string;
  body: string;
  message: Notification;
  /** Whether the official library takes it for signed with the receiver's secret. */
  genuine: boolean;
}

/** A receiver of webhooks on this machine, verified by the reference implementation of Standard Webhooks. */
export class Receiver {
  readonly secret = `whsec_${randomBytes(32).toString('base64')}`;
  readonly received: Received[] = [];
  /** Reactions to come, in order; then the usual one. */
  readonly next: Reaction[] = [];
  usual: Reaction = { status: 204 };
  private server: Server | undefined;
  private port = 0;

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await receiver.listen();
    unclosed.add(receiver);
    return receiver;
  }

  /** With a part that is nobody's business, to be looked for where it must not be. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/hook/canary-of-the-url`;
  }

  /** As the worker has it. */
  get endpoint() {
    return { url: this.url, keys: [Buffer.from(this.secret.slice('whsec_'.length), 'base64')] };
  }

  /** Listens, again on the same port after a close. */
  async listen(): Promise<void> {
    this.server = createServer((request, response) => {
      void this.take(request).then(() => {
        const reaction = this.next.shift() ?? this.usual;
        if (reaction === 'drop') request.socket.destroy();
        else if (reaction !== 'hang') response.writeHead(reaction.status, reaction.headers).end();
      });
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** What came of the run of this id. */
  of(workflowId: string): Received[] {
    return this.received.filter(({ message }) => message.data.run.workflowId === workflowId);
  }

  async until(workflowId: string, count: number): Promise<Received[]> {
    for (let round = 0; round < 1_200 && this.of(workflowId).length < count; round += 1) await sleep(50);
    return this.of(workflowId);
  }

  async close(): Promise<void> {
    unclosed.delete(this);
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve) ?? resolve(undefined));
  }

  private async take(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    this.received.push({
      id: String(request.headers['webhook-id']),
      body,
      message: JSON.parse(body) as Notification,
      genuine: isGenuine(this.secret, body, request.headers as Record<string, string>),
    });
  }
}

function isGenuine(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

const unclosed = new Set<Receiver>();
afterAll(async () => {
  for (const receiver of unclosed) await receiver.close();
});
