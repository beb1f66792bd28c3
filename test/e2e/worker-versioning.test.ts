// Two builds of a Worker Deployment on the real server: what becomes of the runs of the one when the other takes over.
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunView } from '../../client';
import { startWorkerChild } from '../../dev/children';
import { freePorts } from '../../dev/ports';
import type { RunningChild } from '../../dev/process';
import { metrics } from '../../domain/metrics';
import { thisBuild } from '../../worker/build';
import { cluster, Rig } from '../support/rig';
import { scrape, total } from '../support/scrape';
import { temporalAddress } from '../support/stand-in-rig';
import { until } from '../support/until';

const namespace = 'default';
let rig: Rig;
let deploymentName: string;
let snapshot: string;
let workers: RunningChild[];

beforeEach(async () => {
  rig = await Rig.start();
  deploymentName = `undrop-${randomBytes(4).toString('hex')}`;
  snapshot = await rig.automatedSnapshot();
  workers = [];
  await rig.control.set({ snapshotCopySeconds: 600 });
});
afterEach(async () => {
  for (const worker of workers) await worker.stop();
  await rig.close();
});

async function startBuild(buildId: string, env: Record<string, string> = {}): Promise<RunningChild> {
  const worker = await startWorkerChild({
    temporalAddress: temporalAddress(),
    awsUrl: rig.control.url,
    taskQueue: rig.taskQueue,
    env: { UNDROP_DEPLOYMENT_NAME: deploymentName, UNDROP_BUILD_ID: buildId, ...env },
  });
  workers.push(worker);
  return worker;
}

/** `temporal worker deployment set-current-version`, as soon as the server has seen the build poll. */
async function makeCurrent(buildId: string): Promise<void> {
  for (let left = 300; ; left -= 1) {
    try {
      await rig.temporal.workflowService.setWorkerDeploymentCurrentVersion({
        namespace,
        deploymentName,
        buildId,
        identity: 'test',
      });
      return;
    } catch (error) {
      if (left === 0) throw error;
      await sleep(200);
    }
  }
}

const copy = () =>
  rig.begin('copySnapshot', { sourceSnapshotIdentifier: snapshot, sourceSnapshotClusterIdentifier: cluster });

const untilAwsCopies = (workflowId: string): Promise<RunView> =>
  rig.until(workflowId, (view) => view.state?.aws.length === 1);

/** The builds that carried the run on, in order. */
async function buildsOf(workflowId: string): Promise<string[]> {
  const { events } = await rig.temporal.workflow.getHandle(workflowId).fetchHistory();
  const builds = (events ?? []).flatMap(
    ({ workflowTaskCompletedEventAttributes: task }) => task?.deploymentVersion?.buildId ?? [],
  );
  return [...new Set(builds)];
}

const pinned = { UNDROP_VERSIONING: 'pinned' };

it('goes on with a run on the current build, when the one it was begun on is gone', async () => {
  const first = await startBuild('one');
  await makeCurrent('one');
  const workflowId = await copy();
  await untilAwsCopies(workflowId);
  await first.stop();
  await startBuild('two');
  await makeCurrent('two');
  await rig.control.advance(700);
  expect((await rig.end(workflowId)).outcome).toBe('done');
  expect(await buildsOf(workflowId)).toEqual(['one', 'two']);
  expect(Object.values(await rig.effectCounts('CopyClusterSnapshot'))).toEqual([1]);
});

it('ends a pinned run on the build it was begun with, gives new ones to the next, and asks AWS once for each', async () => {
  const first = await startBuild('one', pinned);
  await makeCurrent('one');
  const old = await copy();
  await untilAwsCopies(old);

  await startBuild('two', pinned);
  await makeCurrent('two');
  const young = await copy();
  await untilAwsCopies(young);
  // The old build's only worker dies and comes back: its run waits for it, and goes to nobody else.
  await first.stop();
  await rig.control.advance(700);
  expect((await rig.end(young)).outcome).toBe('done');
  expect(await buildsOf(young)).toEqual(['two']);
  await startBuild('one', pinned);
  expect((await rig.end(old)).outcome).toBe('done');
  expect(await buildsOf(old)).toEqual(['one']);
  expect(Object.values(await rig.effectCounts('CopyClusterSnapshot'))).toEqual([1, 1]);
});

it('goes on with the current build when an operator lets a pinned run go there, and loses nothing', async () => {
  const first = await startBuild('one', pinned);
  await makeCurrent('one');
  const workflowId = await copy();
  await untilAwsCopies(workflowId);
  await first.stop();
  await startBuild('two', pinned);
  await makeCurrent('two');
  // `temporal workflow update-options --versioning-override-behavior auto_upgrade`
  await rig.temporal.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: { versioningOverride: { autoUpgrade: true } },
    updateMask: { paths: ['versioning_override'] },
  });
  await rig.control.advance(700);
  expect((await rig.end(workflowId)).outcome).toBe('done');
  expect(await buildsOf(workflowId)).toEqual(['one', 'two']);
  expect(Object.values(await rig.effectCounts('CopyClusterSnapshot'))).toEqual([1]);
});

it('retries a run on the current build, when the one it failed on is gone', async () => {
  const first = await startBuild('one');
  await makeCurrent('one');
  await rig.control.set({ snapshotCopySeconds: 1 });
  await rig.control.addFault({
    operation: 'CopyClusterSnapshot',
    action: { kind: 'access-denied' },
    times: 1,
  });
  const workflowId = await copy();
  expect((await rig.end(workflowId)).failure?.type).toBe('AccessDenied');
  await first.stop();
  await startBuild('two');
  await makeCurrent('two');
  await rig.operations.retry(workflowId);
  expect((await rig.end(workflowId)).outcome).toBe('done');
  expect(await buildsOf(workflowId)).toContain('two');
  expect(Object.values(await rig.effectCounts('CopyClusterSnapshot'))).toEqual([1]);
});

it('answers look-ups from the current build, and tells the runs that are pinned to each', async () => {
  const [port] = await freePorts(1);
  const first = await startBuild('one', pinned);
  await makeCurrent('one');
  const workflowId = await copy();
  await untilAwsCopies(workflowId);
  await first.stop();
  await startBuild('two', { ...pinned, UNDROP_METRICS_ADDRESS: `127.0.0.1:${port}` });
  await makeCurrent('two');
  const { sources } = await rig.operations.lookUp('sources', { warehouse: { clusterIdentifier: cluster } });
  expect(sources.length).toBeGreaterThan(0);
  await workers[1]!.stop();
  await startBuild('two', { ...pinned, UNDROP_METRICS_ADDRESS: `127.0.0.1:${port}` });
  const pinnedTo = async (build: string) => {
    const scraped = await scrape(`http://127.0.0.1:${port}/metrics`);
    return [total(scraped.get(metrics.runsOfBuild.name), { build }), scraped.has(metrics.runsOfBuild.name)];
  };
  await until(async () => (await pinnedTo('one'))[0] === 1 || undefined, 'the run that is pinned');
  expect(await pinnedTo('one')).toEqual([1, true]);
  expect(await pinnedTo('two')).toEqual([0, true]);
  await rig.operations.cancel(workflowId, randomUUID());
});

it('is told by the worker: in its log, and where it is asked whether it is ready', async () => {
  const [port] = await freePorts(1);
  const worker = await startBuild('0.9.9-test', { UNDROP_HEALTH_PORT: String(port) });
  const told = worker.lastLines().find((line) => line.includes('worker started'))!;
  expect(JSON.parse(told)).toMatchObject({ buildId: '0.9.9-test', deployment: deploymentName });
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect(await answer.json()).toMatchObject({ ok: true, buildId: '0.9.9-test', deployment: deploymentName });
  await worker.stop();
  // Not set: the build's own.
  const own = await startBuild('', { UNDROP_HEALTH_PORT: String(port) });
  expect(own.isRunning()).toBe(true);
  const again = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect(await again.json()).toEqual({
    ok: true,
    ...thisBuild(),
    deployment: deploymentName,
    versioning: 'auto-upgrade',
  });
});
