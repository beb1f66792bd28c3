import { parseArgs } from 'node:util';
import { searchAttributes } from '../../domain/search-attributes';
import { onStopSignal } from '../process';
import { TemporalUnavailableError } from './resolve';
import { startTemporalServer } from './server';

const usage = `Starts a Temporal development server with its Web UI, and stops it on Ctrl-C.

Usage: npm run temporal -- [options]
  --port <n>          gRPC port (default 7233)
  --ui-port <n>       Web UI port (default 8233)
  --db-filename <f>   keep everything in this file; without it all is gone when the server stops
  --help              this text
`;

class UsageError extends Error {}

function readPort(name: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--${name} ${text}: a port is a whole number from 1 to 65535`);
}

function readOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '7233' },
        'ui-port': { type: 'string', default: '8233' },
        'db-filename': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return {
      port: readPort('port', values.port),
      uiPort: readPort('ui-port', values['ui-port']),
      dbFilename: values['db-filename'],
      help: values.help,
    };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function run(): Promise<void> {
  const { help, ...options } = readOptions(process.argv.slice(2));
  if (help) {
    process.stdout.write(usage);
    return;
  }
  let stopping = false;
  onStopSignal(() => {
    stopping = true;
    process.stderr.write('stopping the Temporal server\n');
  });
  const server = await startTemporalServer({
    ...options,
    searchAttributes,
    env: process.env,
    log: (message) => {
      if (!stopping) process.stderr.write(`${message}\n`);
    },
  });
  process.stdout.write(
    `Temporal server at ${server.address}, namespace ${server.namespace}\n` +
      `Web UI at ${server.uiUrl}\n` +
      `${options.dbFilename ? `Kept in ${options.dbFilename}` : 'Kept in memory only'}; Ctrl-C stops it\n`,
  );
  const ending = await server.ended;
  if (stopping) return;
  process.stderr.write(`Temporal server ended by itself: ${ending}\n`);
  process.exitCode = 1;
}

run().catch((error: unknown) => {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
  const expected = error instanceof TemporalUnavailableError;
  process.stderr.write(`${expected ? error.message : (error as Error).stack}\n`);
  process.exit(1);
});
