import { randomBytes } from 'node:crypto';
import { NativeConnection, Runtime, DefaultLogger, Worker } from '@temporalio/worker';
import { OperationsClient } from '../../client';
import { loadClientConfig, type ClientConfig } from '../../config';

/** Address of the Temporal server that the test run started (jest globalSetup), or that you started yourself. */
export function temporalAddress(): string {
  const address = process.env.UNDROP_TEST_TEMPORAL_ADDRESS;
  if (!address)
    throw new Error(
      'UNDROP_TEST_TEMPORAL_ADDRESS is not set: these tests need the Temporal server of the test run',
    );
  return address;
}

export interface StandInRig {
  operations: OperationsClient;
  config: ClientConfig;
  /** The environment that a CLI of this rig is given. */
  env: Record<string, string>;
  /** A cluster name of this rig alone, so that no id was ever used before. */
  cluster: string;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  close(): Promise<void>;
}

/** An operations client and a worker with the stand-in workflows, on a task queue of their own. */
export async function standInRig(): Promise<StandInRig> {
  quietRuntime();
  const tag = randomBytes(4).toString('hex');
  const env = {
    TEMPORAL_ADDRESS: temporalAddress(),
    UNDROP_TASK_QUEUE: `stand-in-${tag}`,
    UNDROP_UI_URL: 'http://ui.test',
  };
  const config = loadClientConfig(env);
  const operations = await OperationsClient.connect(config);
  const connection = await NativeConnection.connect({ address: env.TEMPORAL_ADDRESS });
  let worker: Worker | undefined;
  let running: Promise<void> | undefined;
  const stopWorker = async () => {
    worker?.shutdown();
    await running;
    worker = undefined;
  };
  return {
    operations,
    config,
    env,
    cluster: `c${tag}`,
    async startWorker() {
      worker = await Worker.create({
        connection,
        taskQueue: config.taskQueue,
        workflowsPath: require.resolve('./stand-in-workflows'),
      });
      running = worker.run();
    },
    stopWorker,
    async close() {
      await stopWorker();
      await operations.close();
      await connection.close();
    },
  };
}

let quiet = false;
function quietRuntime(): void {
  if (quiet) return;
  quiet = true;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
}
