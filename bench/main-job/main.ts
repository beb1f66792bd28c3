// The whole of recoverTable against a simulated AWS that takes no time, beside a workflow with as many activities that do
// nothing, in turn, on the same server. See bench/README.md.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { OperationsClient } from '../../client';
import { loadClientConfig } from '../../config';
import { startSimulatorChild, startWorkerChild } from '../../dev/children';
import { automatedSnapshot, story } from '../../dev/demo/scenario';
import { stopAllChildren } from '../../dev/process';
import { openTemporal } from '../../dev/temporal/open';
import type { OperationInputs } from '../../domain/operations';
import { searchAttributes } from '../../domain/search-attributes';
import { machine } from '../machine';
import { median, spread } from '../statistics';
import { writeResults } from '../write-results';

const rounds = 25;
const warmUps = 4;

const noTime = {
  snapshotCopySeconds: 0,
  snapshotCopyMegaBytesPerSecond: 1e9,
  restorePendingSeconds: 0,
  restoreSeconds: 0,
  restoreMegaBytesPerSecond: 1e9,
  restoreTotalUnknownSeconds: 0,
  busyAfterRestoreSeconds: 0,
  statementSeconds: 0,
  exportSeconds: 0,
  manualSnapshotQuota: 10_000,
};

const seed = { seed: 'default', options: { orderRows: 100, orderItems: 10 } };

async function bench(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const temporal = await openTemporal({ searchAttributes });
  const { control } = await startSimulatorChild();
  await control.reset(seed);
  await control.set(noTime);
  await startWorkerChild({
    temporalAddress: temporal.address,
    awsUrl: control.url,
    env: { UNDROP_LOG_LEVEL: 'info' },
  });

  const { address } = temporal;
  const operations = await OperationsClient.connect(
    loadClientConfig({ TEMPORAL_ADDRESS: address, UNDROP_UI_URL: 'http://none' }),
  );
  const client = new Client({ connection: await Connection.connect({ address }) });
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue: 'bare',
    workflowsPath: require.resolve('./bare-workflow'),
    activities: { nothing: () => Promise.resolve('') },
    stickyQueueScheduleToStartTimeout: '1 second',
  });
  const running = worker.run();
  try {
    const snapshot = await automatedSnapshot(control.url);
    const input: OperationInputs['recoverTable'] = {
      warehouse: { clusterIdentifier: story.cluster },
      source: { snapshotIdentifier: snapshot },
      table: { database: story.database, schema: story.schema, table: story.table },
      verify: { rowCount: { atLeast: 1 } },
      export: { tableArn: story.tableArn, s3Bucket: story.bucket },
    };
    const main = async () => {
      const before = (await control.operations()).at(-1)?.seq ?? 0;
      const { workflowId } = await operations.start('recoverTable', input, { again: true });
      const run = await elapsed(client, workflowId);
      const calls = (await control.operations()).filter(({ seq }) => seq > before);
      return {
        ...run,
        awsMs: calls.reduce((sum, { tookMs = 0 }) => sum + tookMs, 0),
        awsCalls: calls.length,
      };
    };
    const first = await main();
    const bare = async (round: string) => {
      const workflowId = `bare/${round}`;
      await client.workflow.start('bare', { taskQueue: 'bare', workflowId, args: [first.activities] });
      return elapsed(client, workflowId);
    };
    for (let round = 0; round < warmUps; round += 1) await bare(`warm-up-${round}`).then(main);
    const ours: number[] = [];
    const aws: number[] = [];
    const floor: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const run = await main();
      ours.push(run.ms);
      aws.push(run.awsMs);
      floor.push((await bare(String(round))).ms);
    }
    const above = ours.map((ms, round) => ms - aws[round]!);
    const ratios = above.map((ms, round) => ms / floor[round]!);
    const results = {
      machine: machine(),
      rounds,
      activities: first.activities,
      timers: first.timers,
      awsCalls: first.awsCalls,
      recoverTableMs: spread(ours),
      awsOwnMs: spread(aws),
      aboveAwsMs: spread(above),
      bareWorkflowMs: spread(floor),
      ratio: {
        ...spread(ratios.map((ratio) => ratio * 100)),
        unit: 'percent: time above AWS over time of the bare workflow, pair by pair',
      },
      goals: {
        ratioAtMost1_3: median(ratios) <= 1.3,
        atMost2Seconds: median(ours) <= 2000,
      },
    };
    process.stdout.write(
      `${JSON.stringify(results, null, 2)}\nkept in ${writeResults('main-job', results)}\n`,
    );
  } finally {
    worker.shutdown();
    await running;
    await connection.close();
    await client.connection.close();
    await operations.close();
    await stopAllChildren();
  }
}

/** Time of a run from its first to its last event, as Temporal has it; what the client needs to hear of it is not in it. */
async function elapsed(
  client: Client,
  workflowId: string,
): Promise<{ ms: number; activities: number; timers: number }> {
  const handle = client.workflow.getHandle(workflowId);
  await handle.result();
  const { events } = await handle.fetchHistory();
  const at = (index: number) => {
    const time = events?.at(index)?.eventTime;
    return Number(time?.seconds ?? 0) * 1000 + (time?.nanos ?? 0) / 1e6;
  };
  const count = (attributes: 'activityTaskScheduledEventAttributes' | 'timerStartedEventAttributes') =>
    events?.filter((event) => event[attributes]).length ?? 0;
  return {
    ms: at(-1) - at(0),
    activities: count('activityTaskScheduledEventAttributes'),
    timers: count('timerStartedEventAttributes'),
  };
}

bench().catch((error: unknown) => {
  process.stderr.write(
    `bench failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
  void stopAllChildren();
});
