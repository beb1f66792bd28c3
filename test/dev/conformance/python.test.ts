import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { preparePython } from '../../../dev/conformance/python';

// Python and pip are stood in for by a shell script of a few lines that writes down how it was called.

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'undrop-python-'));
  await mkdir(path.join(folder, 'bin'));
  await writeFile(path.join(folder, 'requirements.txt'), 'boto3==1.0.0\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Manners {
  version?: string;
  /** Ends `-m venv` so. */
  venv?: 'works' | 'fails';
  pip?: 'works' | 'fails';
}

/** A `python3` on a PATH of its own. `import boto3` works where pip was run. */
async function havePython({ version = '3.12', venv = 'works', pip = 'works' }: Manners = {}): Promise<void> {
  const script = `#!/bin/sh
echo "$*" >> "${folder}/calls"
case "$1 $2" in
  "-c import boto3") test -e "$(dirname "$0")/boto3" || test -e "$PYTHONPATH/boto3" ;;
  "-c "*) echo "${version}" ;;
  "-m venv")
    mkdir -p "$3/bin"
    ${venv === 'fails' ? 'echo "ensurepip is not available" >&2; exit 1' : 'cp "$0" "$3/bin/python"'} ;;
  "-m pip")
    ${pip === 'fails' ? 'echo "no index can be reached" >&2; exit 1' : ''}
    while [ $# -gt 0 ]; do if [ "$1" = --target ]; then mkdir -p "$2"; : > "$2/boto3"; exit 0; fi; shift; done
    : > "$(dirname "$0")/boto3" ;;
esac
`;
  await writeFile(path.join(folder, 'bin', 'python3'), script);
  await chmod(path.join(folder, 'bin', 'python3'), 0o755);
}

const prepare = (onProgress?: (line: string) => void) =>
  preparePython({
    requirementsPath: path.join(folder, 'requirements.txt'),
    env: { PATH: `${path.join(folder, 'bin')}:/usr/bin:/bin`, UNDROP_CACHE_DIR: path.join(folder, 'cache') },
    home: folder,
    onProgress,
  });
const calls = async (of: RegExp) =>
  (await readFile(path.join(folder, 'calls'), 'utf8')).split('\n').filter((line) => of.test(line));
const cached = async () =>
  existsSync(path.join(folder, 'cache')) ? readdir(path.join(folder, 'cache')) : [];

describe('preparePython', () => {
  it('makes an environment of its own in the cache and says so once', async () => {
    await havePython();
    const told: string[] = [];
    const first = await prepare((line) => told.push(line));
    const second = await prepare((line) => told.push(line));
    const [name] = await cached();
    expect(first).toEqual({ ok: true, command: path.join(folder, 'cache', name!, 'bin', 'python'), env: {} });
    expect(second).toEqual(first);
    expect(told).toEqual([expect.stringContaining('requirements.txt')]);
    expect(await calls(/-m pip/)).toHaveLength(1);
  });

  it('has another environment for other requirements and for another Python', async () => {
    await havePython();
    await prepare();
    await writeFile(path.join(folder, 'requirements.txt'), 'boto3==2.0.0\n');
    await prepare();
    await havePython({ version: '3.13' });
    await prepare();
    expect(await cached()).toHaveLength(3);
  });

  it('makes the environment anew when it does not run any more', async () => {
    await havePython();
    const prepared = await prepare();
    await rm(path.join(path.dirname((prepared as { command: string }).command), 'boto3'));
    expect(await prepare()).toEqual(prepared);
    expect(await calls(/-m pip/)).toHaveLength(2);
  });

  it('puts the packages into a plain folder where Python has no venv', async () => {
    await havePython({ venv: 'fails' });
    const prepared = await prepare();
    const [name] = await cached();
    const packages = path.join(folder, 'cache', name!, 'packages');
    expect(prepared).toEqual({ ok: true, command: 'python3', env: { PYTHONPATH: packages } });
    expect(await prepare()).toEqual(prepared);
    expect(await calls(/-m pip/)).toHaveLength(1);
  });

  it('says why when no package can be had, and leaves nothing half-made behind', async () => {
    await havePython({ pip: 'fails' });
    expect(await prepare()).toEqual({
      ok: false,
      reason: expect.stringContaining('no index can be reached'),
    });
    expect(await cached()).toEqual([]);
    await havePython({ venv: 'fails', pip: 'fails' });
    expect(await prepare()).toEqual({
      ok: false,
      reason: expect.stringContaining('ensurepip is not available'),
    });
  });

  it('takes no Python that is too old', async () => {
    await havePython({ version: '3.9' });
    const prepared = await preparePython({
      requirementsPath: path.join(folder, 'requirements.txt'),
      env: { PATH: path.join(folder, 'bin'), UNDROP_CACHE_DIR: path.join(folder, 'cache') },
      home: folder,
    });
    expect(prepared).toEqual({
      ok: false,
      reason: expect.stringMatching(/at least 3\.10 .*python3: it is 3\.9/),
    });
  });

  it('says that there is none where there is none', async () => {
    const prepared = await preparePython({
      requirementsPath: path.join(folder, 'requirements.txt'),
      env: { PATH: path.join(folder, 'bin') },
      home: folder,
    });
    expect(prepared).toEqual({ ok: false, reason: expect.stringContaining('python3: it is not there') });
  });
});
