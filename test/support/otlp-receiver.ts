import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A span as it arrived, with the name of the service that sent it. */
export interface ReceivedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: Record<string, unknown>;
}

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}
interface Body {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: (Omit<ReceivedSpan, 'attributes' | 'service'> & { attributes: Attribute[] })[] }[];
  }[];
}

const plain = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** Stands in for an OpenTelemetry collector: takes spans over OTLP/HTTP in JSON, and keeps them. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  /** Everything that was sent, word for word. */
  text = '';

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<OtlpReceiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new OtlpReceiver(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.url === '/v1/traces') receiver.take(Buffer.concat(chunks).toString());
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    return receiver;
  }

  private take(text: string): void {
    this.text += text;
    for (const { resource, scopeSpans } of (JSON.parse(text) as Body).resourceSpans) {
      const service = String(plain(resource.attributes)['service.name']);
      for (const { spans } of scopeSpans)
        for (const span of spans) this.spans.push({ ...span, service, attributes: plain(span.attributes) });
    }
  }

  /** The span of this name, as soon as it is here; of one trace, if that is given. */
  async span(name: string, traceId?: string): Promise<ReceivedSpan> {
    for (let left = 200; left > 0; left -= 1) {
      const found = this.spans.find(
        (span) => span.name === name && (traceId === undefined || span.traceId === traceId),
      );
      if (found) return found;
      await sleep(100);
    }
    throw new Error(
      `no span ${name}; there are ${[...new Set(this.spans.map((span) => span.name))].join(', ')}`,
    );
  }

  /** A span and all above it that are here, the span first: `name of the service`. */
  lineage(span: ReceivedSpan): string[] {
    const above = this.spans.find(({ spanId }) => spanId === span.parentSpanId);
    return [`${span.name} of ${span.service}`, ...(above ? this.lineage(above) : [])];
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
