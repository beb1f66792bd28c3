// The containers of temporal-docker-compose.yml without an engine: what is in the image, started as the file starts it.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '../../dev/ports';
import { type RunningChild, startChild } from '../../dev/process';
import { simulatedAwsEnv } from '../../dev/simulator-control';
import { thisBuild } from '../../worker/build';
import { environmentOf, root, service } from '../compose/compose-file';
import { temporalAddress } from '../support/stand-in-rig';

let image: string;
const children: RunningChild[] = [];
const taskQueue = `containers-${randomBytes(4).toString('hex')}`;

/** The final stage of the Dockerfile: package.json, dist/ without what the build removes, no dev dependency. */
beforeAll(() => {
  image = mkdtempSync(path.join(tmpdir(), 'undrop-image-'));
  cpSync(path.join(root, 'package.json'), path.join(image, 'package.json'));
  const removed = ['bench', 'dev', 'simulator'].map((room) => path.join(root, 'dist', room));
  cpSync(path.join(root, 'dist'), path.join(image, 'dist'), {
    recursive: true,
    filter: (file) => !removed.includes(file) && !/\.(map|d\.ts)$/.test(file),
  });
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean; optional?: boolean }>;
  };
  for (const [folder, { dev, devOptional, optional }] of Object.entries(packages)) {
    // Those below another package come with it.
    if (!/^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(folder) || dev || devOptional || optional) continue;
    mkdirSync(path.join(image, path.dirname(folder)), { recursive: true });
    symlinkSync(path.join(root, folder), path.join(image, folder));
  }
});

afterAll(async () => {
  for (const child of children) await child.stop();
  rmSync(image, { recursive: true, force: true });
});

/** What links lead to is looked at as if it lay in the image, so that nothing of the sources' node_modules is found. */
const asInTheImage = ['--preserve-symlinks', '--preserve-symlinks-main'];

async function start(name: string, env: Record<string, string>, ready: string): Promise<RunningChild> {
  const [command, ...args] = service(name).command ?? ['node', 'dist/worker/main.js'];
  expect(command).toBe('node');
  const child = await startChild({
    name,
    command: process.execPath,
    args: [...asInTheImage, ...args],
    cwd: image,
    env: {
      ...environmentOf(service(name), env),
      TEMPORAL_ADDRESS: temporalAddress(),
      UNDROP_TASK_QUEUE: taskQueue,
      ...env,
    },
    ready: (line) => line.includes(ready),
  });
  children.push(child);
  return child;
}

describe('the API', () => {
  const token = randomBytes(32).toString('hex');
  const tokens = `viewer ${createHash('sha256').update(token).digest('hex')} me`;
  let port: number;
  const get = (at: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${at}`, { headers });

  beforeAll(async () => {
    [port] = (await freePorts(1)) as [number];
    await start('api', { UNDROP_API_TOKENS: tokens, UNDROP_API_PORT: String(port) }, '"API ready"');
  });

  it('starts from the production install, ready, with its documentation', async () => {
    expect((await get('/readyz')).status).toBe(200);
    expect((await get('/docs/')).status).toBe(200);
    expect(await (await get('/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' });
  });

  it('answers only to those who have a token', async () => {
    expect((await get('/v1/runs')).status).toBe(401);
    const allowed = await get('/v1/runs', { authorization: `Bearer ${token}` });
    expect(allowed.status).toBe(200);
  });

  it('has a health check that looks at it', async () => {
    const [, , ...args] = service('api').healthcheck!.test;
    const look = (at: number) =>
      new Promise((resolve) => {
        const asked = args.map((arg) => arg.replace(':8080/', `:${at}/`));
        spawn(process.execPath, asked, { cwd: image }).once('close', resolve);
      });
    expect(await look(port)).toBe(0);
    expect(await look(1)).toBe(1);
  });

  it('does not start without tokens, and says what is missing', async () => {
    await expect(start('api', { UNDROP_API_PORT: '0' }, '"API ready"')).rejects.toThrow(
      /undrop api: UNDROP_API_HOST is 0\.0\.0\.0, which others can reach: that needs .*UNDROP_API_TOKENS/,
    );
  });
});

it('starts the worker from the production install; it says which build it is', async () => {
  const [port] = await freePorts(1);
  const env = { ...simulatedAwsEnv('http://127.0.0.1:1'), UNDROP_HEALTH_PORT: String(port) };
  await start('worker', env, '"worker started"');
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ ok: true, ...thisBuild() });
});

it('has the command line too', async () => {
  const child = await startChild({
    name: 'undrop',
    command: process.execPath,
    args: [...asInTheImage, 'dist/client/cli/main.js', 'runs', 'list', '--output', 'json'],
    cwd: image,
    env: { TEMPORAL_ADDRESS: temporalAddress() },
  });
  expect(await child.exited).toEqual({ code: 0, signal: null });
});
