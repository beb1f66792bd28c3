import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { downloadCli } from '../../../dev/temporal/download';
import { probeExecutable } from '../../../dev/temporal/effects';

let folder: string;
let server: http.Server;
let origin: string;
let answer: (request: http.IncomingMessage, response: http.ServerResponse) => void;
const requests: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'undrop-download-'));
  requests.length = 0;
  server = http.createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const download = (overrides: object = {}): Promise<void> =>
  downloadCli(path.join(folder, 'temporal'), {
    platform: 'linux',
    arch: 'x64',
    onProgress: () => undefined,
    origin,
    silenceMs: 5_000,
    ...overrides,
  });

/** An archive with one file `temporal` in it: a script that prints its version. */
async function archive(): Promise<Buffer> {
  const work = path.join(folder, 'work');
  execFileSync('mkdir', [work]);
  await writeFile(
    path.join(work, 'temporal'),
    '#!/bin/sh\necho "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"\n',
  );
  await chmod(path.join(work, 'temporal'), 0o644);
  execFileSync('tar', ['-czf', 'cli.tar.gz', 'temporal'], { cwd: work });
  const bytes = await readFile(path.join(work, 'cli.tar.gz'));
  await rm(work, { recursive: true });
  return bytes;
}

it('asks for this machine and this version, unpacks the command, and leaves nothing else', async () => {
  const bytes = await archive();
  answer = (request, response) => {
    if (request.url?.startsWith('/cli/')) {
      response.end(JSON.stringify({ archiveUrl: `${origin}/file.tar.gz`, fileToExtract: 'temporal' }));
    } else response.end(bytes);
  };
  await download();
  expect(requests).toEqual(['/cli/v1.9.1?platform=linux&arch=amd64&format=tar.gz', '/file.tar.gz']);
  expect(await readdir(folder)).toEqual(['temporal']);
  await expect(probeExecutable(path.join(folder, 'temporal'))).resolves.toEqual({
    ok: true,
    cli: '1.9.1',
    server: '1.32.0',
  });
});

it.each([
  [{ platform: 'freebsd' }, 'there is none for freebsd on x64'],
  [{ arch: 'riscv64' }, 'there is none for linux on riscv64'],
])('asks nobody for a machine that has no build: %j', async (machine, message) => {
  await expect(download(machine)).rejects.toThrow(message);
  expect(requests).toEqual([]);
});

it('gives up on a host that is silent', async () => {
  answer = () => undefined;
  await expect(download({ silenceMs: 300 })).rejects.toThrow(
    /no answer \[host=127\.0\.0\.1:\d+\]: silent for 0\.3 s/,
  );
});

it('gives up on an archive that stops coming, and leaves nothing behind', async () => {
  answer = (request, response) => {
    if (request.url?.startsWith('/cli/')) {
      response.end(JSON.stringify({ archiveUrl: `${origin}/file.tar.gz`, fileToExtract: 'temporal' }));
    } else response.write('the first bytes');
  };
  await expect(download({ silenceMs: 300 })).rejects.toThrow(/silent for 0\.3 s/);
  expect(await readdir(folder)).toEqual([]);
});

it('says what a host answered that does not have it', async () => {
  answer = (_request, response) => {
    response.statusCode = 404;
    response.end();
  };
  await expect(download()).rejects.toThrow(/answer 404 \[address=http.*v1\.9\.1/);
});

it.each(['null', '{}', '"text"', '<html>', '{"archiveUrl": 5, "fileToExtract": "x"}'])(
  'refuses the answer %s',
  async (body) => {
    answer = (_request, response) => void response.end(body);
    await expect(download()).rejects.toThrow(/unexpected answer/);
  },
);

it('refuses an archive that is damaged', async () => {
  answer = (request, response) => {
    if (request.url?.startsWith('/cli/')) {
      response.end(JSON.stringify({ archiveUrl: `${origin}/file.tar.gz`, fileToExtract: 'temporal' }));
    } else response.end('this is not an archive');
  };
  await expect(download()).rejects.toThrow(/archive not unpacked \[file=temporal\]/);
  expect(await readdir(folder)).toEqual([]);
});

it('says why when there is no network', async () => {
  await expect(download({ origin: 'http://127.0.0.1:1' })).rejects.toThrow(
    /no answer \[host=127\.0\.0\.1:1\]: .*(ECONNREFUSED|bad port)/,
  );
});
