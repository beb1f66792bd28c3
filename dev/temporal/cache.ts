import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { lock } from 'proper-lockfile';
import { cliVersion } from './versions';

/** Where the executable is kept: UNDROP_CACHE_DIR, else `undrop` in XDG_CACHE_HOME, else in `~/.cache`. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  if (env.UNDROP_CACHE_DIR) return path.resolve(env.UNDROP_CACHE_DIR);
  // A relative XDG_CACHE_HOME is to be ignored (XDG base directory specification).
  const xdg = env.XDG_CACHE_HOME;
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.cache'), 'undrop');
}

/** The version and the machine are in the name: a newer checkout, or another machine on a shared home, has its own. */
export function cachedExecutable(folder: string, platform: NodeJS.Platform, arch: string): string {
  return path.join(folder, `temporal-${cliVersion}-${platform}-${arch}${platform === 'win32' ? '.exe' : ''}`);
}

export interface AloneOptions {
  /** Told every few seconds while another process has the lock. */
  onWait?: (waitedSeconds: number) => void;
  /** A lock whose owner has not renewed it for so long belongs to a dead process, default 20 s. */
  staleMs?: number;
  /** Milliseconds between two attempts to get the lock, default 500. */
  retryMs?: number;
}

/** Runs `action` while no other process installs the same file; the lock of a process that died is taken over. */
export async function installAlone<T>(
  target: string,
  action: () => Promise<T>,
  { onWait, staleMs = 20_000, retryMs = 500 }: AloneOptions = {},
): Promise<T> {
  await mkdir(path.dirname(target), { recursive: true });
  const started = Date.now();
  let nextWord = started;
  for (;;) {
    let release: (() => Promise<void>) | undefined;
    try {
      release = await lock(target, {
        realpath: false, // the file is not there yet
        stale: staleMs,
        // Losing the lock means that our process was stopped for long; the rename below stays atomic even then.
        onCompromised: () => undefined,
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
    }
    if (release) {
      try {
        return await action();
      } finally {
        await release().catch(() => undefined);
      }
    }
    if (Date.now() >= nextWord) {
      onWait?.(Math.round((Date.now() - started) / 1000));
      nextWord = Date.now() + 5_000;
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

/**
 * Has `produce` make the file beside its target and moves it there in one step, so that nobody ever sees half a file.
 * What a killed installation left behind is removed first. Call it within `installAlone`.
 */
export async function installAtomically(
  target: string,
  produce: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = path.dirname(target);
  const prefix = `${path.basename(target)}.new-`;
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
  const temporary = path.join(folder, `${prefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    await produce(temporary);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
