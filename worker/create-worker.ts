import { existsSync } from 'node:fs';
import path from 'node:path';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createActivities } from '../activities';
import type { AwsClients } from '../activities/clients';

export interface UndropWorkerOptions {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  clients: AwsClients;
  /** Further SDK options, for tests and tuning. */
  overrides?: Partial<WorkerOptions>;
}

/** Time for activities under way to end before a stopping worker gives them up. */
export const shutdownGraceTime = '30 seconds';

/**
 * The bundle that `npm run build` makes, beside the compiled sources or, when running from TypeScript, in dist/;
 * starting from it takes less than half the time of bundling anew. Undefined when there is none.
 */
export function workflowBundlePath(): string | undefined {
  return ['..', '../dist']
    .map((folder) => path.join(__dirname, folder, 'workflow-bundle.js'))
    .find((candidate) => existsSync(candidate));
}

/** An Undrop worker: all workflows and activities on one task queue. */
export async function createUndropWorker(options: UndropWorkerOptions): Promise<Worker> {
  const bundle = workflowBundlePath();
  return Worker.create({
    connection: options.connection,
    namespace: options.namespace,
    taskQueue: options.taskQueue,
    activities: createActivities(options.clients),
    ...(bundle
      ? { workflowBundle: { codePath: bundle } }
      : { workflowsPath: require.resolve('../workflows') }),
    shutdownGraceTime,
    // A killed worker's sticky queue is given up after a second, so that its runs go on elsewhere at once (docs/adr/0006).
    stickyQueueScheduleToStartTimeout: '1 second',
    ...options.overrides,
  });
}
