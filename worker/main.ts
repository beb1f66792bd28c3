process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import type { Server } from 'node:http';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { loadWorkerConfig } from '../config';
import type * as Tracing from '../tracing';
import { createAwsClients, requireAwsIdentity } from './aws-clients';
import { thisBuild } from './build';
import { createUndropWorker } from './create-worker';
import { tellBuild, watchRuns } from './gauges';
import { serveHealth } from './health';
import { createLogger } from './logger';
import { installRuntime } from './runtime';
import { requireSearchAttributes } from './search-attributes';

/** Runs one worker until SIGINT or SIGTERM; everything it needs is looked for first, and said when it is missing. */
async function main(): Promise<void> {
  const config = loadWorkerConfig(process.env);
  const build = thisBuild();
  const deployment = {
    name: config.deployment?.name ?? 'undrop',
    buildId: config.deployment?.buildId ?? build.buildId,
    ...(config.deployment && { behavior: config.deployment.behavior }),
  };
  const about = {
    version: build.version,
    buildId: deployment.buildId,
    ...(deployment.behavior && { deployment: deployment.name, versioning: deployment.behavior }),
  };
  const logger = createLogger(config.logLevel);
  const { metricMeter } = installRuntime(logger, config.metricsAddress);
  const tracing = config.tracing ? loadTracing() : undefined;
  const traced = tracing?.startTracing('undrop-worker');
  const clients = createAwsClients(config.aws);
  const { region } = await requireAwsIdentity(clients);
  const { address, namespace } = config.temporal;
  const connection = await NativeConnection.connect(config.temporal.options).catch((error: unknown) => {
    throw new Error(
      `Temporal cannot be reached [address=${address}]: ${plainReason(error)}; start it there, or correct TEMPORAL_ADDRESS`,
    );
  });
  let health: Server | undefined;
  let stopWatching: (() => void) | undefined;
  try {
    await requireSearchAttributes(connection, namespace);
    let worker: Worker | undefined;
    // Before the worker: a worker that was made must run, or its connection cannot be closed.
    if (config.healthPort !== undefined) {
      const served = await serveHealth(config.healthPort, {
        live: () => true,
        ready: () => worker?.getState() === 'RUNNING',
        about,
      });
      health = served.server;
      logger.info('health endpoint ready', { port: served.port });
    }
    if (config.metricsAddress !== undefined) {
      tellBuild(metricMeter, about);
      stopWatching = watchRuns(metricMeter, { connection, namespace, ...about }, logger);
      logger.info('metrics endpoint ready', { address: config.metricsAddress });
    }
    worker = await createUndropWorker({
      connection,
      namespace,
      taskQueue: config.taskQueue,
      clients,
      deployment,
      notifier: { webhooks: config.webhooks, place: { uiUrl: config.uiUrl, address, namespace } },
      ...(tracing && traced && { tracing: tracing.traceWorker(traced) }),
    });
    const stop = () => worker.getState() === 'RUNNING' && worker.shutdown();
    process.on('SIGINT', stop).on('SIGTERM', stop);
    logger.info('worker started', {
      temporal: address,
      namespace,
      taskQueue: config.taskQueue,
      region,
      awsEndpoint: config.aws.endpointUrl,
      ...about,
      webhooks: [...config.webhooks.keys()],
      tracing: config.tracing,
    });
    await worker.run();
    logger.info('worker stopped');
  } finally {
    stopWatching?.();
    health?.close();
    await connection.close();
    await traced?.flush();
  }
}

/** Loaded only when traces are sent. */
const loadTracing = () => require('../tracing') as typeof Tracing;

/** The reason inside the nested words of the SDK's transport, such as `Connection refused`. */
function plainReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /(?:message|error): "([^"]+)"/.exec(text)?.[1] ?? text.split('\n')[0]!;
}

main().catch((error: unknown) => {
  const verbose = process.env.UNDROP_LOG_LEVEL === 'debug' && error instanceof Error;
  const text = verbose ? error.stack : error instanceof Error ? error.message : String(error);
  // Temporal's runtime, installed with the logger, would keep the process alive for ever.
  process.stderr.write(`undrop worker: ${text}\n`, () => process.exit(1));
});
