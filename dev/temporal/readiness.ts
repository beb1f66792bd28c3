import type { ConnectionOptions } from '@temporalio/client';
import { loadClientConfig } from '../../config';

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

/**
 * Looks at the server of the TEMPORAL_* settings (address, namespace, TLS, API key, profile): undefined when it serves
 * its namespace, else why not.
 */
export async function checkConnection(
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  try {
    const { temporal } = loadClientConfig(env);
    return await lookAtServer({ namespace: temporal.namespace, connection: temporal.options }, 5_000);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
