import { accessSync, constants, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cachedExecutable, cacheFolder, installAlone, installAtomically } from './cache';
import { downloadCli } from './download';
import { buildCli, buildFolder } from './go-build';
import { checkConnection } from './readiness';
import type { Probe, ResolveEffects } from './resolve';
import { runCommand } from './run-command';
import { parseCliVersion } from './versions';

export interface EffectOptions {
  env?: Readonly<Record<string, string | undefined>>;
  /** Told what takes long: downloads, the build, waiting for another process. */
  log?: (message: string) => void;
  home?: string;
  /** Where the download's address is asked for; another one in tests. */
  downloadOrigin?: string;
}

/** The real effects of `resolveTemporal`: this machine's PATH, cache folder, network and Go. */
export function createResolveEffects(options: EffectOptions = {}): ResolveEffects {
  const { env = process.env, log = () => undefined, home = os.homedir() } = options;
  const cached = cachedExecutable(cacheFolder(env, home), process.platform, process.arch);
  return {
    env,
    refusal: () => checkConnection(env),
    findOnPath: (command) => findOnPath(command, env),
    probe: probeExecutable,
    log,
    cachedExecutable: cached,
    alone: (action) =>
      installAlone(cached, action, {
        onWait: (seconds) =>
          log(`waiting for another process that installs the Temporal CLI, ${seconds} s so far`),
      }),
    download: () =>
      installAtomically(cached, (temporary) =>
        downloadCli(temporary, {
          platform: process.platform,
          arch: process.arch,
          onProgress: log,
          origin: options.downloadOrigin,
        }),
      ),
    build: () =>
      installAtomically(cached, (temporary) =>
        buildCli(temporary, { folder: buildFolder(), env, onProgress: log }),
      ),
  };
}

/** Runs `--version`: what is missing, cut off or made for another machine is found out here. */
export async function probeExecutable(executable: string): Promise<Probe> {
  if (!isExecutable(executable)) return { ok: false, reason: 'there is no executable file' };
  const answer = await runCommand(executable, ['--version'], { timeoutMs: 20_000 });
  if (!answer.ok) return { ok: false, reason: `\`--version\` failed: ${answer.reason}` };
  const versions = parseCliVersion(answer.stdout);
  if (!versions)
    return { ok: false, reason: `\`--version\` printed ${JSON.stringify(answer.stdout.slice(0, 80))}` };
  return { ok: true, ...versions };
}

function findOnPath(command: string, env: EffectOptions['env']): string | undefined {
  const file = process.platform === 'win32' ? `${command}.exe` : command;
  return (env?.PATH ?? env?.Path ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.join(folder, file))
    .find(isExecutable);
}

/** Whether this is a file that may be run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
