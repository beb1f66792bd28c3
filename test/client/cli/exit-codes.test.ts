import { spawn } from 'node:child_process';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { exitCodeMeanings } from '../../../client/cli/exit-codes';
import { cleanEnv } from '../../../dev/simulator-control';
import { runCommand } from '../../support/child-command';
import { standInRig, type StandInRig } from '../../support/stand-in-rig';

// The real binary, as a script or a scheduler runs it: what the shell sees in $? for each row of `help exit-codes`.
const script = 'client/cli/main.js';

let rig: StandInRig;
beforeAll(async () => {
  rig = await standInRig();
  await rig.startWorker();
});
afterAll(() => rig?.close());

const words = (text: string) => text.split(' ');
const restore = (table: string, ...more: string[]) => [
  ...words(`restore-table start --cluster ${rig.cluster} --snapshot s --database dev --wait --table`),
  table,
  ...more,
];
const verify = () =>
  words(`verify-table start --cluster ${rig.cluster} --database dev --table mismatch_t --rows 5 --wait`);

const tested = new Set<number>();
async function exitsWith(code: number, argv: string[], env: Record<string, string> = rig.env) {
  const end = await runCommand(script, argv, env);
  expect({ code: end.code, err: end.err }).toEqual({ code, err: expect.any(String) });
  tested.add(code);
  return end;
}

describe('the exit code of the undrop command', () => {
  it('is 0 when the run is done', async () => {
    const { out } = await exitsWith(0, restore('orders', '-o', 'json'));
    expect(JSON.parse(out)).toMatchObject({ outcome: 'done' });
  });

  it('is 1 when the run was cancelled', async () => {
    const argv = restore('slow_cancelled');
    const { out } = await runCommand(script, [...argv, '--dry-run', '-o', 'json'], rig.env);
    const { workflowId } = JSON.parse(out) as { workflowId: string };
    const ending = exitsWith(1, argv);
    const cancel = () =>
      rig.operations.cancel(workflowId, 'enough').then(
        () => true,
        () => false,
      );
    while (!(await cancel())) await new Promise((resolve) => setTimeout(resolve, 50));
    await ending;
  });

  it('is 1 when nothing listens at the address', async () => {
    await exitsWith(1, ['runs', 'list', '--address', '127.0.0.1:1']);
  });

  it('is 2 for wrong input, and for a wrong command line', async () => {
    const { err } = await exitsWith(2, restore('', '--timeout', 'soon'));
    expect(err).toContain('--timeout');
    await exitsWith(2, ['runs', 'list', '--outcome', 'good']);
  });

  it('is 3 when the time is up and the run goes on', async () => {
    const { err } = await exitsWith(3, restore('slow_timeout', '--timeout', '1s'));
    expect(err).toContain('the run goes on');
  });

  it('is 4 when Temporal allows nothing', async () => {
    const server = createServer();
    server.on('stream', (stream) => {
      const trailers = { 'grpc-status': '7', 'grpc-message': 'not for you' };
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc', ...trailers },
        { endStream: true },
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await exitsWith(4, ['runs', 'list', '--address', `127.0.0.1:${port}`]);
    server.close();
  });

  it('is 5 when there is no such run', async () => {
    await exitsWith(5, ['runs', 'show', 'no/such']);
  });

  it('is 6 when the run was refused', async () => {
    const { out } = await exitsWith(6, restore('refused_table'));
    expect(out).toContain('What to do');
  });

  it('is 7 when a table is not what was expected', async () => {
    await exitsWith(7, verify());
  });

  it('is 130 after Ctrl-C, and the run goes on', async () => {
    const main = path.resolve(__dirname, '..', '..', '..', 'dist', script);
    const child = spawn(process.execPath, [main, ...restore('slow_interrupted')], {
      env: { ...cleanEnv(process.env), ...rig.env },
    });
    let err = '';
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await new Promise<void>((resolve) =>
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
        if (err.includes('restore: running')) resolve();
      }),
    );
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    tested.add(130);
    const [, workflowId] = /undrop runs watch (\S+)\n/.exec(err)!;
    expect((await rig.operations.show(workflowId!)).status).toBe('running');
  });

  it('has a test here for each row of help exit-codes, which tells them all', async () => {
    expect([...tested].sort((a, b) => a - b)).toEqual(exitCodeMeanings.map(([code]) => code));
    const { out } = await runCommand(script, ['help', 'exit-codes'], {});
    for (const [code, meaning] of exitCodeMeanings) expect(out).toContain(`${code}  ${meaning}`);
  });
});
