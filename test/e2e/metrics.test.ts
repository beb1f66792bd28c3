// Real runs on a real worker process, then what its Prometheus endpoint says of them.
import { startWorkerChild } from '../../dev/children';
import { freePorts } from '../../dev/ports';
import type { RunningChild } from '../../dev/process';
import { type Metric, metrics } from '../../domain/metrics';
import { queries, readsOf } from '../support/promql';
import { cluster, ordersArn, Rig } from '../support/rig';
import { scrape, type Scraped, total } from '../support/scrape';
import { temporalAddress } from '../support/stand-in-rig';

let rig: Rig;
let worker: RunningChild;
let url: string;
let scraped: Map<string, Scraped>;
/** The value of the counter or gauge. */
const value = ({ name }: Metric, labels: Record<string, string>) => total(scraped.get(name), labels);
/** Of a histogram. */
const countOf = ({ name }: Metric, labels: Record<string, string>) =>
  total(scraped.get(name), labels, '_count');
const sumOf = ({ name }: Metric, labels: Record<string, string>) => total(scraped.get(name), labels, '_sum');

const startWorker = (address: string) =>
  startWorkerChild({
    temporalAddress: temporalAddress(),
    awsUrl: rig.control.url,
    taskQueue: rig.taskQueue,
    env: { UNDROP_METRICS_ADDRESS: address },
  });

beforeAll(async () => {
  rig = await Rig.start();
  const [port] = await freePorts(1);
  url = `http://127.0.0.1:${port}/metrics`;
  worker = await startWorker(`127.0.0.1:${port}`);
  const source = { snapshotIdentifier: await rig.automatedSnapshot() };
  const table = { database: 'dev', schema: 'public', table: 'orders' };
  const input = { warehouse: { clusterIdentifier: cluster }, source, table, settle: '1 second' };
  const wrong = { tableArn: ordersArn, s3Bucket: 'no-such-bucket' };
  expect((await rig.run('restoreTable', input)).outcome).toBe('done');
  expect((await rig.run('exportTable', wrong)).failure?.type).toBe('ExportBucketMissing');
  // Runs are counted when a worker starts, and then twice a minute.
  await worker.stop();
  worker = await startWorker(`127.0.0.1:${port}`);
  await rig.control.addFault({
    operation: 'RestoreTableFromClusterSnapshot',
    action: { kind: 'error', code: 'Throttling', status: 400 },
    times: 1,
  });
  for (const target of ['orders_late', 'orders_later'])
    expect((await rig.run('restoreTable', { ...input, target: { table: target } })).outcome).toBe('done');
  expect((await rig.run('exportTable', wrong)).outcome).toBe('failed');
  scraped = await scrape(url);
});

afterAll(async () => {
  await worker.stop();
  await rig.close();
});

it('shows every metric of the table, of its type, with its labels, and no other of ours', () => {
  const ours = [...scraped.keys()].filter((name) => name.startsWith('undrop_'));
  // A versioned worker alone has it (worker-versioning.test.ts).
  const rows = (Object.values(metrics) as Metric[]).filter((row) => row !== metrics.runsOfBuild);
  expect(ours.sort()).toEqual(rows.map(({ name }) => name).sort());
  for (const { name, type, labels, meaning } of rows) {
    const { samples, ...told } = scraped.get(name)!;
    expect([name, told]).toEqual([name, { type, help: meaning }]);
    for (const { labels: given } of samples)
      expect([name, Object.keys(given)]).toEqual([name, expect.arrayContaining([...labels])]);
  }
});

it('has no label that names a run, a table or anything else there is no end of', () => {
  const given = new Set(
    [...scraped.values()].flatMap(({ samples }) => samples.flatMap(({ labels }) => Object.values(labels))),
  );
  for (const text of given) expect(text).not.toMatch(/analytics|orders|no-such-bucket|recorded|:table\//);
  for (const { samples } of scraped.values()) expect(samples.length).toBeLessThan(400);
});

it('counts runs by how they ended, and why', () => {
  const { runsStarted, runsEnded, runDuration } = metrics;
  expect(value(runsStarted, { operation: 'restoreTable' })).toBe(2);
  expect(value(runsEnded, { operation: 'restoreTable', outcome: 'done', failure: 'none' })).toBe(2);
  expect(
    value(runsEnded, { operation: 'exportTable', outcome: 'failed', failure: 'ExportBucketMissing' }),
  ).toBe(1);
  expect(countOf(runDuration, { operation: 'restoreTable', outcome: 'done' })).toBe(2);
});

it('measures steps', () => {
  const done = { operation: 'restoreTable', step: 'restore', state: 'done' };
  expect(countOf(metrics.stepDuration, done)).toBe(2);
  expect(sumOf(metrics.stepDuration, done)).toBeGreaterThan(0);
  expect(
    countOf(metrics.stepDuration, { operation: 'exportTable', step: 'preflight', state: 'failed' }),
  ).toBe(1);
});

it('tells waiting for AWS to be ready from waiting for AWS to be done', () => {
  const restore = { operation: 'restoreTable', step: 'restore' };
  expect(sumOf(metrics.wait, { ...restore, cause: 'aws-not-ready' })).toBeGreaterThan(0);
  expect(sumOf(metrics.wait, { ...restore, cause: 'aws-works' })).toBeGreaterThan(0);
  expect(value(metrics.looks, { ...restore, seen: 'succeeded' })).toBe(2);
  expect(value(metrics.looks, { ...restore, seen: 'in-progress' })).toBeGreaterThan(1);
});

it('counts the requests to AWS by call and outcome, each with its time', () => {
  const restore = { service: 'redshift', call: 'RestoreTableFromClusterSnapshot' };
  expect(value(metrics.awsRequests, { ...restore, outcome: 'Throttled' })).toBe(1);
  expect(value(metrics.awsRequests, { ...restore, outcome: 'ok' })).toBe(2);
  expect(countOf(metrics.awsRequestDuration, restore)).toBe(3);
  expect(value(metrics.awsRequests, { service: 's3', call: 'HeadBucket' })).toBeGreaterThan(0);
});

it('tells the runs by their status in Temporal, those of other workers too', () => {
  expect(value(metrics.runs, { operation: 'restoreTable', status: 'Completed' })).toBeGreaterThan(0);
  expect(value(metrics.runs, { operation: 'exportTable', status: 'Failed' })).toBeGreaterThan(0);
});

it('has everything that the dashboard and the alerts ask for', () => {
  const wanted = new Set(
    queries.flatMap(readsOf).map(({ metric }) => metric.replace(/_(bucket|sum|count)$/, '')),
  );
  // There is nothing to count while no task fails.
  wanted.delete('temporal_workflow_task_execution_failed');
  wanted.delete(metrics.runsOfBuild.name);
  const ofWorker = [...wanted].filter((name) => !name.startsWith('undrop_api_'));
  expect(ofWorker.filter((name) => !scraped.has(name))).toEqual([]);
});

it('says so when the address of the endpoint is taken, and ends', async () => {
  await expect(startWorker(new URL(url).host)).rejects.toThrow(
    /the address of UNDROP_METRICS_ADDRESS cannot be listened at \[address=127\.0\.0\.1:\d+\]: the port is taken/,
  );
});
