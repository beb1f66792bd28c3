import type * as Tracing from '../tracing';

/** The tracing of this process when traces are sent; only then OpenTelemetry is loaded. */
export function tracingOf(
  config: { tracing?: boolean },
  serviceName = 'undrop-client',
): Tracing.Tracing | undefined {
  if (!config.tracing) return undefined;
  return (require('../tracing') as typeof Tracing).startTracing(serviceName);
}
