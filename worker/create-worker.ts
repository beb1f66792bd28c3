import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  type NativeConnection,
  Worker,
  type WorkerDeploymentOptions,
  type WorkerOptions,
} from '@temporalio/worker';
import { createActivities } from '../activities';
import type { AwsClients } from '../activities/clients';
import type { VersioningBehavior } from '../config';
import type { Notifier } from '../activities/notify/notifier';

export interface UndropWorkerOptions {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  clients: AwsClients;
  /** The build this worker is, and how its runs are versioned, if they are (docs/adr/0009). */
  deployment?: { name: string; buildId: string; behavior?: VersioningBehavior };
  /** Receivers of notifications, and where their links lead. */
  notifier: Notifier;
  /** Spans around workflows and activities: what traceWorker() of tracing/ gives. */
  tracing?: Required<Pick<WorkerOptions, 'interceptors' | 'sinks'>>;
  /** Further SDK options, for tests and tuning. */
  overrides?: Partial<WorkerOptions>;
}

/** Time for activities under way to end before a stopping worker gives them up. */
export const shutdownGraceTime = '30 seconds';

/**
 * The bundle that `npm run build` makes, beside the compiled sources or, when running from TypeScript, in dist/;
 * starting from it takes less than half the time of bundling anew. Undefined when there is none. The traced one is the same
 * workflows with OpenTelemetry's interceptors around them.
 */
export function workflowBundlePath(traced = false): string | undefined {
  return ['..', '../dist']
    .map((folder) =>
      path.join(__dirname, folder, traced ? 'workflow-bundle-traced.js' : 'workflow-bundle.js'),
    )
    .find((candidate) => existsSync(candidate));
}

/** An Undrop worker: all workflows and activities on one task queue. */
export async function createUndropWorker(options: UndropWorkerOptions): Promise<Worker> {
  const { deployment, tracing } = options;
  const bundle = workflowBundlePath(tracing !== undefined);
  return Worker.create({
    connection: options.connection,
    namespace: options.namespace,
    taskQueue: options.taskQueue,
    activities: createActivities(options.clients, options.notifier),
    ...(bundle
      ? { workflowBundle: { codePath: bundle } }
      : { workflowsPath: require.resolve('../workflows') }),
    ...tracing,
    ...(deployment && { workerDeploymentOptions: deploymentOptions(deployment) }),
    shutdownGraceTime,
    // A killed worker's sticky queue is given up after a second, so that its runs go on elsewhere at once (docs/adr/0006).
    stickyQueueScheduleToStartTimeout: '1 second',
    ...options.overrides,
  });
}

function deploymentOptions({
  name: deploymentName,
  buildId,
  behavior,
}: NonNullable<UndropWorkerOptions['deployment']>): WorkerDeploymentOptions {
  const version = { deploymentName, buildId };
  // Unversioned, it is only told: the UI shows which build a worker is.
  if (behavior === undefined) return { version, useWorkerVersioning: false };
  const defaultVersioningBehavior = behavior === 'pinned' ? 'PINNED' : 'AUTO_UPGRADE';
  return { version, useWorkerVersioning: true, defaultVersioningBehavior };
}
