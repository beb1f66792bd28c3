import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cacheFolder, installAlone, installAtomically } from '../temporal/cache';
import { isExecutable } from '../temporal/effects';
import { runCommand } from '../temporal/run-command';
import { assembleChromium, environmentOf, installWithApt } from './install';
import { chromiumPackage } from './pins';
import { browserPlaces } from './places';
import type { Installation, Probe, ResolveEffects } from './resolve';

/** The machine, as far as the choice of a browser depends on it. */
export interface Machine {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  arch: string;
  home: string;
  isRoot: boolean;
  /** Text of /etc/os-release, empty where there is none. */
  osRelease: string;
}

export function thisMachine(env: Machine['env'] = process.env): Machine {
  let osRelease = '';
  try {
    osRelease = readFileSync('/etc/os-release', 'utf8');
  } catch {
    // Not Linux, or a very small one.
  }
  const { platform, arch } = process;
  return { env, platform, arch, home: os.homedir(), isRoot: process.getuid?.() === 0, osRelease };
}

/** Where our own Chromium is kept; undefined on a machine for which there is no build. */
export function cachedBrowser({ env, platform, arch, home }: Machine): string | undefined {
  if (platform !== 'linux' || arch !== 'x64') return undefined;
  const folder = `chromium-${chromiumPackage.version}-${platform}-${arch}`;
  return path.join(cacheFolder(env, home), folder, 'chromium');
}

/** The ways that this machine has to get a browser. */
export function installationsOf(machine: Machine, log: (message: string) => void): Installation[] {
  const cached = cachedBrowser(machine);
  const fromNpm: Installation | undefined = cached
    ? {
        origin: 'npm',
        label: `Chromium ${chromiumPackage.version} from the npm registry`,
        install: async () => {
          const folder = path.dirname(cached);
          await installAtomically(folder, async (temporary) => {
            await assembleChromium(temporary, { onProgress: log });
            await rm(folder, { recursive: true, force: true }); // one that does not run
          });
          return cached;
        },
      }
    : undefined;
  // Ubuntu's package of that name is a snap, which does not run in containers.
  const debian = machine.isRoot && /^ID="?debian"?$/m.test(machine.osRelease);
  const fromApt: Installation | undefined = debian
    ? { origin: 'apt', label: 'apt-get install chromium', install: () => installWithApt(log) }
    : undefined;
  return [fromNpm, fromApt].filter((each) => each !== undefined);
}

/** The real effects of `resolveBrowser`. */
export function createResolveEffects(
  log: (message: string) => void,
  machine: Machine = thisMachine(),
): ResolveEffects {
  const cached = cachedBrowser(machine);
  const lock = cached ? path.dirname(cached) : path.join(cacheFolder(machine.env, machine.home), 'browser');
  return {
    env: machine.env,
    installed: browserPlaces(machine.platform, machine.env, machine.home).filter(isExecutable),
    cached,
    installations: installationsOf(machine, log),
    probe: (executable) => probeBrowser(executable, environmentOf(executable, cached)),
    log,
    alone: (action) =>
      installAlone(lock, action, {
        onWait: (seconds) => log(`waiting for another process that installs a browser, ${seconds} s so far`),
      }),
  };
}

/** Runs `--version`: what is missing, cut off or made for another machine is found out here. */
export async function probeBrowser(executable: string, ownEnv: Record<string, string> = {}): Promise<Probe> {
  if (!isExecutable(executable)) return { ok: false, reason: 'there is no executable file' };
  // Chrome on Windows answers `--version` by opening a window.
  if (process.platform === 'win32') return { ok: true, version: 'of Windows' };
  const env = { ...process.env, ...ownEnv };
  const answer = await runCommand(executable, ['--version'], { timeoutMs: 20_000, env });
  if (!answer.ok) return { ok: false, reason: `\`--version\` failed: ${answer.reason}` };
  const version = /\d+(\.\d+)+/.exec(answer.stdout)?.[0];
  if (version === undefined)
    return { ok: false, reason: `\`--version\` printed ${JSON.stringify(answer.stdout.slice(0, 80))}` };
  return { ok: true, version };
}
