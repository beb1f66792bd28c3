import type { OperationsClient } from '../operations-client';
import { environmentOf, type CommonOptions } from './common-options';
import type { Io } from './io';
import { lazy } from './lazy';

/** What a command's action works with. */
export interface Session {
  io: Io;
  options: CommonOptions;
}

/**
 * Opens the operations client, hands it to the body and closes it. Loads the Temporal client only here: it costs a
 * third of a second, which `--help` must not.
 */
export async function withOperations<T>(
  { io, options }: Session,
  body: (operations: OperationsClient) => Promise<T>,
): Promise<T> {
  const config = lazy.clientConfig().loadClientConfig(environmentOf(io.env, options));
  const operations = await lazy.operationsClient().OperationsClient.connect(config);
  try {
    return await body(operations);
  } finally {
    await operations.close();
  }
}
