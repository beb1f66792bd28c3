import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { startChild, type RunningChild } from '../../dev/process';
import { cleanEnv, SimulatorControl } from '../../dev/simulator-control';
import { quickSettings } from '../support/rig';
import { temporalAddress } from '../support/stand-in-rig';

const root = path.resolve(__dirname, '..', '..');

/** `npm run demo -- --keep`, and every line that it prints for the HTTP API, put into a shell as it stands. */
describe('the demo that is kept', () => {
  const printed: string[] = [];
  let demo: RunningChild;

  beforeAll(async () => {
    demo = await startChild({
      name: 'demo',
      command: process.execPath,
      args: [path.resolve(__dirname, '..', '..', 'dist', 'dev', 'demo', 'main.js'), '--keep'],
      env: { ...cleanEnv(process.env), TEMPORAL_ADDRESS: temporalAddress() },
      onLine: (line) => printed.push(line),
      ready: (line) => line.includes('what ran'),
      readyTimeoutMs: 280_000,
      stopTimeoutMs: 30_000,
    });
    // The demo's AWS takes its time; what is asked of it from here on need not.
    const [, aws = ''] = /curl (\S+)\/_simulator\/log/.exec(printed.join('\n')) ?? [];
    await new SimulatorControl(aws).set(quickSettings);
  });
  afterAll(() => demo?.stop(), 60_000);

  /** What a shell tells that has got the demo's `export` line; the lines are read from a page as they stand there. */
  async function pasted(lines: string): Promise<string> {
    const settings = printed.find((line) => line.trim().startsWith('export TEMPORAL_ADDRESS='));
    const { stdout } = await promisify(execFile)(
      'bash',
      ['-euo', 'pipefail', '-c', `exec 2>&1\n${settings}\n${lines}`],
      { cwd: root, env: cleanEnv(process.env), maxBuffer: 10_000_000 },
    );
    return stdout;
  }

  /** Runs the line that is printed for it. */
  async function typed(what: string): Promise<string> {
    const line = printed.find((one) => one.trim().startsWith(what));
    const command = line?.slice(line.indexOf('curl'));
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      `${command} --silent --show-error --fail-with-body`,
    ]);
    return stdout;
  }

  it('shows a table that came back', () => {
    expect(printed.join('\n')).toContain('The table is back.');
  });

  it('says how to ask the API whether it is ready', async () => {
    expect(JSON.parse(await typed('is it ready?'))).toEqual({ status: 'ready' });
  });

  it('says how to plan a restore, start it once, follow it to its end, and look at it', async () => {
    const plan = JSON.parse(await typed('what would a restore do?')) as {
      feasible: boolean;
      workflowId: string;
    };
    expect(plan).toMatchObject({ feasible: true, workflowId: 'ticket-4711' });

    expect(JSON.parse(await typed('start it'))).toMatchObject({ started: true, workflowId: 'ticket-4711' });
    expect(JSON.parse(await typed('start it'))).toMatchObject({ started: false, workflowId: 'ticket-4711' });
    expect(await typed('follow it')).toMatch(/event: end\n.*\ndata: .*"outcome":"done"/);
    expect(JSON.parse(await typed('look at it'))).toMatchObject({
      outcome: 'done',
      title: expect.stringContaining('orders'),
    });

    const { runs } = JSON.parse(await typed('what ran')) as { runs: { workflowId: string }[] };
    expect(runs.length).toBeGreaterThan(0);
  });

  it('bears the lines of docs/http-api.md that start a run and look at it, typed as they stand there', async () => {
    const page = readFileSync(path.join(root, 'docs', 'http-api.md'), 'utf8');
    const under = (heading: string) => /```sh\n([^]*?)```/.exec(page.split(`\n## ${heading}\n`)[1]!)![1]!;
    const started = await pasted(under('Start'));
    expect(started).toContain('202 Accepted');
    expect(started).toMatch(/"workflowId": ?"ticket-4713"/);

    const looked = await pasted(under('Look, follow, cancel'));
    expect(looked).toMatch(/event: end\n.*\ndata: .*"outcome":"done"/);
    expect(looked).not.toContain('RouteNotFound');
    expect(looked).not.toContain('RunNotFound');
  });

  it('bears the night of the README, typed as it stands there: only the failed step runs again', async () => {
    const chapter = readFileSync(path.join(root, 'README.md'), 'utf8').split('## A night with Undrop')[1]!;
    const script = /```sh\n(# 1[^]*?)```/.exec(chapter)![1]!;
    const stdout = await pasted(script);

    expect(stdout).toContain('exit code 4: not allowed');
    const [, run = ''] = /failed +recoverTable .*(nightly-\S+)/.exec(stdout) ?? [];
    const [before = '', after = ''] = stdout.split('"removed"');
    expect(before).toMatch(/✘ export {2}/);
    expect(before).toContain(`undrop runs retry ${run}`);
    expect(after).toMatch(/Kept +restore: the table \S+customers_restored_\S+ is there/);
    expect(after).toMatch(/✔ export {2}/);
    const effects = [...after.matchAll(/^\S+Z {2}(\w+) +(\S+)$/gm)].map(([, kind, key]) => `${kind} ${key}`);
    expect(effects.filter((effect) => effect.startsWith('RestoreTable '))).toEqual([
      expect.stringMatching(/ analytics\/dev\.public\.customers_restored_/),
    ]);
    expect(effects.filter((effect) => effect.startsWith('ExportTableToPointInTime '))).toHaveLength(1);
  }, 600_000);

  it('says all that a worker of another terminal needs', () => {
    const settings = printed.find((line) => line.trim().startsWith('export TEMPORAL_ADDRESS='));
    expect(settings).toMatch(
      / AWS_ENDPOINT_URL=http\S+ AWS_REGION=\S+ AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x$/,
    );
  });

  it('has a page to read and try the API', async () => {
    const [, page = ''] = /a page to read and try it: (\S+)\)/.exec(printed.join('\n')) ?? [];
    expect(await (await fetch(page)).text()).toContain('Undrop HTTP API');
  });
});
