import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitCodeMeanings } from '../../../client/cli/exit-codes';
import { runCli } from '../../../client/cli/program';
import { failures } from '../../../domain/failures';
import { standInRig, type StandInRig } from '../../support/stand-in-rig';
import { fakeIo, type FakeIo } from './fake-io';

let rig: StandInRig;
let folder: string;
let server: Http2Server;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'undrop-cli-'));
  rig = await standInRig();
  await rig.startWorker();
  // Speaks just enough gRPC to refuse: a response of trailers alone, status PERMISSION_DENIED.
  server = createServer();
  server.on('stream', (stream) => {
    const headers = {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': '7',
      'grpc-message': 'not for you',
    };
    stream.respond(headers, { endStream: true });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
  await rig?.close();
});

async function undrop(
  argv: string[],
  options?: { stdin?: string; tty?: boolean; env?: Record<string, string> },
) {
  const terminal = fakeIo({ ...rig.env, ...options?.env }, options);
  const exitCode = await runCli(argv, terminal.io);
  return { exitCode, out: terminal.out(), err: terminal.err() };
}
const restore = (table: string, ...more: string[]) => {
  const flags = ['--cluster', rig.cluster, '--snapshot', 's', '--database', 'dev', '--table', table];
  return ['restore-table', 'start', ...flags, ...more];
};
const idOf = async (...argv: string[]) =>
  (JSON.parse((await undrop([...argv, '--dry-run', '-o', 'json'])).out) as { workflowId: string }).workflowId;

/** Starts a command and waits until its terminal shows something. */
async function showing(argv: string[], text: string): Promise<{ terminal: FakeIo; ended: Promise<number> }> {
  const terminal = fakeIo(rig.env);
  const ended = runCli(argv, terminal.io);
  while (!(terminal.out() + terminal.err()).includes(text))
    await new Promise((resolve) => setTimeout(resolve, 20));
  return { terminal, ended };
}

describe('exit codes', () => {
  it('0: the run is done, and its result is on stdout alone', async () => {
    const { exitCode, out, err } = await undrop(restore('orders', '--wait', '-o', 'json'));
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      apiVersion: 'undrop/v1',
      outcome: 'done',
      result: { subject: 'orders' },
    });
    expect(err).toMatch(/^started: restore-table\//);
  });

  it('1: the run was cancelled', async () => {
    const workflowId = await idOf(...restore('slow_cancelled'));
    const { ended } = await showing(restore('slow_cancelled', '--wait'), 'running');
    expect((await undrop(['runs', 'cancel', workflowId, '--reason', 'wrong'])).exitCode).toBe(0);
    expect(await ended).toBe(1);
  });

  it('1: nothing listens at the address; how far the connection got, and what to do', async () => {
    const { exitCode, out, err } = await undrop(['runs', 'list', '--address', '127.0.0.1:1']);
    expect(exitCode).toBe(1);
    expect(out).toBe('');
    expect(err).toContain('✘ TCP  nothing listens on port 1 of 127.0.0.1');
    expect(err).toContain('What to do: Start Temporal there');
  });

  it('2: wrong input; every problem at once, each naming field and flag; nothing started', async () => {
    const argv = [
      'restore-table',
      'start',
      '--cluster',
      'BAD',
      '--table',
      't',
      '--deadline',
      'soon',
      '--timeout',
      '1h',
    ];
    const { exitCode, err } = await undrop([...argv, '--workflow-id', `wrong-${rig.cluster}`]);
    expect(exitCode).toBe(2);
    for (const line of [
      '--timeout (timeout): needs --wait',
      '--cluster (warehouse.clusterIdentifier): must be 1 to 63',
      'source: is missing: give --snapshot, --snapshot-name, --recovery-point or --as-of',
      '--database (table.database): is missing',
      '--deadline (deadline): must be a duration',
    ]) {
      expect(err).toContain(line);
    }
    expect((await undrop(['runs', 'show', `wrong-${rig.cluster}`])).exitCode).toBe(5);
  });

  it('2: no warehouse, and no snapshot to copy: which flags name one', async () => {
    const restored = await undrop(['restore-table', 'start', '--as-of', '2h', '--workflow-id', 'x']);
    expect(restored.exitCode).toBe(2);
    expect(restored.err).toContain('  warehouse: is missing: give --cluster or --workgroup\n');
    const copied = await undrop(['copy-snapshot', 'start', '--cluster', 'analytics', '--workflow-id', 'x']);
    expect(copied.exitCode).toBe(2);
    expect(copied.err).toContain('  sourceSnapshotIdentifier: is missing: give --snapshot or --as-of\n');
  });

  it.each([
    ['an unknown command', ['runs', 'lst'], /Did you mean list/],
    ['an unknown flag', ['restore-table', 'start', '--tabel', 'x'], /Did you mean --table/],
    ['an unknown form of output', ['runs', 'list', '-o', 'xml'], /Allowed choices are text, json, yaml/],
    ['no command at all', [], /Usage: undrop/],
    ['a limit of 0', ['runs', 'list', '--limit', '0'], /from 1 to 1000/],
    [
      'a file that is not there',
      ['verify-table', 'start', '-f', '/not/there'],
      /input file cannot be read \[file=\/not\/there\]: it is not there/,
    ],
    [
      'a settings file that is not there',
      ['runs', 'list', '--config-file', '/not/there'],
      /TEMPORAL_CONFIG_FILE names a file that is not there/,
    ],
    ['help on nothing', ['help', 'nothing'], /no help on 'nothing'/],
  ])('2: %s', async (_what, argv, message) => {
    const { exitCode, err, out } = await undrop(argv);
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
    expect(out).toBe('');
  });

  it('3: the time is up and the run goes on', async () => {
    const { exitCode, err, out } = await undrop(
      restore('slow_timeout', '--wait', '--timeout', '1s', '-o', 'yaml'),
    );
    expect(exitCode).toBe(3);
    expect(out).toContain('outcome: running');
    expect(err).toContain(
      'the time is up: the run goes on. Come back to it with\n  undrop runs watch restore-table/',
    );
  });

  it('4: not allowed', async () => {
    const { port } = server.address() as AddressInfo;
    const { exitCode, err } = await undrop(['runs', 'list', '--address', `127.0.0.1:${port}`]);
    expect(exitCode).toBe(4);
    expect(err).toContain('not for you');
    expect(err).toContain('What to do: Look at TEMPORAL_API_KEY');
  });

  it.each([['show'], ['watch'], ['cancel']])('5: there is no such run to %s', async (command) => {
    const { exitCode, err } = await undrop(['runs', command, 'no/such']);
    expect(exitCode).toBe(5);
    expect(err).toContain('run=no/such');
  });

  it('5: there is no such Temporal namespace', async () => {
    const { exitCode, err } = await undrop(['runs', 'list', '--namespace', 'nowhere']);
    expect(exitCode).toBe(5);
    expect(err).toContain('namespace=nowhere');
  });

  it('6: refused; the failure, the remedy, what AWS goes on with and the link are told', async () => {
    const { exitCode, out, err } = await undrop(restore('refused_table', '--wait'));
    expect(exitCode).toBe(6);
    expect(out).toContain('TargetTableExists  restore of table failed [table=refused_table]: as told');
    expect(out).toContain(`What to do  ${failures.TargetTableExists.remedy}`);
    expect(out).toContain('arn:left-behind  AWS goes on with it');
    expect(out).toContain('http://ui.test/namespaces/');
    expect(out + err).not.toMatch(/\n\s+at /);
  });

  it('7: not what was expected', async () => {
    const argv = [
      'verify-table',
      'start',
      '--cluster',
      rig.cluster,
      '--database',
      'dev',
      '--table',
      'mismatch_t',
      '--rows',
      '5',
      '--wait',
    ];
    expect((await undrop(argv)).exitCode).toBe(7);
  });

  it('130: Ctrl-C detaches from a wait and from a watch; the run goes on', async () => {
    const workflowId = await idOf(...restore('slow_detached'));
    for (const argv of [restore('slow_detached', '--wait'), ['runs', 'watch', workflowId]]) {
      const { terminal, ended } = await showing(argv, 'running');
      terminal.interrupt();
      expect(await ended).toBe(130);
      expect(terminal.err()).toContain(
        `detached: the run goes on. Come back to it with\n  undrop runs watch ${workflowId}\n`,
      );
      expect((await rig.operations.show(workflowId)).status).toBe('running');
    }
  });

  it('are all told by help exit-codes, and no failure has another one', async () => {
    const { exitCode, out } = await undrop(['help', 'exit-codes']);
    expect(exitCode).toBe(0);
    for (const [code, meaning] of exitCodeMeanings) expect(out).toContain(`${code}  ${meaning}`);
    const known = exitCodeMeanings.map(([code]) => code);
    for (const { exit } of Object.values(failures)) expect(known).toContain(exit);
  });
});

describe('start', () => {
  it('reads the input from a YAML file or from standard input, flags over it', async () => {
    const input = `warehouse: { clusterIdentifier: ${rig.cluster} }\nsource: { snapshotIdentifier: s }\ntable: { database: dev, table: a }\n`;
    const file = path.join(folder, 'input.yaml');
    writeFileSync(file, input);
    for (const { argv, stdin } of [{ argv: ['-f', file] }, { argv: ['-f', '-'], stdin: input }]) {
      const { exitCode, out } = await undrop(
        ['restore-table', 'start', ...argv, '--table', 'b', '--dry-run', '-o', 'json'],
        { stdin },
      );
      expect(exitCode).toBe(0);
      expect(JSON.parse(out)).toMatchObject({
        input: { table: { database: 'dev', schema: 'public', table: 'b' } },
      });
    }
  });

  it.each([
    ['broken', '{"a": '],
    ['a list', '[1]'],
    ['nothing', ''],
    ['a word', 'hello'],
  ])('refuses a file that holds %s', async (_what, stdin) => {
    const { exitCode, err } = await undrop(['restore-table', 'start', '-f', '-'], { stdin });
    expect(exitCode).toBe(2);
    expect(err).toContain('[file=standard input]');
  });

  it('shows with --dry-run the input and the id that a start would have, and starts nothing', async () => {
    const workflowId = await idOf(...restore('dry'));
    await expect(rig.operations.show(workflowId)).rejects.toMatchObject({ type: 'RunNotFound' });
    const { out } = await undrop(restore('dry', '-o', 'json'));
    expect(JSON.parse(out)).toMatchObject({ workflowId, started: true });
  });

  it('says so when the same was asked for before: running, or done', async () => {
    await undrop(restore('slow_twice'));
    expect((await undrop(restore('slow_twice'))).out).toMatch(
      /^already running {2}restore dev\.public\.slow_twice/,
    );
    await undrop(restore('once', '--wait'));
    const { out, err } = await undrop(restore('once'));
    expect(out).toMatch(/^already done/);
    expect(err).toContain('nothing was started now, --again repeats it');
    expect((await undrop(restore('once', '--again'))).out).toMatch(/^started/);
  });

  it('refuses an id of one’s own for a repetition', async () => {
    const { exitCode, err } = await undrop(restore('x', '--again', '--workflow-id', 'mine'));
    expect(exitCode).toBe(2);
    expect(err).toContain('--workflow-id (workflowId): cannot be given for a repetition');
  });
});

describe('runs', () => {
  it('shows a run as text and as JSON', async () => {
    const workflowId = await idOf(...restore('shown'));
    await undrop(restore('shown', '--wait'));
    const text = await undrop(['runs', 'show', workflowId]);
    expect(text.out).toContain('✔ restore  restore shown');
    expect(text.out).toContain(`--workflow-id ${workflowId}`);
    const json = await undrop(['runs', 'show', workflowId, '-o', 'json']);
    expect(JSON.parse(json.out)).toMatchObject({
      workflowId,
      outcome: 'done',
      input: { table: { table: 'shown' } },
    });
  });

  it('streams a watch as one JSON document a line, and ends with the code of the run', async () => {
    const workflowId = await idOf(...restore('refused_watch'));
    await undrop(restore('refused_watch'));
    const { exitCode, out } = await undrop(['runs', 'watch', workflowId, '-o', 'json']);
    expect(exitCode).toBe(6);
    const views = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { outcome: string });
    expect(views.at(-1)?.outcome).toBe('failed');
  });

  it('redraws in place on a terminal, and only there', async () => {
    const workflowId = await idOf(...restore('drawn'));
    await undrop(restore('drawn', '--wait'));
    expect((await undrop(['runs', 'watch', workflowId], { tty: true })).out).toContain('\u001b[2K');
    expect((await undrop(['runs', 'watch', workflowId])).out).not.toContain('\u001b[');
    const plain = await undrop(['runs', 'show', workflowId], { tty: true, env: { NO_COLOR: '1' } });
    expect(plain.out).not.toContain('\u001b[');
  });

  it('lists runs as a table', async () => {
    await undrop(restore('listed', '--wait'));
    const list = async () =>
      (await undrop(['runs', 'list', '--warehouse', rig.cluster, '--outcome', 'done', '--limit', '1000']))
        .out;
    while (!(await list()).includes('dev.public.listed'))
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await list()).split('\n')[0]).toMatch(/^STATUS +OPERATION +TABLE +STARTED +TOOK +RUN$/);
    expect(await list()).toMatch(
      /completed +restoreTable +dev\.public\.listed +\d{4}-\d\d-\d\d \d\d:\d\dZ +\d+ s +restore-table\//,
    );
  });

  it('keeps stack traces for --verbose', async () => {
    expect((await undrop(['runs', 'show', 'no/such'])).err).not.toMatch(/\n\s+at /);
    expect((await undrop(['runs', 'show', 'no/such', '--verbose'])).err).toMatch(/\n\s+at /);
  });
});
