import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runCommand } from '../temporal/run-command';
import type { PinnedPackage } from './pins';

export interface UnpackOptions {
  /** Told what takes long. */
  onProgress: (message: string) => void;
  /** The npm command; another one in tests. */
  npm?: string;
}

/**
 * Gets a package with npm (so with the user's registry, proxy and cache), compares its hash, and unpacks it to
 * `folder/package`. No script of it runs.
 * @throws Error when npm does not get it, or when it is not the package that was pinned.
 */
export async function unpackPackage(
  folder: string,
  pinned: PinnedPackage,
  { onProgress, npm = 'npm' }: UnpackOptions,
): Promise<void> {
  const { name, version, integrity, megabytes } = pinned;
  const what = `${name} ${version} (${megabytes} MB)`;
  onProgress(`getting ${what} with npm`);
  const began = Date.now();
  const words = setInterval(
    () => onProgress(`still getting ${what}, ${Math.round((Date.now() - began) / 1000)} s so far`),
    5_000,
  );
  try {
    const args = ['pack', `${name}@${version}`, '--ignore-scripts', '--silent', '--pack-destination', folder];
    const packed = await runCommand(npm, args, { timeoutMs: 600_000 });
    if (!packed.ok) throw new Error(`npm pack failed: ${packed.reason}`);
    const archive = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
    if (archive === undefined) throw new Error('npm pack left no archive');
    const file = path.join(folder, archive);
    const actual = await sha512(file);
    if (actual !== integrity)
      throw new Error(
        `archive refused [package=${name}@${version}]: its hash is ${actual}, not ${integrity}`,
      );
    const unpacked = await runCommand('tar', ['-xzf', file, '-C', folder], { timeoutMs: 120_000 });
    if (!unpacked.ok)
      throw new Error(`archive not unpacked [package=${name}@${version}]: ${unpacked.reason}`);
  } finally {
    clearInterval(words);
  }
}

async function sha512(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}
