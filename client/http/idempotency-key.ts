import type { FastifyRequest } from 'fastify';

/** The key, if one was sent. The IETF draft of the header has its value in double quotes; most clients send it bare. */
export function idempotencyKeyOf({ headers }: FastifyRequest): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined) return undefined;
  const text = [header].flat().join(', ');
  return /^"(.*)"$/.exec(text)?.[1] ?? text;
}
