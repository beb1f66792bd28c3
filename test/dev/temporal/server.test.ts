import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { lookAtSearchAttributes } from '../../../client/search-attributes';
import { grpcCodes, grpcStatusOf } from '../../../client/temporal-errors';
import { createResolveEffects } from '../../../dev/temporal/effects';
import { openTemporal } from '../../../dev/temporal/open';
import { resolveExecutable } from '../../../dev/temporal/resolve';
import { startTemporalServer, type TemporalServer } from '../../../dev/temporal/server';
import { searchAttributes } from '../../../domain/search-attributes';

let executable: string;
let folder: string;
const started: { stop(): Promise<void> }[] = [];

// On a machine that never had it the executable is built first, which takes minutes.
beforeAll(async () => {
  const log = (message: string): void => void process.stderr.write(`${message}\n`);
  executable = (await resolveExecutable(createResolveEffects({ log }))).path;
}, 3_600_000);
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'undrop-server-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Parameters<typeof startTemporalServer>[0] = {}): Promise<TemporalServer> {
  const server = await startTemporalServer({ executable, ui: false, ...options });
  started.push(server);
  return server;
}

async function withClient<T>(address: string, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

async function takenPort(): Promise<{ port: number; release: () => Promise<void> }> {
  const holder = net.createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  return {
    port: (holder.address() as net.AddressInfo).port,
    release: () => new Promise((resolve) => void holder.close(() => resolve())),
  };
}

async function fakeCli(body: string): Promise<string> {
  const file = path.join(folder, 'temporal');
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('startTemporalServer', () => {
  it('serves gRPC and the Web UI, and is gone after stop', async () => {
    const server = await start({ ui: true });
    await withClient(server.address, async (client) => {
      await client.workflow.start('later', { workflowId: 'w', taskQueue: 'nobody' });
      await expect(client.workflow.getHandle('w').describe()).resolves.toMatchObject({ type: 'later' });
    });
    const page = await fetch(server.uiUrl ?? '');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<html');
    await server.stop();
    await expect(Connection.connect({ address: server.address, connectTimeout: 500 })).rejects.toThrow(
      /connect/,
    );
    expect(() => process.kill(server.pid, 0)).toThrow('ESRCH');
    await expect(server.ended).resolves.toMatch(/^code=0/);
  });

  it('keeps every look at a run that is at work waiting for its answer, and refuses none', async () => {
    const server = await start();
    // As the Temporal UI asks: no interceptor that asks again on RESOURCE_EXHAUSTED.
    const connection = await Connection.connect({ address: server.address, interceptors: [] });
    const execution = { workflowId: 'w' };
    const query = { queryType: '__temporal_workflow_metadata' };
    const look = () =>
      connection.withDeadline(Date.now() + 1_000, () =>
        connection.workflowService.queryWorkflow({ namespace: 'default', execution, query }),
      );
    try {
      await new Client({ connection }).workflow.start('later', { workflowId: 'w', taskQueue: 'nobody' });
      // Nobody works on the queue, so all of them wait until their time is up, which server or client may notice first.
      const codes = await Promise.all(
        Array.from({ length: 20 }, () => look().catch((error: unknown) => grpcStatusOf(error)?.code)),
      );
      const late: unknown[] = [grpcCodes.deadlineExceeded, grpcCodes.cancelled];
      expect(codes.filter((code) => !late.includes(code))).toEqual([]);
    } finally {
      await connection.close();
    }
  });

  it('runs twice side by side, each on ports of its own', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(one.address).not.toBe(two.address);
    expect(one.uiUrl).toBeUndefined();
  });

  it('knows the search attributes it was given', async () => {
    const server = await start({ searchAttributes: { UndropTable: 'KEYWORD', UndropRows: 'INT' } });
    await withClient(server.address, async ({ connection }) => {
      const { customAttributes } = await (connection as Connection).operatorService.listSearchAttributes({
        namespace: server.namespace,
      });
      expect(customAttributes).toMatchObject({ UndropTable: 2, UndropRows: 3 });
    });
  });

  it('keeps runs in its file, in a folder that it makes', async () => {
    const dbFilename = path.join(folder, 'data', 'temporal.db');
    const first = await start({ dbFilename });
    await withClient(first.address, (client) =>
      client.workflow.start('later', { workflowId: 'kept', taskQueue: 'nobody' }),
    );
    await first.stop();
    const second = await start({ dbFilename });
    await withClient(second.address, async (client) => {
      await expect(client.workflow.getHandle('kept').describe()).resolves.toMatchObject({ type: 'later' });
    });
  });

  it.each(['port', 'uiPort'] as const)('names the %s that is taken', async (name) => {
    const taken = await takenPort();
    await expect(start({ ui: true, [name]: taken.port })).rejects.toThrow(
      `Temporal server not started [${name}=${taken.port}]: that port is taken on 127.0.0.1`,
    );
    await taken.release();
  });

  it('tells the last words of a server that ends before it serves', async () => {
    const broken = await fakeCli('echo "no space left on device" >&2; exit 4');
    await expect(start({ executable: broken })).rejects.toThrow(
      /^Temporal server ended before it served \[address=127\.0\.0\.1:\d+, code=4\]: its last lines were\n {2}no space left on device$/,
    );
  });

  it('chooses other ports when those it chose were taken meanwhile', async () => {
    const unlucky = await fakeCli(
      `if [ -e "${folder}/tried" ]; then exec "${executable}" "$@"; fi
       touch "${folder}/tried"; echo "Error: listen tcp 127.0.0.1:1: bind: address already in use" >&2; exit 1`,
    );
    await expect(start({ executable: unlucky })).resolves.toMatchObject({ namespace: 'default' });
  });

  it('stops a server that never serves', async () => {
    const silent = await fakeCli(`echo $$ >"${folder}/pid"; exec sleep 600`);
    await expect(start({ executable: silent, readyTimeoutMs: 300 })).rejects.toThrow(
      /^Temporal server not serving \[address=127\.0\.0\.1:\d+, waited=0\.3 s\]/,
    );
  });
});

describe('openTemporal', () => {
  it('uses the server of TEMPORAL_ADDRESS, prepares it, and leaves it running', async () => {
    const theirs = await start();
    const env = {
      PATH: process.env.PATH,
      TEMPORAL_ADDRESS: theirs.address,
      UNDROP_UI_URL: 'http://ui.example:8080/',
    };
    const searchAttributes = { UndropTable: 'KEYWORD' } as const;
    const opened = await openTemporal({ env, searchAttributes });
    expect(opened).toMatchObject({
      address: theirs.address,
      uiUrl: 'http://ui.example:8080',
      namespace: 'default',
      pid: undefined,
    });
    // Preparing it again changes nothing.
    await (await openTemporal({ env, searchAttributes })).stop();
    await opened.stop();
    await withClient(theirs.address, async ({ connection }) => {
      const { customAttributes } = await (connection as Connection).operatorService.listSearchAttributes({
        namespace: 'default',
      });
      expect(customAttributes).toMatchObject({ UndropTable: 2 });
    });
    await expect(openTemporal({ env, searchAttributes: { UndropTable: 'INT' } })).rejects.toThrow(
      /\[name=UndropTable, namespace=default, type=INT\]: it is there with another type/,
    );
  });

  it('names the namespace that the server does not have', async () => {
    const theirs = await start();
    await expect(
      openTemporal({ env: { TEMPORAL_ADDRESS: theirs.address, TEMPORAL_NAMESPACE: 'elsewhere' } }),
    ).rejects.toThrow(/Temporal server not reached \[TEMPORAL_ADDRESS=.*elsewhere/);
  });

  it('starts a server of our own without TEMPORAL_ADDRESS', async () => {
    const opened = await openTemporal({
      env: { ...process.env, TEMPORAL_ADDRESS: '', TEMPORAL_CLI_PATH: executable },
      ui: false,
    });
    started.push(opened);
    expect(opened.pid).toBeGreaterThan(0);
    await withClient(opened.address, async (client) => {
      await expect(client.workflow.count()).resolves.toMatchObject({ count: 0 });
    });
  });
});

describe('npm run temporal', () => {
  // The command is compiled by `npm run build`, which runs before the tests.
  const main = path.resolve(__dirname, '../../../dist/dev/temporal/main.js');

  function run(...args: string[]) {
    const child = spawn(process.execPath, [main, ...args], {
      env: { ...process.env, TEMPORAL_CLI_PATH: executable },
    });
    const output = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.err += text));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { child, output, ended };
  }

  it('says where the server and its UI are, and stops it on Ctrl-C', async () => {
    const [port, uiPort] = [await takenPort(), await takenPort()];
    await port.release();
    await uiPort.release();
    const command = run('--port', `${port.port}`, '--ui-port', `${uiPort.port}`);
    await new Promise<void>((resolve) =>
      command.child.stdout.on('data', () => command.output.out.includes('Ctrl-C') && resolve()),
    );
    expect(command.output.out).toBe(
      `Temporal server at 127.0.0.1:${port.port}, namespace default\n` +
        `Web UI at http://127.0.0.1:${uiPort.port}\nKept in memory only; Ctrl-C stops it\n`,
    );
    // A worker can start at once: nothing is left to be registered.
    await withClient(`127.0.0.1:${port.port}`, async ({ connection }) => {
      const state = await lookAtSearchAttributes(connection as Connection, 'default');
      expect(state).toEqual({ present: Object.keys(searchAttributes), missing: [], conflicting: [] });
    });
    command.child.kill('SIGINT');
    await expect(command.ended).resolves.toBe(130);
    expect(command.output.err).toBe('stopping the Temporal server\n');
    await expect(
      Connection.connect({ address: `127.0.0.1:${port.port}`, connectTimeout: 500 }),
    ).rejects.toThrow(/connect/);
  });

  it('ends with one clear line when a port is taken', async () => {
    const taken = await takenPort();
    const command = run('--port', `${taken.port}`);
    await expect(command.ended).resolves.toBe(1);
    await taken.release();
    expect(command.output.err).toMatch(/^Temporal server not started \[port=\d+\]: that port is taken.*\n$/);
  });

  it.each([['--port', '70000'], ['--port', 'x'], ['--nonsense'], ['extra']])(
    'explains itself on %s %s',
    async (...args) => {
      const command = run(...args);
      await expect(command.ended).resolves.toBe(2);
      expect(command.output.err).toContain('Usage: npm run temporal');
      expect(command.output.err).not.toMatch(/^\s+at /m);
    },
  );
});
