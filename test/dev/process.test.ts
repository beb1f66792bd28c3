import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ChildProcessError, startChild } from '../../dev/process';
import { compileModules } from '../support/compile-modules';

const node = process.execPath;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'undrop-process-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A process whose parent has not read its end yet is not alive.
  const status = `/proc/${pid}/stat`;
  return !existsSync(status) || !/\) Z /.test(readFileSync(status, 'utf8'));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('startChild', () => {
  it('is ready when the ready line comes, and hands on every line', async () => {
    const lines: string[] = [];
    const child = await startChild({
      name: 'speaker',
      command: node,
      args: [
        '-e',
        'console.log("one"); console.error("two"); setTimeout(() => console.log("serving on 1"), 1e3); setInterval(() => {}, 1e3)',
      ],
      onLine: (line, stream) => void lines.push(`${stream} ${line}`),
      ready: (line) => line.startsWith('serving'),
    });
    expect([...lines].sort()).toEqual(['stderr two', 'stdout one', 'stdout serving on 1']);
    expect(child.isRunning()).toBe(true);
    await expect(child.stop()).resolves.toEqual({ code: null, signal: 'SIGTERM' });
    expect(child.isRunning()).toBe(false);
    expect(isAlive(child.pid)).toBe(false);
  });

  it('gives the child the environment it was told, and no other', async () => {
    const child = await startChild({
      name: 'env',
      command: node,
      args: ['-e', 'console.log(JSON.stringify(process.env))'],
      env: { A: '1' },
    });
    await child.exited;
    expect(JSON.parse(child.lastLines()[0] ?? '')).toMatchObject({ A: '1' });
    expect(child.lastLines()[0]).not.toContain('PATH');
  });

  it('names a command that is not there', async () => {
    const promise = startChild({ name: 'worker', command: '/no/such/command' });
    await expect(promise).rejects.toThrow(ChildProcessError);
    await expect(promise).rejects.toThrow(/^worker not started \[command=\/no\/such\/command\]: .*ENOENT/);
  });

  it('tells the last lines of a child that ends before it is ready', async () => {
    await expect(
      startChild({
        name: 'worker',
        command: node,
        args: ['-e', 'console.error("no such bucket"); process.exit(3)'],
        ready: () => false,
      }),
    ).rejects.toThrow('worker ended before it was ready [code=3]: its last lines were\n  no such bucket');
  });

  it('stops a child that does not become ready in time', async () => {
    let pid = 0;
    await expect(
      startChild({
        name: 'worker',
        command: '/bin/sh',
        args: ['-c', 'echo $$; exec sleep 600'],
        onLine: (line) => (pid = Number(line)),
        ready: () => false,
        readyTimeoutMs: 2_000,
      }),
    ).rejects.toThrow(/^worker not ready \[waited=2 s\]: its last lines were\n {2}\d+$/);
    expect(isAlive(pid)).toBe(false);
  });

  it('kills a child that ignores being asked to stop', async () => {
    const child = await startChild({
      name: 'deaf',
      command: node,
      args: ['-e', 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1e3)'],
      ready: (line) => line === 'up',
      stopTimeoutMs: 100,
    });
    await expect(child.stop()).resolves.toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('stops what the child itself started', async () => {
    let grandchild = 0;
    const child = await startChild({
      name: 'family',
      command: '/bin/sh',
      args: ['-c', 'sleep 600 & echo $!; wait'],
      onLine: (line) => (grandchild = Number(line)),
      ready: () => true,
    });
    expect(isAlive(grandchild)).toBe(true);
    await child.stop();
    await until(() => !isAlive(grandchild));
  });

  it('may be told to stop twice', async () => {
    const child = await startChild({ name: 'sleeper', command: '/bin/sleep', args: ['600'] });
    const [first, second] = await Promise.all([child.stop(), child.stop()]);
    expect(first).toEqual(second);
    await expect(child.stop()).resolves.toEqual(first);
  });
});

describe('a process that started children', () => {
  /** Starts three children, one deaf to SIGTERM, each with a child of its own; tells their process ids. */
  const parent = `
    const { startChild, onStopSignal } = require('./dev/process');
    const { appendFileSync } = require('node:fs');
    const log = (word) => appendFileSync('log', word + '\\n');
    const child = (name, onTerm) => startChild({
      name, command: process.execPath, ready: (line) => line.startsWith('up'), stopTimeoutMs: 2_000,
      onLine: (line) => log(line),
      args: ['-e', \`const c = require('node:child_process').spawn('sleep', ['600']);
        process.on('SIGTERM', () => { console.log('\${name} asked to stop'); \${onTerm} });
        console.log('up', process.pid, c.pid); setInterval(() => {}, 1000)\`],
    });
    (async () => {
      await child('server', 'process.exit(0)');
      await child('deaf', '');
      await child('worker', 'process.exit(0)');
      onStopSignal((signal) => log('told to stop by ' + signal));
      log('started');
      if (process.argv[2] === 'throws') throw new Error('unexpected');
      if (process.argv[2] === 'exits') process.exit(7);
    })();`;

  const log = (): string[] => {
    const file = path.join(folder, 'log');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };
  const pids = (): number[] =>
    log()
      .filter((line) => line.startsWith('up '))
      .flatMap((line) => line.split(' ').slice(1).map(Number));

  function startParent(mode = ''): { process: ChildProcess; ended: Promise<number | string | null> } {
    compileModules(['dev/process.ts', 'dev/watchdog.ts'], folder);
    writeFileSync(path.join(folder, 'parent.js'), parent);
    const started = spawn(node, ['parent.js', mode], { cwd: folder, stdio: 'ignore' });
    const ended = new Promise<number | string | null>((resolve) =>
      started.once('exit', (code, signal) => resolve(code ?? signal)),
    );
    return { process: started, ended };
  }

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stops them in reverse order on %s and exits with %i', async (signal, code) => {
    const started = startParent();
    await until(() => log().includes('started'));
    expect(pids().every(isAlive)).toBe(true);
    expect(pids()).toHaveLength(6);
    started.process.kill(signal);
    await expect(started.ended).resolves.toBe(code);
    await until(() => !pids().some(isAlive));
    expect(log().slice(log().indexOf('started') + 1)).toEqual([
      `told to stop by ${signal}`,
      'worker asked to stop',
      'deaf asked to stop',
      'server asked to stop',
    ]);
  });

  it.each([
    ['exits', 7],
    ['throws', 1],
  ])('leaves none when it %s', async (mode, code) => {
    const started = startParent(mode);
    await expect(started.ended).resolves.toBe(code);
    expect(pids()).toHaveLength(6);
    await until(() => !pids().some(isAlive));
  });

  it('leaves none when it is killed', async () => {
    const started = startParent();
    await until(() => log().includes('started'));
    started.process.kill('SIGKILL');
    await expect(started.ended).resolves.toBe('SIGKILL');
    await until(() => !pids().some(isAlive));
  });
});
