import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { OperationsClient, type RunView } from '../../../client';
import { notReachable } from '../../../client/watch-run';
import { loadClientConfig } from '../../../config';
import { cleanEnv } from '../../../dev/simulator-control';
import { splitAddress } from '../../../client/connection-checks';
import { startTemporalServer, type TemporalServer } from '../../../dev/temporal/server';
import { searchAttributes } from '../../../domain/search-attributes';
import { standInRig, type StandInRig } from '../../support/stand-in-rig';

// A Temporal server of its own, on a file, which is killed and comes back on the same port; the built command watches.
const main = path.resolve(__dirname, '..', '..', '..', 'dist', 'client', 'cli', 'main.js');

let folder: string;
let server: TemporalServer;
let env: Record<string, string>;
let rig: StandInRig;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'undrop-watch-'));
  rig = await standInRig();
  server = await startServer();
  env = { TEMPORAL_ADDRESS: server.address, UNDROP_TASK_QUEUE: 'watched' };
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await server?.stop();
  await rig?.close();
  rmSync(folder, { recursive: true, force: true });
});

function startServer(port?: number): Promise<TemporalServer> {
  const dbFilename = path.join(folder, 'temporal.db');
  return startTemporalServer({
    dbFilename,
    ui: false,
    searchAttributes,
    ...(port !== undefined && { port }),
  });
}

/** The command as a process of its own, and what it has said so far. */
function command(argv: string[], settings: Record<string, string> = env) {
  const child = spawn(process.execPath, [main, ...argv], { env: { ...cleanEnv(process.env), ...settings } });
  children.add(child);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const says = async (text: string) => {
    while (!said.out.includes(text)) {
      if (child.exitCode !== null) throw new Error(`it ended first [code=${child.exitCode}]: ${said.err}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return { said, ended, says };
}

const input = (table: string, cluster = 'c1') => ({
  warehouse: { clusterIdentifier: cluster },
  source: { snapshotIdentifier: 's' },
  table: { database: 'dev', table },
});

describe('undrop runs watch', () => {
  it('outlives the Temporal server: it says so, goes on when it is back, and ends with the code of the run', async () => {
    const connection = await NativeConnection.connect({ address: server.address });
    const worker = await Worker.create({
      connection,
      taskQueue: 'watched',
      workflowsPath: require.resolve('../../support/stand-in-workflows'),
    });
    const working = worker.run();
    const operations = await OperationsClient.connect(loadClientConfig(env));
    const done = await operations.start('restoreTable', input('slow_done'));
    const cancelled = await operations.start('restoreTable', input('slow_cancelled'));

    const plain = command(['runs', 'watch', done.workflowId]);
    const streamed = command(['runs', 'watch', cancelled.workflowId, '-o', 'json']);
    await plain.says('restore: running');
    await streamed.says('"state":"running"');

    process.kill(server.pid, 'SIGKILL');
    await server.ended;
    await plain.says(notReachable);
    await streamed.says(notReachable);
    server = await startServer(splitAddress(server.address).port);
    await plain.says('heard from again');

    // What was connected before the outage finds back as well.
    const temporal = new Client({ connection: await Connection.connect({ address: server.address }) });
    await temporal.workflow.getHandle(done.workflowId).signal('finish');
    await temporal.workflow.getHandle(cancelled.workflowId).cancel();
    expect(await plain.ended).toBe(0);
    expect(await streamed.ended).toBe(1);
    expect(plain.said.out).toContain('run done');
    const views = streamed.said.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RunView);
    expect(views.filter(({ notice }) => notice === notReachable)).toHaveLength(1);
    expect(views.at(-1)).toMatchObject({ outcome: 'cancelled' });
    expect(views.at(-1)).not.toHaveProperty('notice');

    worker.shutdown();
    await working;
    await operations.close();
    await temporal.connection.close();
    await connection.close();
  });

  it('says that no worker answers, keeps what it saw last, and goes on with the next worker', async () => {
    await rig.startWorker();
    const { workflowId } = await rig.operations.start('restoreTable', input('slow_restart', rig.cluster));
    const watch = command(['runs', 'watch', workflowId], rig.env);
    await watch.says('restore: running');
    await rig.stopWorker();
    await watch.says(`no worker answers on task queue ${rig.config.taskQueue}`);
    await rig.startWorker();
    await watch.says('heard from again');
    await rig.operations.cancel(workflowId, 'enough');
    expect(await watch.ended).toBe(1);
  });
});
