import type { Environment } from '../../config/config-error';

/** One end of the terminal. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
  rows?: number;
}

/** Everything the CLI knows of the world outside; tests give their own. */
export interface Io {
  env: Environment;
  /** Data: what was asked for, and nothing else. */
  stdout: Output;
  /** Everything else: progress, advice, errors. */
  stderr: Output;
  readStdin(): Promise<string>;
  /** Asks a person yes or no; absent where none sits at the terminal. */
  confirm?: (question: string) => Promise<boolean>;
  /** Calls the listener on Ctrl-C instead of ending the process; returns how to stop listening. */
  onInterrupt(listener: () => void): () => void;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Colours only for a person's eyes: on a terminal, and not when NO_COLOR is set (https://no-color.org). */
export function wantsColours(io: Io, output: Output): boolean {
  return Boolean(output.isTTY) && !io.env.NO_COLOR && io.env.TERM !== 'dumb';
}
