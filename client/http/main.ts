import { readFileSync } from 'node:fs';
import pino from 'pino';
import { OperationsClient } from '../operations-client';
import { createApi } from './app';
import { isOpen } from './authenticate';
import { loadApiConfig } from './config';

/** Values that must never reach the log, whatever carries them. */
const redact = [
  '*.authorization',
  '*.Authorization',
  '*.cookie',
  '*.password',
  '*.apiKey',
  '*.headers.authorization',
];

/** Runs the HTTP API until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const config = loadApiConfig(process.env, (path) => readFileSync(path, 'utf8'));
  const logger = pino(
    { level: config.logLevel, base: undefined, redact, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(2),
  );
  const operations = await OperationsClient.connect(config);
  const { auth, rateLimit } = config;
  const app = await createApi({ operations, auth, rateLimit, logger });
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'API stops: no new requests, what runs is ended');
    void app.close().then(() => operations.close());
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const address = await app.listen({ host: config.host, port: config.port });
    const { address: temporal, namespace } = config.temporal;
    const authentication = isOpen(auth) ? 'none: this machine only' : 'bearer tokens';
    logger.info({ address, docs: `${address}/docs`, temporal, namespace, authentication }, 'API ready');
  } catch (error) {
    await operations.close();
    throw error;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`undrop api: ${error instanceof Error ? error.message : String(error)}\n`, () =>
    process.exit(1),
  );
});
