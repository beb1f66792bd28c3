import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiMetrics } from './metrics';
import type { ProblemDocument } from './problem';
import { clientAddress } from './trusted-proxies';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer lasts as long as the run does: its time says nothing. */
    stream?: true;
    /** Asked all day long by machines: logged at level debug. */
    probe?: true;
  }
  interface FastifyRequest {
    /** What was answered instead of what was asked for, and the error behind it when it is ours. */
    problem: { document: ProblemDocument; error?: unknown } | undefined;
  }
}

/**
 * One line in the log and one count for every request, when its answer has gone out or the caller has left: who asked
 * for what, and what came of it. Never a token, a query or a body.
 */
export function recordAnswer(request: FastifyRequest, reply: FastifyReply, metrics: ApiMetrics): void {
  // Not the hook onResponse: it does not run when the caller leaves in the middle of an answer.
  reply.raw.once('close', () => {
    const { method } = request;
    const { url: route = '(none)', config } = request.routeOptions;
    metrics.requests.inc({ method, route, status: reply.statusCode });
    if (!config?.stream) metrics.requestSeconds.observe({ method, route }, reply.elapsedTime / 1000);
    log(request, reply, route);
  });
}

function log(request: FastifyRequest, reply: FastifyReply, route: string): void {
  const { principal, problem } = request;
  const { statusCode: status } = reply;
  const line = {
    method: request.method,
    route,
    path: request.url.split('?')[0],
    status,
    durationMs: Math.round(reply.elapsedTime),
    from: clientAddress(request),
    ...(principal && { who: principal.name, role: principal.role }),
    ...(problem && { problem: { type: problem.document.type, detail: problem.document.detail } }),
    // The caller left before the end of the answer.
    ...(!reply.raw.writableFinished && { cutOff: true }),
  };
  if (status >= 500) request.log.error({ ...line, err: problem?.error }, 'answered');
  else if (request.routeOptions.config?.probe) request.log.debug(line, 'answered');
  else request.log.info(line, 'answered');
}
