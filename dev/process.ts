// Child processes of the demo, the benchmarks and the tests. Invariants:
// C1. A child never outlives us: it stops on our exit, on SIGINT and SIGTERM, and when we are killed (watchdog.ts).
// C2. Children stop in the reverse of the order in which they were started: the worker before the server it talks to.
// C3. A child leads its own process group, so that Ctrl-C in the terminal reaches us alone and we keep that order,
//     and so that what the child itself started ends with it.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { guardProcessGroup, releaseProcessGroup } from './watchdog';

export interface ChildOptions {
  /** Used in messages: `worker ended before it was ready …`. */
  name: string;
  command: string;
  args?: readonly string[];
  /** The whole environment of the child; ours when left out. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Every line the child writes. */
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Says which line means that the child is ready; without it, it is ready as soon as it runs. */
  ready?: (line: string) => boolean;
  /** How long the ready line may take, default 60 s. */
  readyTimeoutMs?: number;
  /** How long the child may take to end after SIGTERM before it is killed, default 10 s. */
  stopTimeoutMs?: number;
}

export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningChild {
  readonly name: string;
  readonly pid: number;
  /** Resolves (never rejects) when the process is gone. */
  readonly exited: Promise<ChildExit>;
  readonly isRunning: () => boolean;
  /** The last lines it wrote, oldest first. */
  readonly lastLines: () => string[];
  /** SIGTERM to its process group, SIGKILL after `stopTimeoutMs`; resolves when it is gone. May be called twice. */
  stop(): Promise<ChildExit>;
}

/** The child could not be started, or ended or stayed silent before it was ready. */
export class ChildProcessError extends Error {
  override readonly name = 'ChildProcessError';
}

const children: RunningChild[] = [];
const keptLines = 20;

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // ESRCH: the whole group is gone already.
  }
}

function after(ms: number, action: () => void): () => void {
  const timer = setTimeout(action, ms);
  return () => clearTimeout(timer);
}

/**
 * Starts a child process and waits until it is ready.
 * @throws ChildProcessError when it cannot be started, ends before its ready line, or does not print it in time; it
 *   is stopped then, and the message carries the last lines that it wrote.
 */
export async function startChild(options: ChildOptions): Promise<RunningChild> {
  stopChildrenWithUs();
  const { name, stopTimeoutMs = 10_000, readyTimeoutMs = 60_000 } = options;
  const spawned = spawn(options.command, [...(options.args ?? [])], {
    env: options.env,
    cwd: options.cwd,
    detached: process.platform !== 'win32', // C3
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let onLine = (line: string): void => void line;
  for (const stream of ['stdout', 'stderr'] as const) {
    createInterface({ input: spawned[stream], crlfDelay: Infinity }).on('line', (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      options.onLine?.(line, stream);
      onLine(line);
    });
  }
  await new Promise<void>((resolve, reject) => {
    spawned.once('spawn', resolve);
    spawned.once('error', (error) =>
      reject(
        new ChildProcessError(`${name} not started [command=${options.command}]: ${error.message}`, {
          cause: error,
        }),
      ),
    );
  });
  const pid = spawned.pid as number;
  guardProcessGroup(pid); // C1
  let running = true;
  const exited = new Promise<ChildExit>((resolve) => {
    // `close` comes after the last line was read, `exit` may come before.
    spawned.once('close', (code, signal) => {
      running = false;
      signalGroup(spawned, 'SIGTERM'); // C3, when it ended by itself
      releaseProcessGroup(pid);
      const index = children.indexOf(child);
      if (index >= 0) children.splice(index, 1);
      resolve({ code, signal });
    });
  });
  const child: RunningChild = {
    name,
    pid,
    exited,
    isRunning: () => running,
    lastLines: () => [...lines],
    async stop() {
      if (!running) return exited;
      signalGroup(spawned, 'SIGTERM');
      const cancelKill = after(stopTimeoutMs, () => signalGroup(spawned, 'SIGKILL'));
      const exit = await exited;
      cancelKill();
      return exit;
    },
  };
  children.push(child);
  if (options.ready) {
    const isReady = options.ready;
    const verdict = await new Promise<'ready' | 'late' | ChildExit>((resolve) => {
      const cancelLate = after(readyTimeoutMs, () => resolve('late'));
      onLine = (line) => {
        if (isReady(line)) {
          cancelLate();
          resolve('ready');
        }
      };
      void exited.then((exit) => {
        cancelLate();
        resolve(exit);
      });
    });
    if (verdict !== 'ready') {
      await child.stop();
      throw new ChildProcessError(
        verdict === 'late'
          ? `${name} not ready [waited=${readyTimeoutMs / 1000} s]: ${describeLines(lines)}`
          : `${name} ended before it was ready [${describeExit(verdict)}]: ${describeLines(lines)}`,
      );
    }
  }
  return child;
}

/** `code=1` or `signal=SIGKILL`. */
export function describeExit(exit: ChildExit): string {
  return exit.signal === null ? `code=${exit.code}` : `signal=${exit.signal}`;
}

/** The last lines of a child, for an error message. */
export function describeLines(lines: readonly string[]): string {
  const written = lines.filter((line) => line.trim() !== '').slice(-8);
  return written.length === 0 ? 'it wrote nothing' : `its last lines were\n  ${written.join('\n  ')}`;
}

/** Stops every running child, the latest first (C2), each only when the one before is gone. */
export async function stopAllChildren(): Promise<void> {
  for (let child = children.at(-1); child; child = children.at(-1)) await child.stop();
}

// Not SIGHUP: a handler would undo `nohup`; when a terminal closes, the watchdog does the work.
type StopSignal = 'SIGINT' | 'SIGTERM';
const exitCodes: Record<StopSignal, number> = { SIGINT: 130, SIGTERM: 143 };
const listeners: ((signal: StopSignal) => void)[] = [];
let installed = false;

/** Called when we are told to stop, before the children are stopped: the place for a last word to the user. */
export function onStopSignal(listener: (signal: StopSignal) => void): void {
  stopChildrenWithUs();
  listeners.push(listener);
}

function stopChildrenWithUs(): void {
  if (installed) return;
  installed = true;
  let stopping = false;
  for (const signal of Object.keys(exitCodes) as StopSignal[]) {
    process.on(signal, () => {
      // A second Ctrl-C means now: the watchdog ends what is left.
      if (stopping) process.exit(exitCodes[signal]);
      stopping = true;
      for (const listener of listeners) listener(signal);
      void stopAllChildren().then(() => process.exit(exitCodes[signal]));
    });
  }
  process.on('exit', () => {
    for (const { pid } of [...children].reverse()) {
      try {
        process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM');
      } catch {
        // It has just ended.
      }
    }
  });
}
