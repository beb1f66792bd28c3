import './native-errors';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { Client, Connection } from '@temporalio/client';
import type { AwsClients } from '../../activities/clients';
import type { Notifier } from '../../activities/notify/notifier';
import { OperationsClient, type RunView, type StartOptions } from '../../client';
import { loadClientConfig } from '../../config';
import { startSimulatorChild, startWorkerChild } from '../../dev/children';
import type { RunningChild } from '../../dev/process';
import { simulatedAwsEnv, type LoggedOperation, type SimulatorControl } from '../../dev/simulator-control';
import type { OperationInputs, OperationName } from '../../domain/operations';
import { createAwsClients } from '../../worker/aws-clients';
import { createUndropWorker, workflowBundlePath } from '../../worker/create-worker';
import { temporalAddress } from './stand-in-rig';

/** Durations that make AWS quick without hiding any of its states. */
export const quickSettings = {
  snapshotCopySeconds: 1,
  snapshotCopyMegaBytesPerSecond: 100_000,
  restorePendingSeconds: 0.3,
  restoreSeconds: 0.7,
  restoreMegaBytesPerSecond: 100_000,
  restoreTotalUnknownSeconds: 0.1,
  busyAfterRestoreSeconds: 0,
  exportSeconds: 1,
};

/** The seeded world of the simulator, in small. */
export const seed = { seed: 'default', options: { orderRows: 500, orderItems: 40 } } as const;
export const cluster = 'analytics';
export const runsTopic = 'arn:aws:sns:eu-central-1:123456789012:undrop-runs';
export const ordersArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/orders';

/** The cluster's newest automated snapshot, and the newest recovery point of the serverless namespace `adhoc`. */
export interface Sources {
  snapshot: string;
  recoveryPoint: string;
}

/**
 * Everything an end-to-end test needs: the real Temporal server of the test run, a simulated AWS of its own, a worker
 * with the real AWS SDK on a task queue of its own, the operations client. Every history it makes is replayed at the end.
 */
export class Rig {
  private readonly started: { workflowId: string; runId: string }[] = [];
  private worker: { worker: Worker; running: Promise<void> } | undefined;

  private constructor(
    readonly control: SimulatorControl,
    readonly operations: OperationsClient,
    readonly temporal: Client,
    readonly clients: AwsClients,
    readonly taskQueue: string,
    private readonly simulator: RunningChild,
    private readonly connection: NativeConnection,
  ) {}

  /** @param links where links lead: UNDROP_UI_URL, UNDROP_API_URL; nowhere when left out. */
  static async start(links: Record<string, string> = {}): Promise<Rig> {
    quietRuntime();
    const { control, child } = await startSimulatorChild();
    await control.set(quickSettings);
    await control.reset(seed);
    await control.set(quickSettings);
    Object.assign(process.env, simulatedAwsEnv(control.url));
    const taskQueue = `e2e-${randomBytes(4).toString('hex')}`;
    const address = temporalAddress();
    const operations = await OperationsClient.connect(
      loadClientConfig({
        TEMPORAL_ADDRESS: address,
        UNDROP_TASK_QUEUE: taskQueue,
        UNDROP_UI_URL: 'http://ui.test',
        ...links,
      }),
    );
    const temporal = new Client({ connection: await Connection.connect({ address }) });
    const connection = await NativeConnection.connect({ address });
    const clients = createAwsClients({ region: 'eu-central-1', endpointUrl: control.url });
    const rig = new Rig(control, operations, temporal, clients, taskQueue, child, connection);
    unclosed.add(rig);
    return rig;
  }

  /** Webhooks that the workers inside the test's process know. */
  webhooks: Notifier['webhooks'] = new Map();

  /** A worker inside the test's process. */
  async startWorker(overrides: Partial<WorkerOptions> = {}): Promise<void> {
    const worker = await createUndropWorker({
      connection: this.connection,
      namespace: 'default',
      taskQueue: this.taskQueue,
      clients: this.clients,
      notifier: {
        webhooks: this.webhooks,
        place: { uiUrl: 'http://ui.test', address: temporalAddress(), namespace: 'default' },
      },
      overrides: { shutdownGraceTime: '1 second', ...overrides },
    });
    this.worker = { worker, running: worker.run() };
  }

  async stopWorker(): Promise<void> {
    this.worker?.worker.shutdown();
    await this.worker?.running;
    this.worker = undefined;
  }

  /** A worker as a process of its own, to be killed. */
  startWorkerProcess(env: Record<string, string> = {}): Promise<RunningChild> {
    return startWorkerChild({
      env,
      temporalAddress: temporalAddress(),
      awsUrl: this.control.url,
      taskQueue: this.taskQueue,
    });
  }

  /** Starts a run that surely is a new one, or the one of the id that is given. */
  async begin<O extends OperationName>(
    operation: O,
    input: OperationInputs[O],
    options: StartOptions = { again: true },
  ): Promise<string> {
    const { workflowId, runId } = await this.operations.start(operation, input, options);
    this.started.push({ workflowId, runId });
    return workflowId;
  }

  /** A run that a test started by other means is replayed with the rest. */
  track(run: { workflowId: string; runId: string }): void {
    this.started.push(run);
  }

  /** A run whose history a test has deleted cannot be replayed. */
  untrack({ runId }: { runId: string }): void {
    this.started.splice(0, this.started.length, ...this.started.filter((run) => run.runId !== runId));
  }

  /** Waits for the end of a run, whatever it is. */
  async end(workflowId: string): Promise<RunView> {
    const { run, ended } = await this.operations.wait(workflowId, { timeoutMs: 120_000 });
    if (!ended)
      throw new Error(
        `run did not end in time [workflowId=${workflowId}]: ${JSON.stringify(run.state?.steps)}`,
      );
    return run;
  }

  /** Starts a run and waits for its end. */
  async run<O extends OperationName>(operation: O, input: OperationInputs[O]): Promise<RunView> {
    return this.end(await this.begin(operation, input));
  }

  /** Waits until the run's state satisfies the condition. */
  async until(workflowId: string, condition: (view: RunView) => boolean): Promise<RunView> {
    for await (const view of this.operations.watch(workflowId, { intervalMs: 100 })) {
      if (condition(view)) return view;
      if (view.outcome !== 'running')
        throw new Error(`run ended first [workflowId=${workflowId}, outcome=${view.outcome}]`);
    }
    throw new Error(`run is gone [workflowId=${workflowId}]`);
  }

  /** Starts the SQL engines, which else start at their first use. */
  async warmUp(): Promise<void> {
    await this.control.count(cluster, 'dev', 'public.orders');
    await this.control.count('adhoc', 'dev', 'public.events_live');
  }

  /** What there is to restore from. */
  async sources(): Promise<Sources> {
    const { ListRecoveryPointsCommand } = await import('@aws-sdk/client-redshift-serverless');
    const { recoveryPoints = [] } = await this.clients.redshiftServerless.send(
      new ListRecoveryPointsCommand({ namespaceName: 'adhoc' }),
    );
    const newest = recoveryPoints.sort(
      (a, b) => Number(b.recoveryPointCreateTime) - Number(a.recoveryPointCreateTime),
    )[0];
    return { snapshot: await this.automatedSnapshot(), recoveryPoint: newest!.recoveryPointId! };
  }

  /** The newest automated snapshot of the cluster. */
  async automatedSnapshot(): Promise<string> {
    const { DescribeClusterSnapshotsCommand } = await import('@aws-sdk/client-redshift');
    const { Snapshots } = await this.clients.redshift.send(
      new DescribeClusterSnapshotsCommand({ ClusterIdentifier: cluster, SnapshotType: 'automated' }),
    );
    return Snapshots![0]!.SnapshotIdentifier!;
  }

  /** How AWS's clients give up on a silent server, which in production takes 25 s and more. */
  loseConnectionsAfter(milliseconds: number): void {
    for (const { config } of Object.values(this.clients) as { config: { requestHandler: unknown } }[]) {
      (config.requestHandler as NodeHttpHandler).updateHttpClientConfig('requestTimeout', milliseconds);
    }
  }

  /** The requests of an operation that AWS got with these parameters, in order. */
  async requests(operation: string, parameters: Record<string, unknown>): Promise<LoggedOperation[]> {
    const all = await this.control.operations(operation);
    return all.filter((request) =>
      Object.entries(parameters).every(([name, value]) => request.parameters[name] === value),
    );
  }

  /** Everything that was done on AWS, but for the one statement with which a preflight reads svv_table_info. */
  async changes() {
    const all = await this.control.effects();
    return all.filter(({ detail }) => !String(detail?.sql).includes('from svv_table_info'));
  }

  /** How often each thing really happened on AWS. */
  async effectCounts(kind: string): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { businessKey } of await this.control.effects(kind))
      counts[businessKey] = (counts[businessKey] ?? 0) + 1;
    return counts;
  }

  /** Waits until such a request had its effect on AWS, whether or not anybody was told. */
  async untilDone(operation: string, parameters: Record<string, unknown>): Promise<void> {
    for (let round = 0; round < 600; round += 1) {
      const requests = await this.requests(operation, parameters);
      if (requests.some(({ effectIds }) => effectIds.length > 0)) return;
      await sleep(50);
    }
    throw new Error(`it did not happen on AWS [operation=${operation}, ${JSON.stringify(parameters)}]`);
  }

  /** Replays every history that this rig made, with the code that made it, and reports what differs. */
  async replayAll(): Promise<string[]> {
    const histories = this.temporal.workflow;
    async function* recorded(started: { workflowId: string; runId: string }[]) {
      for (const { workflowId, runId } of started) {
        yield { workflowId, history: await histories.getHandle(workflowId, runId).fetchHistory() };
      }
    }
    const problems: string[] = [];
    const results = Worker.runReplayHistories(
      { workflowBundle: { codePath: workflowBundlePath()! } },
      recorded(this.started),
    );
    for await (const { workflowId, error } of results)
      if (error) problems.push(`${workflowId}: ${error.message}`);
    return problems;
  }

  /** May be called twice. */
  async close(): Promise<void> {
    if (!unclosed.delete(this)) return;
    await this.stopWorker();
    await this.operations.close();
    await this.temporal.connection.close();
    await this.connection.close();
    await this.simulator.stop();
  }
}

// A rig that is left open keeps jest from ending: the expectation before its close() may have failed.
const unclosed = new Set<Rig>();
afterAll(async () => {
  for (const rig of unclosed) await rig.close();
});

let quiet = false;
function quietRuntime(): void {
  if (quiet) return;
  quiet = true;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
}
