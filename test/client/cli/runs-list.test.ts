import { Client, Connection } from '@temporalio/client';
import { runCli } from '../../../client/cli/program';
import type { RunList } from '../../../client';
import { standInRig, temporalAddress, type StandInRig } from '../../support/stand-in-rig';
import { fakeIo } from './fake-io';

let rig: StandInRig;
let temporal: Client;
beforeAll(async () => {
  rig = await standInRig();
  await rig.startWorker();
  temporal = new Client({ connection: await Connection.connect({ address: temporalAddress() }) });
});
afterAll(async () => {
  await temporal?.connection.close();
  await rig?.close();
});

async function list(...argv: string[]) {
  const terminal = fakeIo(rig.env);
  const exitCode = await runCli(['runs', 'list', ...argv], terminal.io);
  return { exitCode, out: terminal.out(), err: terminal.err() };
}

/** Tables of the runs that are listed. */
async function tables(...argv: string[]): Promise<string[]> {
  const { out } = await list('--warehouse', rig.cluster, '-o', 'json', ...argv);
  return (JSON.parse(out) as RunList).runs.map(({ table }) => table);
}

/** Temporal's list is a moment behind. */
async function eventually(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

const restore = async (table: string): Promise<string> => {
  const { workflowId } = await rig.operations.start('restoreTable', {
    warehouse: { clusterIdentifier: rig.cluster },
    source: { snapshotIdentifier: 's' },
    table: { database: 'dev', table },
  });
  return workflowId;
};

describe('undrop runs list', () => {
  it('filters by state of Temporal, target, time and begin of the id', async () => {
    const terminated = await restore('slow_terminated');
    await temporal.workflow.getHandle(terminated).terminate('by a test');
    const done = await restore('plain');
    await rig.operations.wait(done);
    await eventually(async () => (await tables()).length === 2);
    await eventually(async () => (await tables('--status', 'completed')).length === 1);
    await eventually(async () => (await tables('--status', 'terminated')).length === 1);
    expect(await tables('--status', 'terminated')).toEqual(['dev.public.slow_terminated']);
    expect(await tables('--outcome', 'failed')).toEqual(['dev.public.slow_terminated']);
    expect(await tables('--status', 'timed-out')).toEqual([]);
    expect(await tables('--target', 'dev.public.plain')).toEqual(['dev.public.plain']);
    expect(await tables('--target', rig.cluster)).toHaveLength(2);
    expect(await tables('--since', '1h')).toHaveLength(2);
    expect(await tables('--since', '2020-01-01T00:00:00Z', '--until', '2021-01-01T00:00:00Z')).toEqual([]);
    expect(await tables('--until', '1h')).toEqual([]);
    expect(await tables('--id', done.slice(0, -6))).toEqual(['dev.public.plain']);
    expect(await tables('--id', "it's\\% nothing")).toEqual([]);
  });

  it('brings all pages as one document, each run once', async () => {
    const names = ['page_a', 'page_b', 'page_c', 'page_d', 'page_e'];
    const ids = await Promise.all(names.map((table) => restore(table)));
    for (const id of ids) await rig.operations.wait(id);
    const paged = [
      '--id',
      `restore-table/${rig.cluster}/dev.public.page_`,
      '--outcome',
      'done',
      '--limit',
      '2',
    ];
    await eventually(async () => (await tables(...paged, '--all-pages')).length === 5);
    expect((await tables(...paged, '--all-pages')).sort()).toEqual(names.map((name) => `dev.public.${name}`));
    const first = await list(...paged);
    expect(first.out.trimEnd().split('\n')).toHaveLength(3);
    const [, token] = /there are more: --all-pages, or --page (\S+)\n/.exec(first.err)!;
    expect((await list(...paged, '--page', token!)).out.trimEnd().split('\n')).toHaveLength(3);
  });

  it('names the filters when nothing fits them, on stderr', async () => {
    const { exitCode, out, err } = await list('--warehouse', 'no-such', '--since', '2h');
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: 'no runs\n' });
    expect(err).toMatch(/^no run fits --warehouse, --since: leave one out to see more/);
    expect((await list('--warehouse', 'no-such', '-o', 'json')).err).toBe('');
  });

  it('refuses times that are none, all at once, by their flags', async () => {
    const { exitCode, out, err } = await list('--since', 'yesterday', '--until', '24');
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toMatch(/--since \(since\): must be an ISO 8601 time .*\n.*--until \(until\): must be/);
    const terminal = fakeIo(rig.env);
    const argv = ['runs', 'retry', '--all-failed', '--yes', '--since', 'yesterday'];
    expect(await runCli(argv, terminal.io)).toBe(2);
    expect(terminal.err()).toMatch(
      /nothing was retried\n {2}--since \(since\): must be an ISO 8601 time [^\n]*\n$/,
    );
    expect((await list('--all-pages', '--page', 'x')).exitCode).toBe(2);
    expect((await list('--status', 'lost')).err).toContain('timed-out');
  });
});
