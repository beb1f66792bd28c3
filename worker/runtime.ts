import { type Logger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { type Metric, metrics } from '../domain/metrics';

/** Upper bounds of our histograms; those of Temporal's own stay as they are. */
const histogramBucketOverrides = Object.fromEntries(
  (Object.values(metrics) as Metric[]).flatMap(({ name, buckets }) =>
    buckets === undefined ? [] : [[name, [...buckets]]],
  ),
);

/**
 * Installs Temporal's runtime, once per process: its messages go to our log, and its metrics, ours among them, to a
 * Prometheus endpoint (`GET /metrics`) when an address is given.
 * @throws Error in plain words when the address cannot be listened at.
 */
export function installRuntime(logger: Logger, metricsAddress?: string): Runtime {
  try {
    return Runtime.install({
      logger,
      telemetryOptions: {
        logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'WARN' }) },
        ...(metricsAddress !== undefined && {
          metrics: { prometheus: { bindAddress: metricsAddress, histogramBucketOverrides } },
        }),
      },
      shutdownSignals: [],
    });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (metricsAddress === undefined || !/prometheus/i.test(text)) throw error;
    const why = /in use/i.test(text) ? 'the port is taken' : text;
    throw new Error(
      `the address of UNDROP_METRICS_ADDRESS cannot be listened at [address=${metricsAddress}]: ${why}; choose another, or unset it`,
      { cause: error },
    );
  }
}
