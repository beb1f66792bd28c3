#!/usr/bin/env node
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import type Readline from 'node:readline/promises';
import type { Io } from './io';
import { runCli } from './program';

async function confirm(question: string): Promise<boolean> {
  const { createInterface } = require('node:readline/promises') as typeof Readline;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

const io: Io = {
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  async readStdin() {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  },
  ...(process.stdin.isTTY && process.stderr.isTTY && { confirm }),
  onInterrupt(listener) {
    // The second Ctrl-C ends the process as ever: the listener is taken away after the first.
    process.once('SIGINT', listener);
    return () => process.off('SIGINT', listener);
  },
  now: () => Date.now(),
};

// `undrop … | head` closes the pipe early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});

void runCli(process.argv.slice(2), io).then((exitCode) => {
  // A connection that is still being tried must not keep the process; what was written is let out first.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
});
