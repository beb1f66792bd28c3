import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseSettings } from './core/settings-validation';
import type { Settings } from './core/settings';
import { startSimulator, type Simulator, type SimulatorOptions } from './index';
import { seedNames, type SeedName } from './seed';

const usage = `Usage: node dist/simulator/main.js [options]

Starts the simulated AWS (Redshift, Redshift Data, DynamoDB, S3) on 127.0.0.1.

  --port N              port to listen on; 0 takes a free one (default 4566)
  --seed default|empty  what there is at the start (default: default)
  --orders N            rows of analytics/dev.public.orders (default 120000)
  --speed X             virtual seconds per real second (default 1)
  --settings FILE       JSON file with settings, see docs/simulator.md
  --json-ready          print {"url": …} as one JSON line when ready, and nothing else
  --help                this text
`;

interface Arguments {
  port: number;
  seed: SeedName;
  orderRows?: number;
  settings: Partial<Settings>;
  jsonReady: boolean;
}

/** A wrong command line: told in one sentence, exit code 2. */
class UsageError extends Error {}

function parseArguments(argv: string[]): Arguments | 'help' {
  const { values } = readFlags(argv);
  if (values.help) return 'help';
  const seed = values.seed ?? 'default';
  if (!(seedNames as readonly string[]).includes(seed)) {
    throw new UsageError(`--seed must be ${seedNames.join(' or ')}, not ${seed}`);
  }
  const settings = values.settings === undefined ? {} : readSettings(values.settings);
  if (values.speed !== undefined) settings.clockSpeed = numberOf('--speed', values.speed);
  return {
    port: wholeNumberOf('--port', values.port ?? '4566', 65_535),
    seed: seed as SeedName,
    orderRows: values.orders === undefined ? undefined : wholeNumberOf('--orders', values.orders, 10_000_000),
    settings,
    jsonReady: values['json-ready'] ?? false,
  };
}

function readFlags(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        port: { type: 'string' },
        seed: { type: 'string' },
        orders: { type: 'string' },
        speed: { type: 'string' },
        settings: { type: 'string' },
        'json-ready': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function readSettings(file: string): Partial<Settings> {
  try {
    return parseSettings(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new UsageError(`--settings cannot be used [file=${file}]: ${(error as Error).message}`);
  }
}

function numberOf(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new UsageError(`${flag} must be a number of at least 0, not ${text}`);
  }
  return value;
}

function wholeNumberOf(flag: string, text: string, most: number): number {
  const value = numberOf(flag, text);
  if (!Number.isInteger(value) || value > most) {
    throw new UsageError(`${flag} must be a whole number up to ${most}, not ${text}`);
  }
  return value;
}

function greet({ url, world }: Simulator): string {
  return [
    `The simulated AWS listens on ${url} (region ${world.region}, control endpoints under ${url}/_simulator/).`,
    'Point the AWS CLI or an SDK at it:',
    `  export AWS_ENDPOINT_URL=${url} AWS_REGION=${world.region} AWS_ACCESS_KEY_ID=simulated AWS_SECRET_ACCESS_KEY=simulated`,
    '',
  ].join('\n');
}

async function start({ port, seed, orderRows, settings, jsonReady }: Arguments): Promise<void> {
  let simulator: Simulator | undefined;
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void Promise.resolve(simulator?.close()).finally(() => process.exit(0));
  };
  // Before anything is said: whoever reads the address may stop us at once.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const options: SimulatorOptions = {
    port,
    seed,
    seedOptions: { orderRows },
    settings,
    warm: seed === 'default' ? ['analytics'] : [],
    logger: {
      info: () => undefined,
      warn: (message, fields) => process.stderr.write(`${message} ${JSON.stringify(fields ?? {})}\n`),
    },
  };
  simulator = await startSimulator(options);
  process.stdout.write(jsonReady ? `${JSON.stringify({ url: simulator.url })}\n` : greet(simulator));
}

async function main(): Promise<void> {
  try {
    const parsed = parseArguments(process.argv.slice(2));
    if (parsed === 'help') process.stdout.write(usage);
    else await start(parsed);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException & { port?: number };
    if (error instanceof UsageError) process.stderr.write(`${message}\n\n${usage}`);
    else if (code === 'EADDRINUSE') {
      process.stderr.write(
        `simulator cannot start [port=${(error as { port?: number }).port}]: the port is taken; choose another with --port, or --port 0 for any free one\n`,
      );
    } else process.stderr.write(`simulator cannot start: ${message}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

void main();
