import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { startSimulatorChild } from '../../dev/children';
import type { PreparedPython } from '../../dev/conformance/python';
import { cleanEnv, simulatedAwsEnv } from '../../dev/simulator-control';
import { runCommand } from '../../dev/temporal/run-command';
import { createWorld } from '../../simulator/core/sim-world';
import { createRooms } from '../../simulator/rooms';
import { createMemoryWarehouse } from '../simulator/support/memory-warehouse';

// boto3 shares no code with the SDK whose service models the simulator walks: what it reads and sends is a second opinion.
// The Python tests are in python/, one module a subject; here they are run against a simulator of their own, and the
// simulator's log tells which operations were driven.

/** Operations that boto3 does not drive, each with its reason. May only shrink. */
const notDriven: Record<string, string> = {};

const scripts = path.join(__dirname, 'python');
const modules = readdirSync(scripts)
  .filter((name) => /^test_\w+\.py$/.test(name))
  .map((name) => name.replace('.py', ''))
  .sort();

function prepare(): PreparedPython {
  const program = path.resolve(__dirname, '..', '..', 'dist', 'dev', 'conformance', 'main.js');
  const { stdout, error, status } = spawnSync(
    process.execPath,
    [program, path.join(__dirname, 'requirements.txt')],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (error !== undefined || status !== 0) throw error ?? new Error(`${program} ended with ${status}`);
  return JSON.parse(stdout) as PreparedPython;
}

interface TestLine {
  module: string;
  test: string;
  ok: boolean;
  problem?: string;
}

interface Report {
  tests: TestLine[];
  /** By `service.Operation`: how often each outcome was, by the simulator's log. */
  driven: Record<string, Record<string, number>>;
  requestsCompared: number;
}

async function runPython(python: PreparedPython & { ok: true }): Promise<Report> {
  const { control, child } = await startSimulatorChild({ args: ['--speed', '0'] });
  try {
    const ran = await runCommand(python.command, [path.join(scripts, 'run.py')], {
      timeoutMs: 240_000,
      env: {
        ...cleanEnv(process.env),
        ...python.env,
        ...simulatedAwsEnv(control.url),
        AWS_DEFAULT_REGION: 'eu-central-1',
        AWS_CONFIG_FILE: path.join(scripts, 'none'),
        AWS_SHARED_CREDENTIALS_FILE: path.join(scripts, 'none'),
        PYTHONDONTWRITEBYTECODE: '1',
      },
    });
    if (!ran.ok) throw new Error(`the conformance script broke: ${ran.reason}`);
    const lines = ran.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as TestLine & Report);
    const { driven, requestsCompared } = lines.pop() as Report;
    return { tests: lines, driven, requestsCompared };
  } finally {
    await child.stop();
  }
}

const python = prepare();
const required = process.env.UNDROP_CONFORMANCE === 'required';

if (!python.ok && !required) {
  const words = `conformance with boto3 was NOT RUN: ${python.reason}`;
  process.stderr.write(`\n${words}\n\n`);
  it(`NOT RUN: ${python.reason}`, () => expect(python.ok).toBe(false));
} else {
  describe('boto3 against the simulated AWS', () => {
    let report: Report;
    beforeAll(async () => {
      if (!python.ok) throw new Error(`conformance cannot run: ${python.reason}`);
      report = await runPython(python);
    });

    it.each(modules)('%s holds', (module) => {
      const ofModule = report.tests.filter((line) => line.module === module);
      const failed = ofModule.filter(({ ok }) => !ok).map(({ test, problem }) => `${test}\n${problem}`);
      expect(failed.join('\n')).toBe('');
      expect(ofModule.length).toBeGreaterThan(0);
    });

    it('drives every operation that the simulator has to a good answer, or says why not', async () => {
      const world = createWorld({ createWarehouse: () => Promise.resolve(createMemoryWarehouse()) });
      const { services, s3 } = createRooms(world);
      await world.close();
      const registered = [
        ...services.flatMap(({ name, operations }) =>
          Object.keys(operations).map((operation) => `${name}.${operation}`),
        ),
        ...s3.operations.map((operation) => `s3.${operation}`),
      ];
      const missing = registered.filter((operation) => (report.driven[operation]?.ok ?? 0) === 0);
      expect(missing.sort()).toEqual(Object.keys(notDriven).sort());
      expect(registered.length).toBeGreaterThan(60);
    });

    it('compares what boto3 was given with what the simulator read', () => {
      expect(report.requestsCompared).toBeGreaterThan(500);
    });
  });
}
