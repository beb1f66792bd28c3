import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

// The command as `npm run simulator` starts it, from dist/.

const main = path.join(__dirname, '..', '..', '..', 'dist', 'simulator', 'main.js');
const children: ChildProcess[] = [];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simulator-command-'));
});
afterAll(() => {
  children.forEach((child) => child.kill('SIGKILL'));
  rmSync(folder, { recursive: true });
});

function start(...flags: string[]) {
  const child = spawn(process.execPath, [main, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const exit = once(child, 'close').then(([code]) => ({ code: code as number, ...output }));
  const firstLine = () =>
    new Promise<string>((resolve, reject) => {
      child.stdout.on('data', () => output.stdout.includes('\n') && resolve(output.stdout.split('\n')[0]!));
      void exit.then(({ code, stderr }) => reject(new Error(`ended with ${code}: ${stderr}`)));
    });
  return { child, exit, firstLine };
}

it('prints its address as one JSON line, serves, and stops cleanly when told', async () => {
  const settings = path.join(folder, 'settings.json');
  writeFileSync(settings, JSON.stringify({ restoreSeconds: 77 }));
  const flags = ['--port', '0', '--seed', 'empty', '--speed', '5', '--settings', settings, '--json-ready'];
  const { child, exit, firstLine } = start(...flags);
  const { url } = JSON.parse(await firstLine()) as { url: string };
  const response = await fetch(`${url}/_simulator/settings`);
  expect(await response.json()).toMatchObject({ restoreSeconds: 77, clockSpeed: 5 });
  child.kill('SIGTERM');
  const { code, stdout } = await exit;
  expect(code).toBe(0);
  expect(stdout.trim().split('\n')).toHaveLength(1);
});

it('tells a person how to point the AWS CLI at it, and stops cleanly on Ctrl-C', async () => {
  const { child, exit, firstLine } = start('--port', '0', '--seed', 'empty');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await firstLine())?.[0];
  child.kill('SIGINT');
  const { code, stdout } = await exit;
  expect(code).toBe(0);
  expect(stdout).toContain(`export AWS_ENDPOINT_URL=${url} AWS_REGION=`);
});

it('says that the port is taken, and which', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const { code, stdout, stderr } = await start('--port', String(port), '--seed', 'empty').exit;
  taken.close();
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(
    `simulator cannot start [port=${port}]: the port is taken; choose another with --port, or --port 0 for any free one\n`,
  );
});

it.each([
  [['--port', 'abc'], '--port must be a number'],
  [['--port', '70000'], '--port must be a whole number up to 65535'],
  [['--seed', 'other'], '--seed must be default or empty, not other'],
  [['--speed', '-1'], '--speed'],
  [['--settings', '/nothing/here.json'], '--settings cannot be used [file=/nothing/here.json]'],
  [['--nothing'], "Unknown option '--nothing'"],
])('refuses %j with exit code 2 and the usage', async (flags, words) => {
  const { code, stdout, stderr } = await start(...flags).exit;
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(words);
  expect(stderr).toContain('Usage: ');
});
