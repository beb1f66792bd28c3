import { randomBytes } from 'node:crypto';
import { createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Check, Diagnosis } from '../../client';
import { runCli } from '../../client/cli/program';
import { pollersOf } from '../../client/pollers';
import { awsProbes } from '../../domain/look-ups/aws-access';
import { fakeIo } from '../client/cli/fake-io';
import { Rig } from '../support/rig';
import { temporalAddress } from '../support/stand-in-rig';
import { until } from '../support/until';

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.start();
  await rig.startWorker();
  // A worker that was started has yet to ask for work of either kind.
  for (const type of ['workflow', 'activity'] as const)
    await until(async () => (await pollersOf(rig.temporal, rig.taskQueue, type)).length > 0 || undefined);
});
afterEach(() => rig?.control.clearFaults());
afterAll(() => rig?.close());

async function doctor(env: Record<string, string> = {}, ...argv: string[]) {
  const terminal = fakeIo({ TEMPORAL_ADDRESS: temporalAddress(), UNDROP_TASK_QUEUE: rig.taskQueue, ...env });
  const exitCode = await runCli(['doctor', ...argv], terminal.io);
  return { exitCode, out: terminal.out(), err: terminal.err() };
}

async function diagnose(env: Record<string, string> = {}, ...argv: string[]) {
  const { exitCode, out, err } = await doctor(env, '-o', 'json', ...argv);
  expect(err).toBe('');
  const found = JSON.parse(out) as Diagnosis;
  expect(exitCode).toBe(found.exit);
  expect(found.healthy).toBe(exitCode === 0);
  const check = (name: string, group?: Check['group']) =>
    found.checks.find((one) => one.name === name && (group === undefined || one.group === group));
  const wrong = found.checks.filter(({ state }) => state === 'wrong').map(({ name }) => name);
  return { exitCode, found, check, wrong, out };
}

describe('undrop doctor', () => {
  it('finds nothing wrong where nothing is: every check is told, with who, where and which version; exit code 0', async () => {
    const { found, check, wrong, out } = await diagnose({}, '--bucket', 'exports');
    expect(wrong).toEqual([]);
    expect(found).toMatchObject({
      apiVersion: 'undrop/v1',
      healthy: true,
      exit: 0,
      taskQueue: rig.taskQueue,
    });
    expect(found.checks.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(check('gRPC')?.detail).toMatch(/^Temporal \d+\.\d+\.\d+ at 127\.0\.0\.1:\d+$/);
    expect(check('namespace')?.detail).toMatch(/^default, keeps ended runs for \d+ d$/);
    expect(check('search attributes')?.detail).toBe('4 of 4 are registered');
    expect(check('task queue')?.detail).toMatch(
      new RegExp(`@.* on ${rig.taskQueue}.*, heard of \\d+ s ago$`),
    );
    expect(check('credentials')?.detail).toBe(
      'arn:aws:iam::123456789012:user/simulated in account 123456789012',
    );
    expect(check('region')?.detail).toBe('eu-central-1');
    expect(check('clock', 'AWS')?.detail).toBe("the worker's clock and AWS's agree");
    for (const action of Object.keys(awsProbes)) expect(check(action)?.state).toBe('ok');
    expect(out).not.toMatch(/AKIA|simulated-?secret|SecretAccessKey|sessionToken/i);
  });

  it('is read by people: ticks by group, what is not checked and why, one line of summary on stderr', async () => {
    const { exitCode, out, err } = await doctor();
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Temporal\n {2}✔ TCP +port \d+ answers\n/);
    expect(out).toContain('\nWorkers\n');
    expect(out).toMatch(/ {2}– s3:ListBucket +not checked: name a bucket of exports with --bucket\n/);
    expect(err).toBe('doctor: nothing is wrong, 1 not checked\n');
  });

  it('stops at an address where nothing listens', async () => {
    const { exitCode, wrong, check } = await diagnose({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect({ exitCode, wrong }).toEqual({ exitCode: 1, wrong: ['TCP'] });
    expect(check('TCP')?.advice).toMatch(/^Start Temporal there/);
    expect(check('namespace')?.detail).toBe('not checked: no connection');
    expect(check('credentials')?.detail).toBe('not checked: no worker');
  });

  it('names a host that nobody knows', async () => {
    const { wrong, check } = await diagnose({ TEMPORAL_ADDRESS: 'no-such-host.invalid:7233' });
    expect(wrong).toEqual(['DNS']);
    expect(check('DNS')?.detail).toContain('no-such-host.invalid is not known');
  });

  it('passes on that Temporal allows nothing', async () => {
    const server = await refusingServer();
    try {
      const { port } = server.address() as AddressInfo;
      const { exitCode, wrong, check } = await diagnose({ TEMPORAL_ADDRESS: `127.0.0.1:${port}` });
      expect({ exitCode, wrong }).toEqual({ exitCode: 4, wrong: ['gRPC'] });
      expect(check('gRPC')?.detail).toContain('not for you');
    } finally {
      server.close();
    }
  });

  it('names a namespace that is not there', async () => {
    const { exitCode, wrong, check } = await diagnose({ TEMPORAL_NAMESPACE: 'elsewhere' });
    expect({ exitCode, wrong }).toEqual({ exitCode: 5, wrong: ['namespace'] });
    expect(check('namespace')?.advice).toContain('temporal operator namespace create');
    expect(check('task queue')?.detail).toBe('not checked: no namespace');
  });

  it('names search attributes that are missing, and the two ways to register them', async () => {
    const namespace = `bare-${randomBytes(4).toString('hex')}`;
    await rig.temporal.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    const looked = () => diagnose({ TEMPORAL_NAMESPACE: namespace });
    // A namespace takes a moment until every part of the server knows it.
    while ((await looked()).wrong.includes('namespace'));
    const { exitCode, wrong, check } = await looked();
    expect({ exitCode, wrong }).toEqual({ exitCode: 6, wrong: ['search attributes', 'task queue'] });
    expect(check('search attributes')?.detail).toMatch(/^UndropOperation, .* missing$/);
    expect(check('search attributes')?.advice).toMatch(
      /^undrop setup, or by hand: temporal operator search-attribute create .* --name UndropOutcome --type Keyword$/,
    );
  });

  it('says that no worker polls the task queue, and checks nothing on AWS then', async () => {
    const { exitCode, wrong, check } = await diagnose({ UNDROP_TASK_QUEUE: 'nobody' });
    expect({ exitCode, wrong }).toEqual({ exitCode: 1, wrong: ['task queue'] });
    expect(check('task queue')?.detail).toBe('no worker polls the task queue nobody');
    expect(check('task queue')?.advice).toContain('npm run worker');
    for (const name of ['credentials', 'permissions'])
      expect(check(name)?.detail).toBe('not checked: no worker');
  });

  it('names each action that AWS denies, and that it is to be allowed; exit code 4', async () => {
    const operations = ['DescribeClusterSnapshots', 'ListStatements', 'ListExports', 'HeadBucket'];
    for (const operation of operations)
      await rig.control.addFault({ operation, times: 'always', action: { kind: 'access-denied' } });
    const { exitCode, wrong, check } = await diagnose({}, '--bucket', 'exports');
    expect({ exitCode, wrong }).toEqual({
      exitCode: 4,
      wrong: [
        'redshift:DescribeClusterSnapshots',
        'redshift-data:ListStatements',
        'dynamodb:ListExports',
        's3:ListBucket',
      ],
    });
    expect(check('dynamodb:ListExports')?.advice).toMatch(/^Allow dynamodb:ListExports in the IAM policy/);
    expect(check('redshift:DescribeClusters')?.state).toBe('ok');
  });

  it('names a bucket that is not there', async () => {
    const { exitCode, check } = await diagnose({}, '--bucket', 'no-such-bucket');
    expect(exitCode).toBe(5);
    expect(check('s3:ListBucket')?.state).toBe('wrong');
  });

  it.each([
    ['InvalidClientTokenId', 403],
    ['ExpiredToken', 400],
  ])('says that AWS does not take the credentials of the worker: %s', async (code, status) => {
    const action = { kind: 'error', code, status, message: 'The security token is not valid.' };
    await rig.control.addFault({ operation: 'GetCallerIdentity', times: 'always', action });
    const { exitCode, wrong, check } = await diagnose();
    expect({ exitCode, wrong }).toEqual({ exitCode: 4, wrong: ['credentials'] });
    expect(check('credentials')?.detail).toContain('The security token is not valid.');
    expect(check('permissions')?.detail).toBe('not checked: AWS does not know the worker');
    expect(check('clock', 'AWS')?.state).toBe('ok');
  });

  it('waits for a slow AWS, and names what gives no answer at all', async () => {
    await rig.control.addFault({
      operation: 'ListExports',
      action: { kind: 'latency', milliseconds: 1_500 },
    });
    expect((await diagnose()).wrong).toEqual([]);
    await rig.control.addFault({
      operation: 'ListExports',
      times: 'always',
      action: { kind: 'drop-before' },
    });
    const { exitCode, wrong } = await diagnose();
    expect({ exitCode, wrong }).toEqual({ exitCode: 1, wrong: ['dynamodb:ListExports'] });
  });

  it('refuses a bucket that cannot be one before anything is looked at', async () => {
    const { exitCode, out, err } = await doctor({}, '--bucket', 'No!');
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('bucket: must be');
  });

  it('tells a worker that was stopped from one that answers', async () => {
    await rig.stopWorker();
    try {
      const { exitCode, check } = await diagnose();
      expect(exitCode).toBe(1);
      // Temporal forgets a poller after a while only.
      const told = [check('answer'), check('task queue')].find((one) => one?.state === 'wrong');
      expect(told?.advice).toContain('npm run worker');
    } finally {
      await rig.startWorker();
    }
  });
});

/** Speaks just enough gRPC to refuse: a response of trailers alone, status PERMISSION_DENIED. */
async function refusingServer(): Promise<Http2Server> {
  const server = createServer();
  server.on('stream', (stream) => {
    const trailers = { 'grpc-status': '7', 'grpc-message': 'not for you' };
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...trailers }, { endStream: true });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
