import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import { ApiError, type ApiFailureType } from './api-error';
import { problemMediaType, problemOf } from './problem';

const wireFailures: Record<string, [ApiFailureType, string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['RequestTimeout', 'the request did not arrive whole in time'],
  HPE_HEADER_OVERFLOW: ['HeadersTooLarge', 'the headers are larger than 16 KB'],
};

/** Answers what is not HTTP, or not enough of it, with a problem document too, and ends the connection. */
export function answerWireError(
  error: { code?: string },
  socket: Socket,
  log: FastifyBaseLogger,
  count: (type: ApiFailureType) => void,
): void {
  // Nobody is there any more.
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [type, why] = wireFailures[error.code ?? ''] ?? [
    'BadRequest',
    'the request is not HTTP that can be read',
  ];
  const requestId = randomUUID();
  const problem = problemOf(new ApiError(type, why), '', requestId);
  log.info(
    { reqId: requestId, status: problem.status, from: socket.remoteAddress, problem: { type, detail: why } },
    'answered',
  );
  count(type);
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${problemMediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
