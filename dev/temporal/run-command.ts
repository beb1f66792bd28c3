import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { guardProcessGroup, releaseProcessGroup } from '../watchdog';

export interface RunOptions {
  timeoutMs: number;
  cwd?: string;
  /** The whole environment; ours when left out. */
  env?: NodeJS.ProcessEnv;
  /** Every line of standard error as it comes: where Go tells what it is doing. */
  onErrorLine?: (line: string) => void;
}

export type RunResult = { ok: true; stdout: string } | { ok: false; reason: string };

/** Runs a command to its end; never throws. The reason of a failure is its last lines, or why it could not be run. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  return new Promise((resolve) => {
    const posix = process.platform !== 'win32';
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      detached: posix,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) guardProcessGroup(child.pid);
    let stdout = '';
    const errorLines: string[] = [];
    let late = false;
    const kill = (): void => {
      try {
        if (posix && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // It has just ended.
      }
    };
    const timer = setTimeout(() => {
      late = true;
      kill();
    }, options.timeoutMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    createInterface({ input: child.stderr }).on('line', (line) => {
      errorLines.push(line);
      if (errorLines.length > 20) errorLines.shift();
      options.onErrorLine?.(line);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve({ ok: false, reason: error.code === 'ENOENT' ? 'it is not there' : error.message });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (child.pid !== undefined) releaseProcessGroup(child.pid);
      if (code === 0 && !late) return resolve({ ok: true, stdout });
      const ending = late
        ? `no end within ${options.timeoutMs / 1000} s`
        : signal
          ? `ended by ${signal}`
          : `exit code ${code}`;
      const said = [...errorLines, ...stdout.trim().split('\n')]
        .filter((line) => line.trim() !== '')
        .slice(-4);
      resolve({ ok: false, reason: [ending, ...said].join(': ') });
    });
  });
}
