import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import pino, { type Logger } from 'pino';
import { TemporalUnreachableError } from '../errors';
import { OperationsClient } from '../operations-client';
import { tracingOf } from '../tracing';
import { createApi } from './app';
import { isOpen } from './authenticate';
import { type ApiConfig, loadApiConfig } from './config';

/** Values that must never reach the log, whatever carries them. */
const redact = [
  '*.authorization',
  '*.Authorization',
  '*.cookie',
  '*.password',
  '*.apiKey',
  '*.headers.authorization',
];

/** Runs the HTTP API until SIGINT or SIGTERM; exit code 0 then, 1 when it cannot start. */
async function main(): Promise<void> {
  const config = loadApiConfig(process.env, (path) => readFileSync(path, 'utf8'));
  const logger = pino(
    { level: config.logLevel, base: undefined, redact, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(2),
  );
  const traced = tracingOf(config, 'undrop-api') !== undefined;
  const { operations, reached } = await reach(config, logger);
  const { auth, rateLimit, trustedProxies, metricsAccess } = config;
  const app = await createApi({
    operations,
    auth,
    rateLimit,
    trustedProxies,
    metricsAccess,
    processMetrics: true,
    logger,
    traced,
  });
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) process.exit(1); // asked twice: now
    stopping = true;
    logger.info(
      { signal },
      'API stops: no new requests, those under way are answered, streams of events end',
    );
    void app
      .close()
      .then(() => operations.close())
      .then(() => logger.info('API stopped'));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const address = await listen(app, config);
    const { address: temporal, namespace } = config.temporal;
    const authentication = isOpen(auth) ? 'none: this machine only' : 'bearer tokens';
    logger.info(
      { address, docs: `${address}/docs`, temporal, namespace, authentication },
      reached ? 'API ready' : 'API listens, and is ready when Temporal can be reached',
    );
  } catch (error) {
    await operations.close();
    throw error;
  }
}

/**
 * A Temporal that is away now may be back in a minute, and until then the API can say what is wrong: no reason not to
 * start. Whatever else is wrong, a refused API key for one, is.
 */
async function reach(
  config: ApiConfig,
  logger: Logger,
): Promise<{ operations: OperationsClient; reached: boolean }> {
  try {
    return { operations: await OperationsClient.connect(config), reached: true };
  } catch (error) {
    if (!(error instanceof TemporalUnreachableError)) throw error;
    logger.error({ checks: error.checks, remedy: error.remedy }, error.message);
    return { operations: OperationsClient.open(config), reached: false };
  }
}

/** @throws Error that names the address and what to do. */
async function listen(app: FastifyInstance, { host, port }: ApiConfig): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const why: Record<string, string> = {
      EADDRINUSE:
        'another program listens there; stop it, or set UNDROP_API_PORT to another port (0: any free one)',
      EACCES: 'this user may not listen there; set UNDROP_API_PORT to a port above 1023',
      EADDRNOTAVAIL: 'this machine has no such address; correct UNDROP_API_HOST',
      ENOTFOUND: 'there is no such host; correct UNDROP_API_HOST',
    };
    throw new Error(`listening failed [host=${host}, port=${port}]: ${why[code] ?? message}`, {
      cause: error,
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`undrop api: ${error instanceof Error ? error.message : String(error)}\n`, () =>
    process.exit(1),
  );
});
