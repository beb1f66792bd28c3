import { existsSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './run-command';
import { cliVersion, isAtLeast, minimumGoVersion } from './versions';

export interface BuildOptions {
  /** The folder with go.mod and go.sum. */
  folder: string;
  onProgress: (message: string) => void;
  /** The environment to build in: PATH, HOME and Go's own settings. */
  env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds between two progress messages, default 5 s. */
  progressMs?: number;
}

const main = 'github.com/temporalio/cli/cmd/temporal';
const buildLimitMs = 45 * 60_000;

/** `dev/temporal/cli-build` of this checkout, from the sources and from `dist/` alike. */
export function buildFolder(from: string = __dirname): string {
  let folder = from;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${from}`);
    folder = parent;
  }
  return path.join(folder, 'dev', 'temporal', 'cli-build');
}

/**
 * Builds the Temporal CLI from the sources that the Go module proxy serves (the versions and hashes are in go.mod and
 * go.sum): minutes the first time on a machine, so it tells every few seconds how far it is.
 * @throws Error without a Go that is new enough, without a module proxy, or when the compiler fails.
 */
export async function buildCli(target: string, options: BuildOptions): Promise<void> {
  const { folder, onProgress, progressMs = 5_000 } = options;
  const env = { ...options.env, CGO_ENABLED: '0', GOWORK: 'off' };
  await requireGo(folder, env);
  const started = Date.now();
  const elapsed = (): string => {
    const seconds = Math.round((Date.now() - started) / 1000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  };
  let phase = '';
  const ticker = setInterval(() => onProgress(`${phase}, ${elapsed()} so far`), progressMs);
  try {
    onProgress(
      `building Temporal CLI ${cliVersion} with Go: once on this machine, about 7 minutes on two cores`,
    );
    let modules = 0;
    phase = 'downloading Go modules';
    const listed = await runCommand('go', ['list', '-deps', main], {
      cwd: folder,
      env,
      timeoutMs: buildLimitMs,
      onErrorLine(line) {
        if (line.startsWith('go: downloading ')) phase = `downloading Go modules: ${(modules += 1)}`;
      },
    });
    if (!listed.ok) throw new Error(`go list failed: ${listed.reason}`);
    const packages = listed.stdout.trim().split('\n').length;
    let compiled = 0;
    phase = `compiling ${packages} packages`;
    const flags = [
      '-trimpath',
      '-buildvcs=false',
      '-ldflags',
      `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${cliVersion}`,
    ];
    const built = await runCommand('go', ['build', '-v', ...flags, '-o', target, main], {
      cwd: folder,
      env,
      timeoutMs: buildLimitMs,
      onErrorLine(line) {
        // -v prints one import path per package compiled, and nothing for what the build cache holds.
        if (!line.includes(' ')) phase = `compiling: ${(compiled += 1)} of at most ${packages} packages`;
      },
    });
    if (!built.ok) throw new Error(`go build failed: ${built.reason}`);
    onProgress(`built Temporal CLI ${cliVersion} in ${elapsed()}`);
  } finally {
    clearInterval(ticker);
  }
}

async function requireGo(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  // Asked in the folder of go.mod: an older Go may fetch the one that go.mod wants by itself (GOTOOLCHAIN).
  const answer = await runCommand('go', ['env', 'GOVERSION'], { cwd: folder, env, timeoutMs: 120_000 });
  if (!answer.ok) {
    throw new Error(
      answer.reason === 'it is not there' ? '`go` is not on PATH' : `\`go env\` failed: ${answer.reason}`,
    );
  }
  const version = answer.stdout.trim().replace(/^go/, '');
  if (!isAtLeast(version, minimumGoVersion)) {
    throw new Error(`Go ${version} is older than ${minimumGoVersion}`);
  }
}
