import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DescribeClusterSnapshotsCommand } from '@aws-sdk/client-redshift';
import { ListRecoveryPointsCommand, type RecoveryPoint } from '@aws-sdk/client-redshift-serverless';
import { Client, Connection } from '@temporalio/client';
import { OperationsClient } from '../client';
import type { RunIdentity } from '../client/run-view';
import { loadClientConfig } from '../config';
import { searchAttributes } from '../domain/search-attributes';
import { createAwsClients } from '../worker/aws-clients';
import { startSimulatorChild, startWorkerChild } from './children';
import { historyToJson } from './histories/history-json';
import { type Ending, type Scenario, scenarios } from './histories/scenarios';
import { tidyHistory, writeHistory } from './histories/tidy';
import { stopAllChildren } from './process';
import { simulatedAwsEnv, type SimulatorControl } from './simulator-control';
import { openTemporal } from './temporal/open';

/** Short durations: the path is what is recorded, not the waiting. */
const quick = {
  snapshotCopySeconds: 1,
  restorePendingSeconds: 0.3,
  restoreSeconds: 1,
  busyAfterRestoreSeconds: 0,
  exportSeconds: 1,
};

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const nameOf = ({ operation, path: taken }: Scenario) => `${kebab(operation)}-${taken}`;

interface Parts {
  control: SimulatorControl;
  operations: OperationsClient;
  temporal: Client;
}

/** Runs one scenario and returns its Event History. @throws Error when the run does not end as the scenario says. */
async function record(parts: Parts, scenario: Scenario): Promise<string> {
  const { control, operations, temporal } = parts;
  const { settings, faults = [], cancel, retried, ends } = scenario;
  await control.reset({ seed: 'default', options: { orderRows: 500, orderItems: 40 } });
  await control.set({ ...quick, ...settings });
  for (const fault of faults) await control.addFault(fault);
  let run = await begin(parts, scenario);
  if (cancel) {
    await untilMade(operations, run.workflowId, cancel);
    await operations.cancel(run.workflowId, 'recorded');
  }
  if (retried) {
    await mustEnd(operations, run.workflowId, retried.after);
    await control.clearFaults();
    run = await operations.retry(run.workflowId, { ...(retried.with && { with: retried.with }) });
  }
  await mustEnd(operations, run.workflowId, ends);
  const history = await temporal.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
  return writeHistory(tidyHistory(historyToJson(history)));
}

type Started = Pick<RunIdentity, 'workflowId' | 'runId'>;

async function begin({ control, operations }: Parts, scenario: Scenario): Promise<Started> {
  const { operation, isScheduled } = scenario;
  const input = scenario.input(await sources(control.url));
  const name = nameOf(scenario);
  if (!isScheduled) return operations.start(operation, input, { workflowId: `recorded/${name}` });
  const id = `recorded-${name}`;
  const when = { cron: '0 0 * * *' };
  await operations.schedules.create({ id, operation, input, when, paused: true });
  const { run } = await operations.schedules.trigger(id);
  if (!run) throw new Error(`not recorded: the schedule has started nothing [schedule=${id}]`);
  return run;
}

async function mustEnd(operations: OperationsClient, workflowId: string, ends: Ending): Promise<void> {
  const { run } = await operations.wait(workflowId, { timeoutMs: 120_000 });
  if (run.outcome !== ends.outcome || run.failure?.type !== (ends.failure ?? run.failure?.type)) {
    throw new Error(
      `not recorded [run=${workflowId}, outcome=${run.outcome}]: ${JSON.stringify(run.failure)}`,
    );
  }
}

/** Until the step has made something on AWS. */
async function untilMade(operations: OperationsClient, workflowId: string, step: string): Promise<void> {
  for await (const { state } of operations.watch(workflowId, { intervalMs: 100 }))
    if (state?.aws.some((handle) => handle.step === step)) return;
}

/** What there is to restore from: the cluster's automated snapshot, the newest recovery point of the namespace. */
async function sources(url: string): Promise<{ snapshot: string; recoveryPoint: string }> {
  const { redshift, redshiftServerless } = createAwsClients({ region: 'eu-central-1', endpointUrl: url });
  const { Snapshots = [] } = await redshift.send(
    new DescribeClusterSnapshotsCommand({ ClusterIdentifier: 'analytics', SnapshotType: 'automated' }),
  );
  const { recoveryPoints = [] } = await redshiftServerless.send(
    new ListRecoveryPointsCommand({ namespaceName: 'adhoc' }),
  );
  const age = (point: RecoveryPoint) => -Number(point.recoveryPointCreateTime);
  recoveryPoints.sort((one, other) => age(one) - age(other));
  return {
    snapshot: Snapshots[0]?.SnapshotIdentifier ?? '',
    recoveryPoint: recoveryPoints[0]?.recoveryPointId ?? '',
  };
}

/**
 * Records the Event Histories of test/replay/histories/<version of package.json>: all of that version anew, or only those
 * whose names begin with one of the arguments. Run it on the commit of a release: a history recorded from a changed
 * workflow proves nothing about the released one.
 */
async function main(): Promise<void> {
  const root = path.resolve(__dirname, '..', '..');
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { version } = require(path.join(root, 'package.json')) as { version: string };
  const folder = path.join(root, 'test', 'replay', 'histories', version);
  const wanted = process.argv.slice(2);
  const chosen = scenarios.filter(
    (scenario) => wanted.length === 0 || wanted.some((start) => nameOf(scenario).startsWith(start)),
  );
  if (chosen.length === 0) throw new Error(`nothing to record: no name begins with ${wanted.join(' or ')}`);
  const say = (line: string) => void process.stdout.write(`${line}\n`);

  const server = await openTemporal({
    env: { ...process.env, TEMPORAL_ADDRESS: '' },
    searchAttributes,
    log: say,
  });
  const { control } = await startSimulatorChild();
  Object.assign(process.env, simulatedAwsEnv(control.url));
  await startWorkerChild({ temporalAddress: server.address, awsUrl: control.url });
  const operations = await OperationsClient.connect(loadClientConfig({ TEMPORAL_ADDRESS: server.address }));
  const temporal = new Client({ connection: await Connection.connect({ address: server.address }) });
  try {
    const recorded: [string, string][] = [];
    const problems: string[] = [];
    for (const scenario of chosen) {
      const name = `${nameOf(scenario)}.json`;
      try {
        recorded.push([name, await record({ control, operations, temporal }, scenario)]);
        say(`recorded ${name}`);
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }
    if (problems.length > 0) throw new Error(`nothing was written:\n  ${problems.join('\n  ')}`);
    if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of recorded) writeFileSync(path.join(folder, name), text);
    say(`${recorded.length} histories in ${path.relative(root, folder)}`);
  } finally {
    await operations.close();
    await temporal.connection.close();
    await stopAllChildren();
    await server.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
