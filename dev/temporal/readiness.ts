import type { ConnectionOptions } from '@temporalio/client';

/** A namespace and how to connect to its server. */
export interface Place {
  namespace: string;
  connection: ConnectionOptions;
}

/**
 * One look at a Temporal server: undefined when it serves this namespace, else why not. Connecting is not enough:
 * a server accepts connections before it can answer.
 */
export async function lookAtServer(
  { namespace, connection }: Place,
  limitMs: number,
): Promise<string | undefined> {
  // Loading the client takes 300 ms: only those who need it pay.
  const { Connection } = await import('@temporalio/client');
  let open: Awaited<ReturnType<typeof Connection.connect>> | undefined;
  try {
    open = await Connection.connect({ ...connection, connectTimeout: limitMs });
    const opened = open;
    await opened.withDeadline(Date.now() + limitMs, () =>
      opened.workflowService.describeNamespace({ namespace }),
    );
    return undefined;
  } catch (error) {
    const { message, details } = error as Error & { details?: string };
    return details || message;
  } finally {
    await open?.close().catch(() => undefined);
  }
}

/** Where the TEMPORAL_* settings point to (address, namespace, TLS, API key, profile), as the SDKs read them. */
export async function configuredPlace(env: Readonly<Record<string, string | undefined>>): Promise<Place> {
  const { loadClientConnectConfig } = await import('@temporalio/envconfig');
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const config = loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(set) });
  return { namespace: config.namespace ?? 'default', connection: config.connectionOptions };
}

/** Looks at that server: undefined when it serves its namespace, else why not. */
export async function checkConnection(
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  try {
    return await lookAtServer(await configuredPlace(env), 5_000);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
