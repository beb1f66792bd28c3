import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { z } from 'zod';
import { parseInput } from '../../domain/validation';
import { InvalidInputError } from '../errors';
import { answerProblem, begin, pathOf } from './answers';
import type { ApiContext, MetricsAccess, Operations } from './api';
import { ApiError } from './api-error';
import { authenticator, type AuthSettings } from './authenticate';
import { docsPage } from './docs-page';
import { createMetrics } from './metrics';
import { openApiHead, transform, transformObject } from './openapi';
import { healthRoutes } from './routes/health';
import { lookUpRoutes } from './routes/look-ups';
import { metricsRoute } from './routes/metrics';
import { operationListRoute } from './routes/operation-list';
import { operationRoutes } from './routes/operations';
import { planRoutes } from './routes/plans';
import { runEventRoutes } from './routes/run-events';
import { retryRoutes } from './routes/retry';
import { runRoutes } from './routes/runs';
import { scheduleActionRoutes } from './routes/schedule-actions';
import { scheduleRoutes } from './routes/schedules';
import { base } from './run-links';
import { traceRequests } from './trace-requests';
import { clientAddress } from './trusted-proxies';
import { answerWireError } from './wire-errors';

export interface ApiOptions {
  operations: Operations;
  auth: AuthSettings;
  /** Absent: nothing is logged. */
  logger?: FastifyBaseLogger;
  /** Requests a minute from one address; 600 when absent. */
  rateLimit?: number;
  /** Addresses and CIDR ranges of the proxies whose X-Forwarded-For is believed; none when absent. */
  trustedProxies?: string[];
  watchIntervalMs?: number;
  heartbeatMs?: number;
  maxStreams?: number;
  stallLimitMs?: number;
  /** A request that has not arrived whole after so long is refused, in milliseconds; 30 seconds when absent. */
  requestTimeoutMs?: number;
  /** Who may read /metrics; viewers when absent. */
  metricsAccess?: MetricsAccess;
  /** Memory, CPU and event loop are among the metrics; for the one API of a process. */
  processMetrics?: boolean;
  /** A span around each request; the process has been made to send them. */
  traced?: boolean;
}

const shutdownGraceMs = 8_000;
const bodyLimitBytes = 256 * 1024;
/** Workflow ids have 1000 characters at most; percent-encoded each may take several. */
const longestParameter = 12_000;

/** The HTTP API over an operations client; listen() and close() are the caller's. */
export async function createApi(options: ApiOptions): Promise<FastifyInstance> {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // each stream of events listens to it
  const metrics = createMetrics({ ofProcess: options.processMetrics ?? false });
  const requestTimeoutMs = options.requestTimeoutMs ?? 30_000;
  const context: ApiContext = {
    operations: options.operations,
    watchIntervalMs: options.watchIntervalMs ?? 1_000,
    heartbeatMs: options.heartbeatMs ?? 15_000,
    maxStreams: options.maxStreams ?? 200,
    stallLimitMs: options.stallLimitMs ?? 60_000,
    metrics,
    metricsAccess: options.metricsAccess ?? 'viewer',
    closing: closing.signal,
  };
  const app: FastifyInstance = fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    trustProxy: options.trustedProxies?.length ? options.trustedProxies : false,
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    http: {
      // Node takes the longer of the two for the whole request, and its own for headers is a minute.
      headersTimeout: requestTimeoutMs,
      // How often slow requests are looked for; node's own 30 seconds would give them as long again.
      connectionsCheckingInterval: Math.min(requestTimeoutMs, 5_000),
    },
    return503OnClosing: false, // the answer would be no problem document: `shuttingDown` below
    logController: new LogController({ disableRequestLogging: true }), // two lines for each; access-log.ts has one
    genReqId: requestIdOf,
    routerOptions: { maxParamLength: longestParameter },
    clientErrorHandler: (error, socket) =>
      answerWireError(error, socket, app.log, (type) => metrics.problems.inc({ type })),
    // No hook has run for these: the address cannot be read.
    frameworkErrors: (error, request, reply) => {
      begin(request as FastifyRequest, reply as FastifyReply, metrics);
      answerProblem(error, request as FastifyRequest, reply as FastifyReply, metrics);
    },
  });
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('principal', undefined);
  app.decorateRequest('problem', undefined);
  app.setValidatorCompiler(({ schema, httpPart }) => checkOf(schema, httpPart));
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, metrics));
  app.addHook('onRequest', async (request, reply) => {
    begin(request, reply, metrics);
    if (request.url.startsWith('/v1')) reply.header('cache-control', 'no-store');
    if (closing.signal.aborted && !request.routeOptions.config.probe) {
      throw new ApiError('ShuttingDown', 'the API shuts down and takes no new requests');
    }
  });
  app.addHook('onRoute', ({ method, url, config }) => {
    if (url.startsWith(`${base}/`) && config?.role === undefined)
      throw new Error(`route without a role [${String(method)} ${url}]: anybody could use it`);
  });
  app.addHook('preParsing', authenticator(options.auth));
  if (options.traced) traceRequests(app);
  app.addHook('preClose', async () => {
    closing.abort();
    // Requests under way are answered; a connection that is still there then would hold up the shutdown for ever.
    setTimeout(() => app.server.closeAllConnections(), shutdownGraceMs).unref();
  });

  await app.register(rateLimit, {
    max: options.rateLimit ?? 600,
    timeWindow: '1 minute',
    keyGenerator: (request) => normalizeIP(clientAddress(request)),
  });
  await app.register(swagger, { openapi: openApiHead as never, transform, transformObject });
  await app.register(swaggerUi, docsPage);
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request) => {
    throw new ApiError('RouteNotFound', `there is no ${request.method} ${pathOf(request)}`);
  });
  const rooms = [
    operationListRoute,
    operationRoutes,
    planRoutes,
    runRoutes,
    retryRoutes,
    runEventRoutes,
    scheduleRoutes,
    scheduleActionRoutes,
    lookUpRoutes,
    healthRoutes,
    metricsRoute,
  ];
  for (const routes of rooms) routes(app, context);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.ready();
  return app;
}

/** The caller's own request id where it is one that a log can bear, else a new one. */
function requestIdOf({ headers }: { headers: Record<string, string | string[] | undefined> }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

/** Bodies are checked where they are used, all problems at once; headers and paths by their own readers. */
function checkOf(schema: unknown, part: string | undefined) {
  return (data: unknown) => {
    if (part !== 'querystring' || !(schema instanceof z.ZodType)) return { value: data };
    const parsed = parseInput(schema, data);
    return parsed.ok ? { value: parsed.value } : { error: new InvalidInputError('request', parsed.problems) };
  };
}
