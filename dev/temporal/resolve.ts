// Where a Temporal server comes from (docs/adr/0006). Decisions only: every effect is an argument.
import { cliVersion, isAtLeast, minimumGoVersion, minimumServerVersion } from './versions';

/** What `temporal --version` said, or why it did not. */
export type Probe = { ok: true; cli: string; server: string } | { ok: false; reason: string };

/** Where an executable was found. */
export type ExecutableOrigin = 'TEMPORAL_CLI_PATH' | 'PATH' | 'cache' | 'download' | 'go build';

export interface TemporalExecutable {
  kind: 'executable';
  path: string;
  origin: ExecutableOrigin;
  serverVersion: string;
}

/** A server that someone else runs: it is used, and never stopped. */
export interface TemporalElsewhere {
  kind: 'address';
  address: string;
}

export interface ResolveEffects {
  env: Readonly<Record<string, string | undefined>>;
  /** Undefined when the server of the environment's TEMPORAL_* settings answers, else why it does not. */
  refusal(): Promise<string | undefined>;
  /** Full path of a command, undefined when PATH has none. */
  findOnPath(command: string): string | undefined;
  probe(executable: string): Promise<Probe>;
  /** Told why a way did not work while the next one is tried. */
  log(message: string): void;
  /** Where the executable is kept between runs. */
  cachedExecutable: string;
  /** Runs `action` while no other process installs into the cache. */
  alone<T>(action: () => Promise<T>): Promise<T>;
  /** Each puts a working executable at `cachedExecutable` or throws with the reason. */
  download(): Promise<void>;
  build(): Promise<void>;
}

/** No server can be had, or the one that was asked for cannot be used; the message says what was tried and the remedy. */
export class TemporalUnavailableError extends Error {
  override readonly name = 'TemporalUnavailableError';
}

/** A server of one's own, or someone else's when TEMPORAL_ADDRESS says so. @throws TemporalUnavailableError */
export async function resolveTemporal(
  effects: ResolveEffects,
): Promise<TemporalExecutable | TemporalElsewhere> {
  const address = effects.env.TEMPORAL_ADDRESS;
  if (!address) return resolveExecutable(effects);
  const refusal = await effects.refusal();
  if (refusal === undefined) return { kind: 'address', address };
  throw new TemporalUnavailableError(
    `Temporal server not reached [TEMPORAL_ADDRESS=${address}]: ${refusal}\n` +
      'Start that server or correct the TEMPORAL_* settings; without TEMPORAL_ADDRESS a server of our own is started.',
  );
}

/** The `temporal` command: the user's, ours from earlier, downloaded or built. @throws TemporalUnavailableError */
export async function resolveExecutable(effects: ResolveEffects): Promise<TemporalExecutable> {
  const asked = effects.env.TEMPORAL_CLI_PATH;
  if (asked) return resolveAsked(asked, effects);

  const tried: string[] = [];
  const onPath = effects.findOnPath('temporal');
  if (onPath === undefined) {
    tried.push('`temporal` on PATH: there is none');
  } else {
    const probe = await effects.probe(onPath);
    if (probe.ok && isAtLeast(probe.server, minimumServerVersion)) return found('PATH', onPath, probe);
    tried.push(`\`temporal\` on PATH [${onPath}]: ${probe.ok ? tooOld(probe.server) : probe.reason}`);
  }

  const cached = effects.cachedExecutable;
  const early = await effects.probe(cached);
  if (early.ok) return found('cache', cached, early);

  return effects.alone(async () => {
    const late = await effects.probe(cached);
    if (late.ok) return found('cache', cached, late); // another process was faster
    tried.push(`cache [${cached}]: ${late.reason}`);
    const installations = [
      {
        origin: 'download',
        label: `download of Temporal CLI ${cliVersion}`,
        install: () => effects.download(),
      },
      {
        origin: 'go build',
        label: `build of Temporal CLI ${cliVersion} with Go`,
        install: () => effects.build(),
      },
    ] as const;
    for (const { origin, label, install } of installations) {
      try {
        await install();
      } catch (error) {
        tried.push(`${label}: ${messageOf(error)}`);
        effects.log(tried.at(-1) as string);
        continue;
      }
      const probe = await effects.probe(cached);
      if (probe.ok) return found(origin, cached, probe);
      tried.push(`${label}: what was installed does not run: ${probe.reason}`);
    }
    throw new TemporalUnavailableError(explain(tried));
  });
}

/** A path that the user gave is used or refused, never quietly replaced by something else. */
async function resolveAsked(path: string, effects: ResolveEffects): Promise<TemporalExecutable> {
  const probe = await effects.probe(path);
  if (probe.ok && isAtLeast(probe.server, minimumServerVersion)) {
    return found('TEMPORAL_CLI_PATH', path, probe);
  }
  throw new TemporalUnavailableError(
    `Temporal CLI not usable [TEMPORAL_CLI_PATH=${path}]: ${probe.ok ? tooOld(probe.server) : probe.reason}\n` +
      `Set it to a Temporal CLI of version ${cliVersion} or newer, or unset it.`,
  );
}

function found(
  origin: ExecutableOrigin,
  path: string,
  probe: Extract<Probe, { ok: true }>,
): TemporalExecutable {
  return { kind: 'executable', path, origin, serverVersion: probe.server };
}

function tooOld(server: string): string {
  return `its server ${server} is older than ${minimumServerVersion}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function explain(tried: readonly string[]): string {
  return [
    'Temporal server not available: nothing of this worked',
    ...tried.map((line) => `  - ${line}`),
    'Do one of these and try again:',
    `  - install the Temporal CLI, ${cliVersion} or newer (https://docs.temporal.io/cli), or set TEMPORAL_CLI_PATH to it`,
    `  - install Go ${minimumGoVersion} or newer (https://go.dev/dl) and let the CLI be built from its sources`,
    '  - set TEMPORAL_ADDRESS to a Temporal server that runs already',
  ].join('\n');
}
