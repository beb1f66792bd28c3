import type { SearchAttributeType } from '@temporalio/common';
import { loadClientConfig, type ClientConfig } from '../../config';
import { createResolveEffects } from './effects';
import { resolveTemporal, TemporalUnavailableError } from './resolve';
import { registerSearchAttributes } from '../../client/search-attributes';
import { startTemporalServer, type TemporalServer, type TemporalServerOptions } from './server';

export interface OpenTemporal extends Omit<TemporalServer, 'pid' | 'ended'> {
  /** The process of our own server; undefined when TEMPORAL_ADDRESS names someone else's. */
  pid: number | undefined;
}

/**
 * A Temporal server to work with: the one of TEMPORAL_ADDRESS when it is set (then `stop` leaves it alone, and
 * UNDROP_UI_URL says where its Web UI is), otherwise a development server of our own.
 * @throws TemporalUnavailableError when neither can be had.
 */
export async function openTemporal(options: TemporalServerOptions = {}): Promise<OpenTemporal> {
  const { env = process.env, log } = options;
  const place = await resolveTemporal(createResolveEffects({ env, log }));
  if (place.kind === 'executable') return startTemporalServer({ ...options, executable: place.path });
  const { temporal, uiUrl } = loadClientConfig(env);
  if (options.searchAttributes) await register(temporal, options.searchAttributes);
  return {
    address: place.address,
    uiUrl,
    namespace: temporal.namespace,
    pid: undefined,
    stop: () => Promise.resolve(),
  };
}

async function register(
  temporal: ClientConfig['temporal'],
  attributes: Readonly<Record<string, SearchAttributeType>>,
): Promise<void> {
  const { Connection } = await import('@temporalio/client');
  const connection = await Connection.connect(temporal.options);
  try {
    await registerSearchAttributes(connection, temporal.namespace, attributes);
  } catch (error) {
    throw new TemporalUnavailableError(
      `Temporal namespace not prepared [namespace=${temporal.namespace}]: ${(error as Error).message}\n` +
        `Have its operator register these search attributes: ${Object.keys(attributes).join(', ')}`,
      { cause: error },
    );
  } finally {
    await connection.close();
  }
}
