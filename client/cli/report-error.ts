import type { ClientError, TemporalUnreachableError } from '../errors';
import { exitCodes } from './exit-codes';
import { wantsColours, type Io } from './io';
import { painter } from './painter';
import { UsageError } from './usage-error';

/**
 * Tells a person what failed, why, and what to do; on stderr. Stack traces only with --verbose.
 * @returns the exit code.
 */
export function reportError(error: unknown, io: Io, verbose = false): number {
  const paint = painter(wantsColours(io, io.stderr));
  const { exit, lines, remedy } = explain(error);
  const message = error instanceof Error ? error.message : String(error);
  io.stderr.write(`${paint.red('undrop:')} ${message}\n`);
  for (const line of lines) io.stderr.write(`  ${line}\n`);
  if (remedy) io.stderr.write(`${paint.bold('What to do:')} ${remedy}\n`);
  if (verbose) io.stderr.write(`${stackOf(error)}\n`);
  return exit;
}

interface Explained {
  exit: number;
  lines: readonly string[];
  remedy?: string;
}

// Errors are told apart by name: their classes come with modules that need not be loaded when nothing went wrong.
function explain(error: unknown): Explained {
  if (error instanceof UsageError) return { exit: exitCodes.usage, lines: error.lines };
  const name = error instanceof Error ? error.name : '';
  if (name === 'ConfigError') {
    return {
      exit: exitCodes.usage,
      lines: [],
      remedy: 'Mend the environment variables or flags that are named; nothing was started.',
    };
  }
  if (name === 'TemporalUnreachableError') {
    const { checks, exit, remedy } = error as TemporalUnreachableError;
    const lines = checks.map((check) => `${check.ok ? '✔' : '✘'} ${check.name}  ${check.detail}`);
    const advice = checks.find((check) => !check.ok)?.advice;
    return { exit, lines: lines.length > 0 ? ['Connection:', ...lines] : [], remedy: advice ?? remedy };
  }
  if (name === 'ClientError' || name === 'InvalidInputError') {
    const { exit, remedy } = error as ClientError;
    return { exit, lines: [], remedy };
  }
  return {
    exit: exitCodes.failed,
    lines: [],
    remedy: 'This was not foreseen. Try again with --verbose, which tells where it happened.',
  };
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
