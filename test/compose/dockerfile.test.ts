import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { root } from './compose-file';

interface Instruction {
  name: string;
  argument: string;
}

/** The Dockerfile's instructions, comments left out and continued lines joined. */
const instructions: Instruction[] = readFileSync(path.join(root, 'Dockerfile'), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .join('\n')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .map((line) => {
    const [, name = '', argument = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    return { name, argument };
  });

const stages = instructions.reduce<Instruction[][]>((found, instruction) => {
  if (instruction.name === 'FROM') found.push([]);
  found.at(-1)?.push(instruction);
  return found;
}, []);
const [build = [], final = []] = stages;

function all(stage: readonly Instruction[], name: string): string[] {
  return stage.filter((instruction) => instruction.name === name).map(({ argument }) => argument);
}

it('builds in one stage and runs in another, both on a glibc image with a version', () => {
  expect(stages).toHaveLength(2);
  expect(instructions.filter(({ name }) => name === 'FROM').map(({ argument }) => argument)).toEqual([
    'node:22-bookworm-slim AS build',
    'node:22-bookworm-slim',
  ]);
});

it('installs exactly what the lockfile says, before the sources are copied', () => {
  const steps = build.filter(({ name }) => name === 'COPY' || name === 'RUN').map(({ argument }) => argument);
  expect(steps[0]).toBe('package.json package-lock.json .npmrc ./');
  expect(steps[1]).toMatch(/^npm ci --ignore-scripts/);
  expect(steps[2]).toBe('. .');
  expect(instructions.some(({ argument }) => /npm (install|i)\b/.test(argument))).toBe(false);
});

it('takes only production dependencies and compiled files into the image', () => {
  expect(all(build, 'RUN').at(-1)).toMatch(/^npm prune --omit=dev/);
  expect(all(final, 'COPY')).toEqual([
    '--from=build /app/package.json ./',
    '--from=build /app/node_modules ./node_modules',
    '--from=build /app/dist ./dist',
  ]);
});

it('runs as an ordinary user, to whom nothing in the image belongs', () => {
  expect(all(final, 'USER')).toEqual(['node']);
  expect(final.some(({ argument }) => argument.includes('--chown'))).toBe(false);
});

it('has the root certificates that TLS to a Temporal server needs', () => {
  expect(all(final, 'RUN').join()).toContain('ca-certificates');
});

it('holds no secret and takes none while it is built', () => {
  expect(all(instructions, 'ARG')).toEqual([]);
  expect(all(instructions, 'ENV').join(' ')).not.toMatch(/AWS_|KEY|SECRET|TOKEN|PASSWORD/i);
});

it('starts the worker without npm or a shell between, so that it gets the signal to stop', () => {
  expect(JSON.parse(all(final, 'CMD')[0] ?? '')).toEqual(['node', 'dist/worker/main.js']);
  expect(existsSync(path.join(root, 'worker', 'main.ts'))).toBe(true);
});

describe('the health check', () => {
  const command = JSON.parse(
    /CMD (\[.*\])$/.exec(all(final, 'HEALTHCHECK')[0] ?? '')?.[1] ?? '[]',
  ) as string[];

  function look(port: number): Promise<number | null> {
    const [, ...args] = command;
    const child = spawn(process.execPath, args, { env: { UNDROP_HEALTH_PORT: String(port) } });
    return new Promise((resolve) => child.once('close', resolve));
  }

  it.each([
    [200, 0],
    [503, 1],
  ])('turns the answer %i of /readyz into exit code %i', async (status, code) => {
    const asked: string[] = [];
    const server = http.createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await expect(look((server.address() as AddressInfo).port)).resolves.toBe(code);
    expect(asked).toEqual(['/readyz']);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is not healthy when nobody listens', async () => {
    await expect(look(1)).resolves.toBe(1);
  });
});

describe('.dockerignore', () => {
  const ignored = readFileSync(path.join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

  it('keeps secrets, history and what is made anew out of the image', () => {
    expect(ignored).toEqual(expect.arrayContaining(['.git', '.env', '.env.*', 'node_modules', 'dist']));
  });

  it('leaves in whatever the build reads', () => {
    const { include } = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8')) as {
      include: string[];
    };
    const needed = [
      ...include.filter((room) => room !== 'test'),
      'package-lock.json',
      '.npmrc',
      'tsconfig.json',
    ];
    expect(needed.filter((name) => ignored.includes(name))).toEqual([]);
    expect(readdirSync(root)).toEqual(expect.arrayContaining(needed));
  });
});
