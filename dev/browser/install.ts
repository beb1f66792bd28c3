import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { runCommand } from '../temporal/run-command';
import { unpackPackage, type UnpackOptions } from './npm-package';
import { chromiumPackage, fontsPackage } from './pins';

/** What a browser that was put together here needs to run: its own libraries, and fonts where the machine has none. */
export function environmentOf(executable: string, cached: string | undefined): Record<string, string> {
  if (executable !== cached) return {};
  const folder = path.dirname(executable);
  return { LD_LIBRARY_PATH: path.join(folder, 'lib'), FONTCONFIG_FILE: path.join(folder, 'fonts.conf') };
}

/** Ours besides the machine's own. */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
</fontconfig>
`;

/**
 * Puts a folder together in which Chromium runs on any x64 Linux with glibc: `chromium`, `lib/`, `fonts/`, `fonts.conf`.
 * @throws Error when a package cannot be had or is not the pinned one.
 */
export async function assembleChromium(folder: string, options: UnpackOptions): Promise<void> {
  await mkdir(folder, { recursive: true });
  const work = path.join(folder, 'work');
  const [browser, fonts] = [path.join(work, 'browser'), path.join(work, 'fonts')];
  await mkdir(browser, { recursive: true });
  await mkdir(fonts, { recursive: true });
  await unpackPackage(browser, chromiumPackage, options);
  await unpackPackage(fonts, fontsPackage, options);
  options.onProgress('unpacking Chromium');
  const parts = path.join(browser, 'package', 'bin');
  const executable = path.join(folder, 'chromium');
  await decompress(path.join(parts, 'chromium.br'), executable);
  await chmod(executable, 0o755);
  await untar(path.join(parts, 'al2023.tar.br'), folder); // lib/
  await cp(path.join(fonts, 'package', 'ttf'), path.join(folder, 'fonts'), { recursive: true });
  await writeFile(path.join(folder, 'fonts.conf'), fontConfiguration);
  await rm(work, { recursive: true, force: true });
}

async function untar(compressed: string, folder: string): Promise<void> {
  const archive = `${compressed}.tar`;
  await decompress(compressed, archive);
  const unpacked = await runCommand('tar', ['-xf', archive, '-C', folder], { timeoutMs: 60_000 });
  if (!unpacked.ok) throw new Error(`archive not unpacked [file=${compressed}]: ${unpacked.reason}`);
}

function decompress(from: string, to: string): Promise<void> {
  return pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

/**
 * Installs Debian's Chromium, where we are root: on machines for which the npm registry has no build.
 * @throws Error with apt's last words.
 */
export async function installWithApt(onProgress: (message: string) => void): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  onProgress('installing chromium with apt-get (about 100 MB)');
  for (const args of [
    ['update'],
    ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
  ]) {
    const done = await runCommand('apt-get', args, { timeoutMs: 900_000, env });
    if (!done.ok) throw new Error(`apt-get ${args[0]} failed: ${done.reason}`);
  }
  return '/usr/bin/chromium';
}
