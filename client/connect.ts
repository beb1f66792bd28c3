import {
  Client,
  type ClientOptions,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';
import type { ClientConfig } from '../config/client-config';
import { checkConnection } from './connection-checks';
import { ClientError, TemporalUnreachableError } from './errors';
import { clientErrorOf } from './temporal-errors';
import { tracingOf } from './tracing';

const defaultConnectTimeoutMs = 8_000;

/**
 * Opens the connection. Whether the host is known and its port answers is looked at first: gRPC itself would only say
 * that the time is up. TLS is looked at when the connection then fails.
 * @throws TemporalUnreachableError with the checks, or NotAllowed.
 */
export async function connectToTemporal(
  config: ClientConfig,
  connectTimeoutMs = defaultConnectTimeoutMs,
): Promise<Client> {
  const { address, namespace, tls, proxied, options } = config.temporal;
  if (!proxied) {
    const checks = await checkConnection(address);
    if (checks.some((check) => !check.ok)) throw new TemporalUnreachableError(address, checks);
  }
  const connection = lazyConnection(config, connectTimeoutMs);
  try {
    await connection.ensureConnected();
  } catch (error) {
    await connection.close();
    const named = clientErrorOf(error, { what: 'connection to Temporal', address, namespace });
    if (named instanceof ClientError && named.type !== 'TemporalUnreachable') throw named;
    const serverName = typeof options.tls === 'object' ? options.tls?.serverNameOverride : undefined;
    const checks = proxied ? [] : await checkConnection(address, { tls, ...(serverName && { serverName }) });
    throw new TemporalUnreachableError(address, checks, error);
  }
  return new Client({ connection, namespace, ...interceptors(config) });
}

/** A client that connects with its first call, and so can be had while Temporal is away; nothing is looked at. */
export function openToTemporal(config: ClientConfig): Client {
  const connection = lazyConnection(config, defaultConnectTimeoutMs);
  return new Client({ connection, namespace: config.temporal.namespace, ...interceptors(config) });
}

/** A span around each start of a run, when traces are sent. */
function interceptors(config: ClientConfig): Pick<ClientOptions, 'interceptors'> {
  const tracing = tracingOf(config);
  return tracing ? { interceptors: { workflow: [tracing.clientInterceptor()] } } : {};
}

function lazyConnection({ temporal }: ClientConfig, connectTimeoutMs: number): Connection {
  const { address, options } = temporal;
  return Connection.lazy({
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
}
