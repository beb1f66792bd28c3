import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cachedExecutable, cacheFolder, installAlone, installAtomically } from '../../../dev/temporal/cache';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'undrop-cache-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('cacheFolder', () => {
  it.each([
    [{ UNDROP_CACHE_DIR: '/var/cache/x', XDG_CACHE_HOME: '/xdg' }, '/var/cache/x'],
    [{ XDG_CACHE_HOME: '/xdg' }, '/xdg/undrop'],
    [{ XDG_CACHE_HOME: 'relative' }, '/home/me/.cache/undrop'],
    [{ UNDROP_CACHE_DIR: '', XDG_CACHE_HOME: '' }, '/home/me/.cache/undrop'],
    [{}, '/home/me/.cache/undrop'],
  ])('with %j is %s', (env, expected) => {
    expect(cacheFolder(env, '/home/me')).toBe(expected);
  });
});

describe('cachedExecutable', () => {
  it('names the version and the machine, so that none runs the file of another', () => {
    expect(cachedExecutable('/c', 'linux', 'x64')).toBe('/c/temporal-1.9.1-linux-x64');
    expect(cachedExecutable('/c', 'darwin', 'arm64')).toBe('/c/temporal-1.9.1-darwin-arm64');
    expect(cachedExecutable('/c', 'win32', 'x64')).toBe('/c/temporal-1.9.1-win32-x64.exe');
  });
});

describe('installAlone', () => {
  it('lets only one in at a time, and makes the folder', async () => {
    const target = path.join(folder, 'new', 'deep', 'temporal');
    let inside = 0;
    let most = 0;
    const enter = (): Promise<void> =>
      installAlone(
        target,
        async () => {
          most = Math.max(most, (inside += 1));
          await new Promise((resolve) => setTimeout(resolve, 30));
          inside -= 1;
        },
        { retryMs: 10 },
      );
    await Promise.all([enter(), enter(), enter()]);
    expect(most).toBe(1);
  });

  it('tells who waits that it waits', async () => {
    const target = path.join(folder, 'temporal');
    const words: number[] = [];
    let leave = (): void => undefined;
    let enter = (): void => undefined;
    const inside = new Promise<void>((resolve) => (enter = resolve));
    const first = installAlone(target, () => {
      enter();
      return new Promise<void>((resolve) => (leave = resolve));
    });
    await inside;
    const second = installAlone(target, () => Promise.resolve('in'), {
      retryMs: 10,
      onWait: (seconds) => {
        words.push(seconds);
        leave();
      },
    });
    await first;
    await expect(second).resolves.toBe('in');
    expect(words).toEqual([0]);
  });

  it('takes over the lock of a process that was killed', async () => {
    const target = path.join(folder, 'temporal');
    const lockModule = require.resolve('proper-lockfile');
    const owner = spawn(process.execPath, [
      '-e',
      `require(${JSON.stringify(lockModule)}).lock(${JSON.stringify(target)}, { realpath: false })
        .then(() => { console.log('locked'); setInterval(() => {}, 1000); })`,
    ]);
    await new Promise((resolve) => owner.stdout.once('data', resolve));
    const gone = new Promise((resolve) => owner.once('close', resolve));
    owner.kill('SIGKILL');
    await gone;
    expect(existsSync(`${target}.lock`)).toBe(true);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(`${target}.lock`, longAgo, longAgo);
    await expect(installAlone(target, () => Promise.resolve('in'), { retryMs: 10 })).resolves.toBe('in');
  });

  it('gives the lock back when the action fails', async () => {
    const target = path.join(folder, 'temporal');
    await expect(installAlone(target, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(installAlone(target, () => Promise.resolve('in'))).resolves.toBe('in');
  });
});

describe('installAtomically', () => {
  it('shows the file only when it is complete', async () => {
    const target = path.join(folder, 'temporal');
    await installAtomically(target, async (temporary) => {
      await writeFile(temporary, 'half');
      expect(existsSync(target)).toBe(false);
      await writeFile(temporary, 'whole');
    });
    expect(await readFile(target, 'utf8')).toBe('whole');
  });

  it('keeps what was there and leaves nothing behind when making the file fails', async () => {
    const target = path.join(folder, 'temporal');
    await writeFile(target, 'old');
    await expect(
      installAtomically(target, async (temporary) => {
        await writeFile(temporary, 'half');
        throw new Error('disk full');
      }),
    ).rejects.toThrow('disk full');
    expect(await readFile(target, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['temporal']);
  });

  it('removes what a killed installation left, and nothing else', async () => {
    const target = path.join(folder, 'temporal');
    await writeFile(`${target}.new-1-abcd`, 'half');
    await mkdir(`${target}.new-2-abcd.unpacked`);
    await writeFile(path.join(folder, 'temporal-of-another-version'), 'keep');
    await installAtomically(target, (temporary) => writeFile(temporary, 'whole'));
    expect((await readdir(folder)).sort()).toEqual(['temporal', 'temporal-of-another-version']);
  });
});
