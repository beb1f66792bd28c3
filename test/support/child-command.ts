import { spawn } from 'node:child_process';
import path from 'node:path';
import { cleanEnv } from '../../dev/simulator-control';

const dist = path.resolve(__dirname, '..', '..', 'dist');

export interface CommandEnd {
  code: number | null;
  out: string;
  err: string;
}

/**
 * Runs a built command as a process of its own, as a user would, until it ends.
 * @param script path below dist/, such as `client/cli/main.js`.
 * @param env everything it gets of AWS's, Temporal's and Undrop's settings; nothing leaks in from the test run.
 */
export async function runCommand(
  script: string,
  argv: readonly string[],
  env: Record<string, string>,
): Promise<CommandEnd> {
  const child = spawn(process.execPath, [path.join(dist, script), ...argv], {
    env: { ...cleanEnv(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A command that never ends is told as such, not left behind.
    timeout: 100_000,
    killSignal: 'SIGKILL',
  });
  const end: CommandEnd = { code: null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (end.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (end.err += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...end, code }));
  });
}
