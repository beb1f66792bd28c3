import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordAnswer } from './access-log';
import type { ApiMetrics } from './metrics';
import { problemMediaType, problemOf, problemTypePrefix } from './problem';

/** The path that was asked for, without its query. */
export const pathOf = ({ url }: { url: string }): string => url.split('?')[0]!;

/** What every answer has, whatever it says, and that it is recorded when it has gone out. */
export function begin(request: FastifyRequest, reply: FastifyReply, metrics: ApiMetrics): void {
  reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
  recordAnswer(request, reply, metrics);
}

/** Answers an error as a problem document. */
export function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: ApiMetrics,
): FastifyReply {
  const document = problemOf(error, pathOf(request), request.id);
  request.problem = { document, error };
  metrics.problems.inc({ type: document.type.replace(problemTypePrefix, '') });
  if (document.status === 401) reply.header('www-authenticate', 'Bearer realm="undrop"');
  return reply.code(document.status).header('content-type', problemMediaType).send(document);
}
