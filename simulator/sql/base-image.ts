import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { shim } from './shim';

/** `UNDROP_CACHE_DIR`, else `XDG_CACHE_HOME/undrop`, else `~/.cache/undrop`. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (env.UNDROP_CACHE_DIR) return env.UNDROP_CACHE_DIR;
  return path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'undrop');
}

function pgliteVersion(): string {
  // PGlite's package.json is not exported: its main file lies in dist/ beside it.
  const main = require.resolve('@electric-sql/pglite');
  const manifest = path.join(path.dirname(main), '..', 'package.json');
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require(manifest) as { version: string }).version;
}

/**
 * A data directory with the Redshift shim installed, kept in the user's cache: starting from it takes about 0.5 s, an
 * initdb several times that. A new PGlite or a changed shim has a new name.
 */
export function imageFile(folder: string): string {
  const key = createHash('sha256').update(`${pgliteVersion()}\n${shim}`).digest('hex').slice(0, 16);
  return path.join(folder, `redshift-${key}.tar.gz`);
}

export async function readImage(folder: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(imageFile(folder));
  } catch {
    return undefined; // no cache yet, or an unreadable one: an initdb is always possible
  }
}

/** Written beside and renamed, so that no reader ever sees half an image. A cache that cannot be written is no failure. */
export async function writeImage(folder: string, image: Uint8Array): Promise<void> {
  const file = imageFile(folder);
  const temporary = `${file}.${process.pid}.${process.hrtime.bigint()}`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, image);
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

export async function removeImage(folder: string): Promise<void> {
  await rm(imageFile(folder), { force: true });
}
