import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cachedBrowser, installationsOf, probeBrowser, type Machine } from '../../../dev/browser/effects';
import { environmentOf } from '../../../dev/browser/install';
import { unpackPackage } from '../../../dev/browser/npm-package';
import { browserPlaces } from '../../../dev/browser/places';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'undrop-browser-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function script(name: string, body: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

const linux: Machine = {
  env: { UNDROP_CACHE_DIR: '/cache' },
  platform: 'linux',
  arch: 'x64',
  home: '/home/me',
  isRoot: true,
  osRelease: 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\n',
};

describe('where a browser is looked for', () => {
  it('is PATH and then the usual places', () => {
    expect(browserPlaces('linux', { PATH: '/a::/b' }, '/home/me')).toEqual(
      expect.arrayContaining(['/a/google-chrome', '/b/chromium', '/opt/google/chrome/chrome']),
    );
    expect(browserPlaces('darwin', { PATH: '/a' }, '/Users/me')).toEqual(
      expect.arrayContaining([
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Users/me/Applications/Chromium.app/Contents/MacOS/Chromium',
      ]),
    );
    expect(browserPlaces('win32', { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' }, 'C:\\')).toContain(
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    );
  });
});

describe('how a browser is got', () => {
  const ways = (machine: Machine) => installationsOf(machine, () => undefined).map(({ origin }) => origin);

  it.each<[string, Partial<Machine>, string[]]>([
    ['x64 Linux as root on Debian', {}, ['npm', 'apt']],
    ['x64 Linux as somebody else', { isRoot: false }, ['npm']],
    ['arm64 Debian as root', { arch: 'arm64' }, ['apt']],
    ['arm64 Ubuntu as root, whose package is a snap', { arch: 'arm64', osRelease: 'ID=ubuntu\n' }, []],
    ['macOS', { platform: 'darwin', arch: 'arm64', isRoot: false, osRelease: '' }, []],
  ])('on %s', (_machine, changes, expected) => {
    expect(ways({ ...linux, ...changes })).toEqual(expected);
  });

  it('is kept under its version in the cache folder, with libraries and fonts of its own', () => {
    const cached = cachedBrowser(linux)!;
    expect(cached).toMatch(/^\/cache\/chromium-\d+\.\d+\.\d+-linux-x64\/chromium$/);
    expect(environmentOf(cached, cached)).toEqual({
      LD_LIBRARY_PATH: path.join(path.dirname(cached), 'lib'),
      FONTCONFIG_FILE: path.join(path.dirname(cached), 'fonts.conf'),
    });
    expect(environmentOf('/usr/bin/chromium', cached)).toEqual({});
  });
});

describe('probeBrowser', () => {
  it.each([
    ['a version', 'echo "Chromium 153.0.8010.0"', { ok: true, version: '153.0.8010.0' }],
    [
      'a failure',
      'echo broken >&2; exit 3',
      { ok: false, reason: '`--version` failed: exit code 3: broken' },
    ],
    ['something else', 'echo hello', { ok: false, reason: '`--version` printed "hello\\n"' }],
  ])('reads %s', async (_case, body, expected) => {
    await expect(probeBrowser(await script('chrome', body))).resolves.toEqual(expected);
  });

  it('is not misled by a missing file', async () => {
    await expect(probeBrowser(path.join(folder, 'chrome'))).resolves.toEqual({
      ok: false,
      reason: 'there is no executable file',
    });
  });
});

describe('unpackPackage', () => {
  const pinned = { name: '@x/y', version: '1.2.3', integrity: 'sha512-0', megabytes: 1 };
  const said: string[] = [];
  const onProgress = (message: string) => void said.push(message);

  it('refuses an archive that is not the pinned one, and unpacks nothing of it', async () => {
    const npm = await script('npm', `while [ $# -gt 1 ]; do shift; done; echo other > "$1/x-y-1.2.3.tgz"`);
    await expect(unpackPackage(folder, pinned, { onProgress, npm })).rejects.toThrow(
      /^archive refused \[package=@x\/y@1\.2\.3\]: its hash is sha512-\S+, not sha512-0$/,
    );
    await expect(readFile(path.join(folder, 'package'))).rejects.toThrow('ENOENT');
    expect(said).toEqual(['getting @x/y 1.2.3 (1 MB) with npm']);
  });

  it('says why npm did not get it', async () => {
    const npm = await script('npm', 'echo "npm error code E404" >&2; exit 1');
    await expect(unpackPackage(folder, pinned, { onProgress, npm })).rejects.toThrow(
      'npm pack failed: exit code 1: npm error code E404',
    );
  });
});
