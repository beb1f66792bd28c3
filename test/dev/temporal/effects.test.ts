import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createResolveEffects, probeExecutable } from '../../../dev/temporal/effects';
import { resolveExecutable } from '../../../dev/temporal/resolve';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'undrop-effects-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function script(file: string, body: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

const answers = (server: string): string => `echo "temporal version 1.9.1 (Server ${server}, UI 2.54.1)"`;

describe('probeExecutable', () => {
  it.each([
    ['a version', answers('1.32.0'), { ok: true, cli: '1.9.1', server: '1.32.0' }],
    [
      'a failure',
      'echo broken >&2; exit 3',
      { ok: false, reason: '`--version` failed: exit code 3: broken' },
    ],
    ['something else', 'echo tempo 1.0', { ok: false, reason: '`--version` printed "tempo 1.0\\n"' }],
  ])('reads %s', async (_case, body, expected) => {
    await expect(probeExecutable(await script(path.join(folder, 'temporal'), body))).resolves.toEqual(
      expected,
    );
  });

  it('finds out a file that was cut off', async () => {
    const file = path.join(folder, 'temporal');
    await writeFile(file, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]));
    await chmod(file, 0o755);
    await expect(probeExecutable(file)).resolves.toMatchObject({ ok: false });
  });

  it.each([['a missing file'], ['a folder'], ['a file that nobody may execute']])(
    'is not misled by %s',
    async (kind) => {
      const file = path.join(folder, 'temporal');
      if (kind === 'a folder') await mkdir(file);
      if (kind.startsWith('a file')) await writeFile(file, 'text');
      await expect(probeExecutable(file)).resolves.toEqual({
        ok: false,
        reason: 'there is no executable file',
      });
    },
  );
});

describe('createResolveEffects', () => {
  it('finds the first executable `temporal` of PATH', async () => {
    await mkdir(path.join(folder, 'a'));
    await writeFile(path.join(folder, 'a', 'temporal'), 'not executable');
    const second = await script(path.join(folder, 'b', 'temporal'), answers('1.32.0'));
    const effects = createResolveEffects({
      env: { PATH: ['', path.join(folder, 'a'), path.join(folder, 'b')].join(path.delimiter) },
    });
    await expect(resolveExecutable(effects)).resolves.toMatchObject({ path: second, origin: 'PATH' });
  });

  it('says in one message what is missing on a machine without network and Go', async () => {
    const said: string[] = [];
    const effects = createResolveEffects({
      env: { PATH: folder, UNDROP_CACHE_DIR: path.join(folder, 'cache') },
      downloadOrigin: 'http://127.0.0.1:1',
      log: (message) => void said.push(message),
    });
    const error = (await resolveExecutable(effects).catch((reason: unknown) => reason)) as Error;
    expect(error.name).toBe('TemporalUnavailableError');
    expect(error.message).toContain('`temporal` on PATH: there is none');
    expect(error.message).toContain(`cache [${path.join(folder, 'cache')}/temporal-1.9.1-`);
    expect(error.message).toMatch(/download of Temporal CLI 1\.9\.1: no answer \[host=127\.0\.0\.1:1\]/);
    expect(error.message).toContain('build of Temporal CLI 1.9.1 with Go: `go` is not on PATH');
    expect(said).toHaveLength(2);
  });

  it('tells why a server does not answer', async () => {
    const effects = createResolveEffects({ env: { TEMPORAL_ADDRESS: '127.0.0.1:1', HOME: folder } });
    await expect(effects.refusal()).resolves.toMatch(/connect|deadline|unavailable/i);
  });

  it('tells which setting is wrong before it connects', async () => {
    const effects = createResolveEffects({ env: { TEMPORAL_ADDRESS: 'no port' } });
    await expect(effects.refusal()).resolves.toContain('TEMPORAL_ADDRESS must be host:port');
  });
});
