// One trace from the one who starts a run to the request that AWS gets: CLI, API, worker and receiver are processes of their own.
import path from 'node:path';
import { startWorkerChild } from '../../dev/children';
import { freePorts } from '../../dev/ports';
import { type RunningChild, startChild } from '../../dev/process';
import { cleanEnv } from '../../dev/simulator-control';
import { OtlpReceiver } from '../support/otlp-receiver';
import { cluster, Rig } from '../support/rig';
import { temporalAddress } from '../support/stand-in-rig';
import { until } from '../support/until';

const dist = path.resolve(__dirname, '..', '..', 'dist');
let rig: Rig;
let receiver: OtlpReceiver;
let worker: RunningChild;
const log: string[] = [];
let otel: Record<string, string>;

beforeAll(async () => {
  rig = await Rig.start();
  await rig.warmUp();
  receiver = await OtlpReceiver.start();
  otel = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '100' };
  worker = await startWorkerChild({
    temporalAddress: temporalAddress(),
    awsUrl: rig.control.url,
    taskQueue: rig.taskQueue,
    env: otel,
    onLine: (line) => log.push(line),
  });
});

afterAll(async () => {
  await worker.stop();
  await receiver.stop();
  await rig.close();
});

const clientEnv = (more: Record<string, string> = {}) => ({
  ...cleanEnv(process.env),
  TEMPORAL_ADDRESS: temporalAddress(),
  UNDROP_TASK_QUEUE: rig.taskQueue,
  ...more,
});

async function undrop(args: string[], env: Record<string, string>) {
  const lines: string[] = [];
  const child = await startChild({
    name: 'undrop',
    command: process.execPath,
    args: [path.join(dist, 'client', 'cli', 'main.js'), ...args],
    env: clientEnv(env),
    onLine: (line) => lines.push(line),
  });
  return { ...(await child.exited), lines };
}

const verify = (table: string) => [
  'verify-table',
  'start',
  '--cluster',
  cluster,
  '--database',
  'dev',
  '--table',
  table,
  '--at-least',
  '1',
  '--wait',
  '--again',
];

it('joins the start at a terminal, the run, its activities and the requests to AWS', async () => {
  expect(await undrop(verify('customers'), otel)).toMatchObject({ code: 0 });
  const start = await receiver.span('StartWorkflow:verifyTable');
  const request = await receiver.span('redshift-data ExecuteStatement', start.traceId);
  await receiver.span('RunActivity:executeStatement', start.traceId);
  await receiver.span('RunWorkflow:verifyTable', start.traceId);
  expect(receiver.lineage(request)).toEqual([
    'redshift-data ExecuteStatement of undrop-worker',
    'RunActivity:executeStatement of undrop-worker',
    'StartActivity:executeStatement of undrop-worker',
    'RunWorkflow:verifyTable of undrop-worker',
    'StartWorkflow:verifyTable of undrop-client',
  ]);
  expect(request.attributes).toMatchObject({
    'rpc.service': 'redshift-data',
    'rpc.method': 'ExecuteStatement',
    'undrop.outcome': 'ok',
    'aws.request_id': expect.any(String),
  });
});

it('can be found from the run: by the ids in its spans, and by the log of the worker', async () => {
  const run = await receiver.span('RunWorkflow:verifyTable');
  expect(run.attributes).toMatchObject({ workflowId: expect.stringContaining('customers') });
  const told = log.map((line) => (line.startsWith('{') ? JSON.parse(line) : {}) as Record<string, unknown>);
  expect(told.find(({ msg }) => msg === 'run is traced')).toMatchObject({
    workflowId: run.attributes.workflowId,
    trace_id: run.traceId,
  });
});

it('goes on with the trace of whoever asks the API', async () => {
  const [port] = await freePorts(1);
  const api = await startChild({
    name: 'api',
    command: process.execPath,
    args: [path.join(dist, 'client', 'http', 'main.js')],
    env: clientEnv({ ...otel, UNDROP_API_PORT: String(port) }),
    ready: (line) => line.includes('"API ready"'),
  });
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const response = await fetch(`http://127.0.0.1:${port}/v1/verify-table?again=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    body: JSON.stringify({
      warehouse: { clusterIdentifier: cluster },
      table: { database: 'dev', schema: 'public', table: 'orders' },
      rowCount: { atLeast: 1 },
    }),
  });
  expect(response.status).toBe(202);
  const request = await receiver.span('redshift-data ExecuteStatement', traceId);
  await receiver.span('RunWorkflow:verifyTable', traceId);
  await receiver.span('POST /v1/verify-table', traceId);
  expect(receiver.lineage(request).slice(-2)).toEqual([
    'StartWorkflow:verifyTable of undrop-api',
    'POST /v1/verify-table of undrop-api',
  ]);
  await api.stop();
});

it('marks a request that failed with the type of the failure', async () => {
  await rig.control.addFault({
    operation: 'ExecuteStatement',
    action: { kind: 'error', code: 'ThrottlingException', status: 400 },
    times: 1,
  });
  await undrop(verify('clicks'), otel);
  const outcomes = () =>
    receiver.spans.map(({ attributes }) => attributes['undrop.outcome']).filter((one) => one !== undefined);
  await until(async () => outcomes().includes('Throttled') || undefined, 'a span of outcome Throttled');
});

it('carries neither SQL nor parameters, rows or credentials', () => {
  expect(receiver.spans.length).toBeGreaterThan(20);
  expect(receiver.text).not.toMatch(/select |count\(|svv_|simulated|secret/i);
});

it('costs a person at the terminal nothing when the collector is away', async () => {
  const away = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
  expect(await undrop(['runs', 'list', '--output', 'json'], away)).toMatchObject({ code: 0 });
});

it('is off by default: then no run carries a trace', async () => {
  const before = receiver.spans.filter(({ service }) => service === 'undrop-client').length;
  const { workflowId } = await rig.operations.start(
    'verifyTable',
    {
      warehouse: { clusterIdentifier: cluster },
      table: { database: 'dev', schema: 'public', table: 'orders' },
      rowCount: { atLeast: 1 },
    },
    { again: true },
  );
  await rig.end(workflowId);
  const { events } = await rig.temporal.workflow.getHandle(workflowId).fetchHistory();
  expect(events![0]!.workflowExecutionStartedEventAttributes!.header?.fields ?? {}).toEqual({});
  expect(receiver.spans.filter(({ service }) => service === 'undrop-client')).toHaveLength(before);
});

it('says what is wrong with the settings of the exporter', async () => {
  const { code, lines } = await undrop(['runs', 'list'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
  });
  expect(code).toBe(2);
  expect(lines.join('\n')).toMatch(
    /OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https URL.*OTEL_EXPORTER_OTLP_PROTOCOL/s,
  );
});
