// Start-up times as whole processes, in turn: the CLI's help beside a bare node, a worker with the prebuilt bundle beside
// one that bundles, the demo with everything cached. See bench/README.md.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { openTemporal } from '../../dev/temporal/open';
import { cleanEnv } from '../../dev/simulator-control';
import { stopAllChildren } from '../../dev/process';
import { searchAttributes } from '../../domain/search-attributes';
import { machine } from '../machine';
import { median, spread } from '../statistics';
import { writeResults } from '../write-results';

const compiled = path.join(__dirname, '..', '..');

function timed(args: string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    env: cleanEnv(process.env),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`a process of the benchmark failed [args=${args.join(' ')}]: ${stderr}`);
  return performance.now() - began;
}

/** Two commands in turn, A B A B, after one of each that does not count. */
function pairs(a: () => string[], b: () => string[], rounds: number) {
  timed(a());
  timed(b());
  const [as, bs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    as.push(timed(a()));
    bs.push(timed(b()));
  }
  return {
    aMs: spread(as),
    bMs: spread(bs),
    ratio: Math.round(median(as.map((ms, round) => ms / bs[round]!)) * 100) / 100,
  };
}

async function bench(): Promise<void> {
  const help = pairs(
    () => [path.join(compiled, 'client', 'cli', 'main.js'), '--help'],
    () => ['-e', '0'],
    15,
  );
  const temporal = await openTemporal({ searchAttributes });
  const firstTask = path.join(__dirname, 'first-task.js');
  const worker = pairs(
    () => [firstTask, temporal.address, `first-${randomUUID()}`, 'bundle'],
    () => [firstTask, temporal.address, `first-${randomUUID()}`, 'source'],
    7,
  );
  await temporal.stop();
  const demoMs: number[] = [];
  for (let round = 0; round < 2; round += 1)
    demoMs.push(timed([path.join(compiled, 'dev', 'demo', 'main.js')]));
  const results = {
    machine: machine(),
    help: { undropHelpMs: help.aMs, bareNodeMs: help.bMs, ratio: help.ratio },
    worker: { prebuiltBundleMs: worker.aMs, unbundledMs: worker.bMs, ratio: worker.ratio },
    demo: { warmMs: spread(demoMs) },
    goals: {
      helpAtMost1_5: help.ratio <= 1.5,
      workerAtMost0_45: worker.ratio <= 0.45,
      demoBelowAMinute: Math.max(...demoMs) < 60_000,
    },
  };
  process.stdout.write(`${JSON.stringify(results, null, 2)}\nkept in ${writeResults('start-up', results)}\n`);
}

bench()
  .catch((error: unknown) => {
    process.stderr.write(`bench failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => stopAllChildren());
