import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { ClientConfig } from '../config/client-config';
import { checkConnection, type ConnectionCheck } from './connection-checks';
import { TemporalUnreachableError } from './errors';
import { clientErrorOf } from './temporal-errors';

/**
 * Opens the connection. The layers below it are looked at while it opens, so that a wrong host or port is told at once
 * and not only when the time is up.
 * @throws TemporalUnreachableError with the checks, or NotAllowed.
 */
export async function connectToTemporal(config: ClientConfig, connectTimeoutMs = 8_000): Promise<Client> {
  const { address, namespace, tls, proxied, options } = config.temporal;
  const connection = Connection.lazy({
    address,
    connectTimeout: connectTimeoutMs,
    // Five tries, about two seconds, then the caller is told: who can wait (watch, wait) tries on and says so.
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 5 }))],
    // gRPC would let up to two minutes pass between tries; a person who watches a server come back waits two seconds.
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 250, 'grpc.max_reconnect_backoff_ms': 2_000 },
    ...(options.tls !== undefined && { tls: options.tls }),
    ...(options.apiKey !== undefined && { apiKey: options.apiKey }),
    ...(options.metadata !== undefined && { metadata: options.metadata as Record<string, string> }),
  });
  const serverName = typeof options.tls === 'object' ? options.tls?.serverNameOverride : undefined;
  const checks = proxied
    ? Promise.resolve([])
    : checkConnection(address, { tls, ...(serverName && { serverName }) });
  const opened = connection.ensureConnected();
  try {
    await Promise.race([opened, failedCheck(checks)]);
  } catch (error) {
    opened.catch(() => undefined); // whichever came first has been told
    await connection.close();
    const named = clientErrorOf(error, { what: 'connection to Temporal', address, namespace });
    if (named instanceof TemporalUnreachableError || !(named instanceof Error) || named === error) {
      throw new TemporalUnreachableError(
        address,
        await checks,
        error instanceof FailedCheck ? undefined : error,
      );
    }
    throw named;
  }
  return new Client({ connection, namespace });
}

class FailedCheck extends Error {}

/** Rejects as soon as a layer fails; never settles when all is well, for then the connection has the say. */
async function failedCheck(checks: Promise<ConnectionCheck[]>): Promise<never> {
  const failed = (await checks).find((check) => !check.ok);
  if (failed) throw new FailedCheck(failed.detail);
  return new Promise(() => undefined);
}
