import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { SearchAttributeType } from '@temporalio/common';
import { freePorts, isPortFree } from '../ports';
import { describeExit, describeLines, startChild, type RunningChild } from '../process';
import { createResolveEffects } from './effects';
import { lookAtServer } from './readiness';
import { resolveExecutable, TemporalUnavailableError } from './resolve';
import { loopback, serverArguments } from './server-arguments';

export interface TemporalServerOptions {
  /** Where gRPC is served on loopback; a free port when left out. */
  port?: number;
  /** Where the Web UI is served on loopback; a free port when left out. */
  uiPort?: number;
  /** False: no Web UI. */
  ui?: boolean;
  /** A file that keeps everything between runs (its folder is made); in memory when left out. */
  dbFilename?: string;
  /** Registered in the namespace before the server is ready. */
  searchAttributes?: Readonly<Record<string, SearchAttributeType>>;
  /** The `temporal` command; resolved (and, if need be, installed) when left out. */
  executable?: string;
  /** Told what takes long, and what errors the server logs. */
  log?: (message: string) => void;
  env?: Readonly<Record<string, string | undefined>>;
  /** How long the server may take to serve, default 60 s. */
  readyTimeoutMs?: number;
}

export interface TemporalServer {
  /** `host:port` for gRPC. */
  address: string;
  /** Where the Web UI is, undefined without one. */
  uiUrl: string | undefined;
  namespace: string;
  pid: number;
  /** Resolves when the server is gone, by `stop` or by itself, with how it ended (`code=1: its last lines …`). */
  ended: Promise<string>;
  /** Stops the server and waits until it is gone; may be called twice. */
  stop(): Promise<void>;
}

const namespace = 'default';
const attempts = 3;

/**
 * Starts a Temporal development server of our own (never the one of TEMPORAL_ADDRESS) and waits until it really serves.
 * @throws TemporalUnavailableError when there is no executable, a port is taken, or the server ends or does not serve.
 */
export async function startTemporalServer(options: TemporalServerOptions = {}): Promise<TemporalServer> {
  const { log = () => undefined, env = process.env } = options;
  const executable = options.executable ?? (await resolveExecutable(createResolveEffects({ env, log }))).path;
  await requirePort('port', options.port);
  if (options.ui !== false) await requirePort('uiPort', options.uiPort);
  if (options.dbFilename !== undefined) {
    await mkdir(path.dirname(path.resolve(options.dbFilename)), { recursive: true });
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(executable, options, env, log);
    } catch (error) {
      // A port that was free when it was chosen may be taken by now: choose others.
      const taken = error instanceof TemporalUnavailableError && /address already in use/.test(error.message);
      if (!taken || attempt === attempts) throw error;
    }
  }
}

async function startOnce(
  executable: string,
  options: TemporalServerOptions,
  env: Readonly<Record<string, string | undefined>>,
  log: (message: string) => void,
): Promise<TemporalServer> {
  const [freePort, freeUiPort] = (await freePorts(2)) as [number, number];
  const port = options.port ?? freePort;
  const uiPort = options.ui === false ? undefined : (options.uiPort ?? freeUiPort);
  const { dbFilename, searchAttributes, readyTimeoutMs = 60_000 } = options;
  const child = await startChild({
    name: 'Temporal server',
    command: executable,
    args: serverArguments({ port, uiPort, dbFilename, searchAttributes }),
    env: withoutTemporalSettings(env),
    // A server that is killed while it closes its database on a busy machine has not closed it.
    stopTimeoutMs: 30_000,
    // The rest is its banner, which repeats what we say ourselves.
    onLine: (line) => {
      if (/level=(WARN|ERROR|FATAL)|^Error/.test(line)) log(`temporal: ${line}`);
    },
  });
  const address = `${loopback}:${port}`;
  try {
    await untilServing(child, address, readyTimeoutMs);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return {
    address,
    uiUrl: uiPort === undefined ? undefined : `http://${loopback}:${uiPort}`,
    namespace,
    pid: child.pid,
    ended: child.exited.then((exit) => `${describeExit(exit)}: ${describeLines(child.lastLines())}`),
    stop: async () => void (await child.stop()),
  };
}

async function untilServing(child: RunningChild, address: string, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  let refusal: string | undefined = 'not looked yet';
  while (refusal !== undefined) {
    if (!child.isRunning()) {
      throw new TemporalUnavailableError(
        `Temporal server ended before it served [address=${address}, ${describeExit(await child.exited)}]: ` +
          describeLines(child.lastLines()),
      );
    }
    if (Date.now() > deadline) {
      throw new TemporalUnavailableError(
        `Temporal server not serving [address=${address}, waited=${limitMs / 1000} s]: ${refusal}; ` +
          describeLines(child.lastLines()),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    refusal = await lookAtServer({ namespace, connection: { address } }, 2_000);
  }
}

async function requirePort(name: 'port' | 'uiPort', port: number | undefined): Promise<void> {
  if (port === undefined || (await isPortFree(port))) return;
  throw new TemporalUnavailableError(
    `Temporal server not started [${name}=${port}]: that port is taken on ${loopback}; ` +
      'choose another one, or stop what listens there',
  );
}

/** TEMPORAL_ADDRESS and its like steer the CLI as well, and are meant for clients. */
function withoutTemporalSettings(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}
