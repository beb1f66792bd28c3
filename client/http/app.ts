import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseInput } from '../../domain/validation';
import { InvalidInputError } from '../errors';
import type { ApiContext, Operations } from './api';
import { ApiError } from './api-error';
import { authenticator, type AuthSettings } from './authenticate';
import { openApiHead, transform, transformObject } from './openapi';
import { problemMediaType, problemOf } from './problem';
import { healthRoutes } from './routes/health';
import { lookUpRoutes } from './routes/look-ups';
import { operationRoutes } from './routes/operations';
import { runEventRoutes } from './routes/run-events';
import { runRoutes } from './routes/runs';

export interface ApiOptions {
  operations: Operations;
  auth: AuthSettings;
  /** Absent: nothing is logged. */
  logger?: FastifyBaseLogger;
  /** Requests a minute from one address; 600 when absent. */
  rateLimit?: number;
  watchIntervalMs?: number;
  heartbeatMs?: number;
  maxStreams?: number;
}

const shutdownGraceMs = 5_000;
const bodyLimitBytes = 256 * 1024;
/** Workflow ids have 1000 characters at most; percent-encoded each may take several. */
const longestParameter = 12_000;

/** The HTTP API over an operations client; listen() and close() are the caller's. */
export async function createApi(options: ApiOptions): Promise<FastifyInstance> {
  const closing = new AbortController();
  const context: ApiContext = {
    operations: options.operations,
    watchIntervalMs: options.watchIntervalMs ?? 1_000,
    heartbeatMs: options.heartbeatMs ?? 15_000,
    maxStreams: options.maxStreams ?? 200,
    closing: closing.signal,
  };
  const app = fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: 30_000,
    genReqId: requestIdOf,
    routerOptions: { maxParamLength: longestParameter },
    frameworkErrors: (error, request, reply) =>
      answerProblem(error, request as FastifyRequest, reply as never),
  });
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('principal', undefined);
  app.setValidatorCompiler(({ schema, httpPart }) => checkOf(schema, httpPart));
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply as never));
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    if (request.url.startsWith('/v1')) reply.header('cache-control', 'no-store');
  });
  app.addHook('preParsing', authenticator(options.auth));
  app.addHook('preClose', async () => {
    closing.abort();
    // Requests under way are answered; a connection that is still there then would hold up the shutdown for ever.
    setTimeout(() => app.server.closeAllConnections(), shutdownGraceMs).unref();
  });

  await app.register(rateLimit, { max: options.rateLimit ?? 600, timeWindow: '1 minute' });
  await app.register(swagger, { openapi: openApiHead as never, transform, transformObject });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request) => {
    throw new ApiError('RouteNotFound', `there is no ${request.method} ${pathOf(request)}`);
  });
  for (const routes of [operationRoutes, runRoutes, runEventRoutes, lookUpRoutes, healthRoutes])
    routes(app, context);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.ready();
  return app;
}

/** The caller's own request id where it is one that a log can bear, else a new one. */
function requestIdOf({ headers }: { headers: Record<string, string | string[] | undefined> }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

const pathOf = ({ url }: { url: string }) => url.split('?')[0]!;

/** Bodies are checked where they are used, all problems at once; headers and paths by their own readers. */
function checkOf(schema: unknown, part: string | undefined) {
  return (data: unknown) => {
    if (part !== 'querystring' || !(schema instanceof z.ZodType)) return { value: data };
    const parsed = parseInput(schema, data);
    return parsed.ok ? { value: parsed.value } : { error: new InvalidInputError('request', parsed.problems) };
  };
}

type Reply = {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): Reply;
};

function answerProblem(error: unknown, request: FastifyRequest, reply: Reply): void {
  const problem = problemOf(error, pathOf(request), request.id);
  const { type, status, detail } = problem;
  const who = request.principal?.name;
  if (status >= 500) request.log.error({ err: error, type, who }, detail);
  else request.log.info({ type, status, who }, detail);
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="undrop"');
  reply.code(status).header('content-type', problemMediaType).send(problem);
}
