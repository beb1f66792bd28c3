import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, installAlone, installAtomically } from '../temporal/cache';
import { runCommand } from '../temporal/run-command';

/** How to run a Python that has the packages of a requirements file; or why there is none. */
export type PreparedPython =
  { ok: true; command: string; env: Record<string, string> } | { ok: false; reason: string };

export interface PreparePythonOptions {
  requirementsPath: string;
  env: NodeJS.ProcessEnv;
  home: string;
  /** Told what takes long. */
  onProgress?: (line: string) => void;
}

/** What boto3 asks for. */
const oldest = [3, 10] as const;
const packagesFolder = 'packages';

/**
 * Finds Python 3 and has its packages ready in the user's cache folder: a virtual environment of their own, or, where
 * Python comes without `venv` (Debian's does), a plain folder of packages. Done once for each requirements file and
 * version of Python; never touches what is installed in the system. Never throws.
 */
export async function preparePython(options: PreparePythonOptions): Promise<PreparedPython> {
  const found = await findPython(options.env);
  if (!found.ok) return found;
  const { python, version } = found;
  const requirements = await readFile(options.requirementsPath, 'utf8');
  const key = createHash('sha256')
    .update(requirements)
    .update(`${version} ${process.platform} ${process.arch}`);
  const folder = path.join(
    cacheFolder(options.env, options.home),
    `python-${version}-${key.digest('hex').slice(0, 12)}`,
  );
  const ready = (): Promise<PreparedPython | undefined> => readyIn(folder, python, options.env);
  try {
    return (
      (await ready()) ??
      (await installAlone(folder, async () => {
        const other = await ready();
        if (other !== undefined) return other;
        await rm(folder, { recursive: true, force: true });
        options.onProgress?.(
          `installing the packages of ${path.basename(options.requirementsPath)} into ${folder}`,
        );
        await installAtomically(folder, (temporary) => install(temporary, python, options));
        return (await ready()) ?? { ok: false, reason: `what was installed in ${folder} does not run` };
      }))
    );
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

type Found = { ok: true; python: string; version: string } | { ok: false; reason: string };

async function findPython(env: NodeJS.ProcessEnv): Promise<Found> {
  const seen: string[] = [];
  for (const python of ['python3', 'python']) {
    const asked = await runCommand(
      python,
      ['-c', 'import sys; print(str(sys.version_info[0]) + "." + str(sys.version_info[1]))'],
      { timeoutMs: 20_000, env },
    );
    if (!asked.ok) {
      seen.push(`${python}: ${asked.reason}`);
      continue;
    }
    const version = asked.stdout.trim();
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major === oldest[0] && minor >= oldest[1]) return { ok: true, python, version };
    seen.push(`${python}: it is ${version}`);
  }
  return { ok: false, reason: `there is no Python of at least ${oldest.join('.')} (${seen.join('; ')})` };
}

/** The folder as it is to be run; undefined when it is not there, or was broken by an upgrade of Python. */
async function readyIn(
  folder: string,
  python: string,
  env: NodeJS.ProcessEnv,
): Promise<PreparedPython | undefined> {
  const own = ownPython(folder);
  const packages = path.join(folder, packagesFolder);
  const prepared: PreparedPython = existsSync(own)
    ? { ok: true, command: own, env: {} }
    : { ok: true, command: python, env: { PYTHONPATH: packages } };
  if (!existsSync(own) && !existsSync(packages)) return undefined;
  const tried = await runCommand(prepared.command, ['-c', 'import boto3'], {
    timeoutMs: 60_000,
    env: { ...env, ...prepared.env },
  });
  return tried.ok ? prepared : undefined;
}

function ownPython(folder: string): string {
  return process.platform === 'win32'
    ? path.join(folder, 'Scripts', 'python.exe')
    : path.join(folder, 'bin', 'python');
}

async function install(
  folder: string,
  python: string,
  { env, requirementsPath }: PreparePythonOptions,
): Promise<void> {
  const made = await runCommand(python, ['-m', 'venv', folder], { timeoutMs: 120_000, env });
  // Without `ensurepip` a half-made environment is left behind.
  if (!made.ok) await rm(folder, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  const [command, where] = made.ok
    ? [ownPython(folder), []]
    : [python, ['--target', path.join(folder, packagesFolder)]];
  const installed = await runCommand(command, [...pip, ...where, '-r', requirementsPath], {
    timeoutMs: 300_000,
    env,
  });
  if (installed.ok) return;
  const noVenv = made.ok ? '' : ` (and no virtual environment could be made: ${made.reason})`;
  throw new Error(`the packages cannot be installed: ${installed.reason}${noVenv}`);
}
