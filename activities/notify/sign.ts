import { createHmac } from 'node:crypto';

/**
 * The headers of a signed message, as https://www.standardwebhooks.com has them: the signature covers id, time and body,
 * so that a receiver can refuse what is forged, changed or old. One signature a key.
 */
export function signedHeaders(
  keys: readonly Buffer[],
  id: string,
  atSeconds: number,
  body: string,
): Record<string, string> {
  const signed = keys.map((key) =>
    createHmac('sha256', key).update(`${id}.${atSeconds}.${body}`).digest('base64'),
  );
  return {
    'webhook-id': id,
    'webhook-timestamp': String(atSeconds),
    'webhook-signature': signed.map((signature) => `v1,${signature}`).join(' '),
  };
}
