import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startWorkerChild } from '../../dev/children';
import type { RunningChild } from '../../dev/process';
import { failures, type FailureType } from '../../domain/failures';
import { operationNames } from '../../domain/operations';
import { type CommandEnd, runCommand } from '../support/child-command';
import { cluster, ordersArn, quickSettings, Rig } from '../support/rig';
import { temporalAddress } from '../support/stand-in-rig';

/** What users of the commands see on a bad day. Everything here runs as processes of its own, from dist/. */
describe('on a bad day', () => {
  let rig: Rig;
  let snapshot: string;
  let home: string;
  let holder: Server;
  let takenPort: string;
  let deadWorker: RunningChild;
  let onDeadAws: Promise<CommandEnd>[];

  /** A port that nobody listens on: it was free a moment ago. */
  async function deadPort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
  const undrop = (argv: string[], env: Record<string, string> = {}) =>
    runCommand('client/cli/main.js', argv, {
      TEMPORAL_ADDRESS: temporalAddress(),
      UNDROP_TASK_QUEUE: rig.taskQueue,
      UNDROP_UI_URL: 'http://ui.test',
      ...env,
    });

  beforeAll(async () => {
    rig = await Rig.start();
    snapshot = await rig.automatedSnapshot();
    home = mkdtempSync(path.join(tmpdir(), 'undrop-bad-days-'));
    holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    takenPort = String((holder.address() as AddressInfo).port);

    // These two take half a minute to give up; they are looked at last.
    const taskQueue = `${rig.taskQueue}-dead-aws`;
    const awsUrl = `http://127.0.0.1:${await deadPort()}`;
    deadWorker = await startWorkerChild({ temporalAddress: temporalAddress(), awsUrl, taskQueue });
    const begin = (command: string) =>
      undrop([command, 'start', ...restoreFlags(), '--again', '--wait'], { UNDROP_TASK_QUEUE: taskQueue });
    onDeadAws = [begin('restore-table'), begin('recover-table')];
    await rig.startWorker();
  });

  afterAll(async () => {
    await Promise.allSettled(onDeadAws ?? []);
    await deadWorker?.stop();
    holder?.close();
    rmSync(home, { recursive: true, force: true });
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const restoreFlags = (more: Record<string, string> = {}) =>
    Object.entries({ cluster, snapshot, database: 'dev', table: 'orders', ...more }).flatMap(
      ([flag, value]) => [`--${flag}`, value],
    );
  const withoutTrace = ({ out, err }: CommandEnd) => expect(out + err).not.toMatch(/^\s+at .+:\d+/m);

  describe('the CLI', () => {
    const verify = (...more: string[]) => [
      'verify-table',
      'start',
      '--cluster',
      cluster,
      '--database',
      'dev',
      '--table',
      'customers',
      ...more,
    ];
    const exporting = (...more: string[]) => ['export-table', 'start', '--table-arn', ordersArn, ...more];
    it.each<{ what: string; argv: () => string[]; code: number; type: FailureType; message: RegExp }>([
      {
        what: 'an unknown table',
        argv: () => ['restore-table', 'start', ...restoreFlags({ table: 'odrers' })],
        code: 5,
        type: 'TableNotInSnapshot',
        message: /dev\.public\.odrers does not exist in the snapshot/,
      },
      {
        what: 'a snapshot of another cluster',
        argv: () => ['recover-table', 'start', ...restoreFlags({ cluster: 'reporting' })],
        code: 5,
        type: 'SnapshotNotFound',
        message: /reporting/,
      },
      {
        what: 'an existing target name',
        argv: () => ['recover-table', 'start', ...restoreFlags({ 'target-table': 'customers' })],
        code: 6,
        type: 'TargetTableExists',
        message: /dev\.public\.customers exists already/,
      },
      {
        what: 'a bucket that is not there',
        argv: () => exporting('--bucket', 'no-such-bucket'),
        code: 5,
        type: 'ExportBucketMissing',
        message: /no-such-bucket/,
      },
      {
        what: 'another number of rows',
        argv: () => verify('--rows', '7'),
        code: 7,
        type: 'VerificationMismatch',
        message: /expected exactly 7 rows, found 2,000 rows/,
      },
    ])(
      'tells of $what: what failed, why and what to do, and exits $code',
      async ({ argv, code, type, message }) => {
        const before = await rig.control.effects();
        const end = await undrop([...argv(), '--again', '--wait']);
        expect(end.code).toBe(code);
        expect(end.err).toMatch(message);
        expect(end.out).toMatch(new RegExp(`^${type} +.* failed \\[.*\\]: `, 'm'));
        expect(end.out).toContain(`What to do  ${failures[type].remedy}`);
        withoutTrace(end);
        const begun = (await rig.control.effects()).slice(before.length).map(({ kind }) => kind);
        expect(begun.filter((kind) => kind === 'RestoreTable' || kind === 'CopyClusterSnapshot')).toEqual([]);
      },
    );

    it('refuses a wrong retention and whatever else is wrong before anything is started, by the names of the flags', async () => {
      const wrong = { cluster: 'Analytics!', 'retention-days': '9999', deadline: 'soon' };
      const end = await undrop(['recover-table', 'start', ...restoreFlags(wrong)]);
      expect(end).toMatchObject({ code: 2, out: '' });
      expect(end.err).toMatch(/recover-table was not started: the input has 3 problems/);
      expect(end.err).toMatch(/--cluster.*lower-case letters/);
      expect(end.err).toMatch(/--retention-days.*-1 \(for ever\) or a whole number of days from 1 to 3653/);
      expect(end.err).toMatch(/--deadline.*must be a duration/);
      withoutTrace(end);
    });

    it('tells how far it got when Temporal is down; a stack trace only with --verbose', async () => {
      const TEMPORAL_ADDRESS = `127.0.0.1:${await deadPort()}`;
      const end = await undrop(['runs', 'list'], { TEMPORAL_ADDRESS });
      expect(end).toMatchObject({ code: 1, out: '' });
      expect(end.err).toContain(
        `connection to Temporal failed [address=${TEMPORAL_ADDRESS}]: TCP: nothing listens`,
      );
      expect(end.err).toMatch(/✘ TCP .*\nWhat to do: Start Temporal there/);
      withoutTrace(end);
      const start = await undrop(['restore-table', 'start', ...restoreFlags(), '--verbose'], {
        TEMPORAL_ADDRESS,
      });
      expect(start.code).toBe(1);
      expect(start.err).toMatch(/^\s+at .+:\d+/m);
    });

    it('tells within a minute that AWS cannot be reached, with nothing begun', async () => {
      for (const end of await Promise.all(onDeadAws)) {
        expect(end.code).toBe(1);
        expect(end.out).toMatch(/^AwsUnreachable +.* failed \[.*\]: ECONNREFUSED: /m);
        expect(end.out).toContain(`What to do  ${failures.AwsUnreachable.remedy}`);
        expect(end.out).not.toContain('On AWS');
        withoutTrace(end);
      }
    });
  });

  describe('a worker', () => {
    const keys = { AWS_ACCESS_KEY_ID: 'simulated', AWS_SECRET_ACCESS_KEY: 'simulated' };
    const aws = { AWS_REGION: 'eu-central-1', ...keys };
    it.each<{
      what: string;
      env: () => Record<string, string> | Promise<Record<string, string>>;
      line: RegExp;
    }>([
      {
        what: 'without a region',
        env: () => ({ ...keys }),
        line: /no AWS region: set AWS_REGION, or a region in the profile/,
      },
      {
        what: 'without credentials',
        env: () => ({ AWS_REGION: 'eu-central-1' }),
        line: /no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and/,
      },
      {
        what: 'with settings that are none',
        env: () => ({ ...aws, AWS_REGION: 'moon', UNDROP_HEALTH_PORT: 'x' }),
        line: /AWS_REGION must be a region .*; UNDROP_HEALTH_PORT must be a port/,
      },
      {
        what: 'without Temporal',
        env: async () => ({ ...aws, TEMPORAL_ADDRESS: `127.0.0.1:${await deadPort()}` }),
        line: /Temporal cannot be reached \[address=127.0.0.1:\d+\]: Connection refused; start it there, or correct/,
      },
      {
        what: 'in a Temporal namespace that is not there',
        env: () => ({ ...aws, TEMPORAL_NAMESPACE: 'nowhere' }),
        line: /namespace.*nowhere/i,
      },
      {
        what: 'whose health port is taken',
        env: () => ({ ...aws, UNDROP_HEALTH_PORT: takenPort }),
        line: /the port of UNDROP_HEALTH_PORT is taken \[port=\d+\]/,
      },
    ])('$what does not start: one clear line, exit code 1', async ({ env, line }) => {
      const end = await runCommand('worker/main.js', [], {
        HOME: home,
        AWS_EC2_METADATA_DISABLED: 'true',
        TEMPORAL_ADDRESS: temporalAddress(),
        UNDROP_TASK_QUEUE: `${rig.taskQueue}-never`,
        UNDROP_LOG_LEVEL: 'warn',
        ...(await env()),
      });
      expect(end).toMatchObject({ code: 1, out: '' });
      expect(end.err).toMatch(/^undrop worker: .+\n$/);
      expect(end.err).toMatch(line);
    });
  });

  it('a Temporal CLI that is not there is told before anything is started', async () => {
    const TEMPORAL_CLI_PATH = path.join(home, 'temporal');
    for (const script of ['dev/temporal/main.js', 'dev/demo/main.js']) {
      const end = await runCommand(script, [], { TEMPORAL_CLI_PATH });
      expect(end.code).toBe(1);
      expect(end.err).toContain(
        `Temporal CLI not usable [TEMPORAL_CLI_PATH=${TEMPORAL_CLI_PATH}]: there is no executable file`,
      );
      withoutTrace(end);
    }
  });

  it.each([
    ['nothing', []],
    ['null', [null]],
    ['a text', ['drop table orders']],
    ['a list', [[]]],
    ['strange fields', [{ warehouse: 'analytics', $where: '1', __proto__: { x: 1 } }]],
    [
      'wrong kinds',
      [
        {
          warehouse: { clusterIdentifier: 7 },
          source: null,
          table: [],
          tableArn: {},
          sourceSnapshotIdentifier: ['rs:a'],
          deadline: -1,
        },
      ],
    ],
    [
      'SQL for names',
      [
        {
          warehouse: { clusterIdentifier: "x'; drop" },
          source: { snapshotIdentifier: "'" },
          table: { database: 'dev', table: 'a\u0000b' },
          sourceSnapshotIdentifier: "'",
          tableArn: "'",
          s3Bucket: '../..',
          rowCount: { exactly: 1e300 },
        },
      ],
    ],
  ])(
    'a workflow that is started past the client with %s refuses it, before any call of AWS',
    async (_what, args: unknown[]) => {
      const before = (await rig.control.operations()).length;
      for (const operation of operationNames) {
        const workflowId = `${rig.taskQueue}/hostile/${operation}/${_what}`;
        const { taskQueue } = rig;
        const handle = await rig.temporal.workflow.start(operation, { workflowId, taskQueue, args });
        rig.track({ workflowId, runId: handle.firstExecutionRunId });
        const { failure } = await rig.end(workflowId);
        expect(failure).toMatchObject({
          type: 'InvalidInput',
          exit: 2,
          http: 400,
          remedy: failures.InvalidInput.remedy,
        });
        expect(failure!.message).toMatch(new RegExp(`^${operation} was not started: [\\w.()$]+: .+`));
      }
      expect(await rig.control.operations()).toHaveLength(before);
      await rig.control.set(quickSettings);
    },
  );
});
