import {
  CancelStatementCommand,
  DescribeStatementCommand,
  ListStatementsCommand,
} from '@aws-sdk/client-redshift-data';
import { PauseClusterCommand, ResumeClusterCommand } from '@aws-sdk/client-redshift';
import { failures, type FailureType } from '../../domain/failures';
import type { VerifyTableInput, VerifyTableResult } from '../../domain/operations/verify-table';
import { cluster, Rig, seed } from '../support/rig';

const usual = { statementSeconds: 0.05, maxActiveStatements: 200, clusterTransitionSeconds: 0 };
/** One of sixteen orders is left after the accident. */
const ordersNow = Math.floor(seed.options.orderRows / 16);

describe('verifyTable', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
  });

  beforeEach(() => rig.control.set(usual));
  afterEach(() => rig.control.clearFaults());

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const input = (
    rowCount: VerifyTableInput['rowCount'],
    more: Partial<VerifyTableInput> = {},
  ): VerifyTableInput => ({
    warehouse: { clusterIdentifier: cluster },
    table: { database: 'dev', table: 'orders' },
    rowCount,
    ...more,
  });
  const fault = (operation: string, action: object) => rig.control.addFault({ operation, action });
  const statementOf = async (workflowId: string) => {
    const { state } = await rig.until(workflowId, (view) => view.state?.aws.length === 1);
    return state!.aws[0]!.id;
  };
  const onAws = async (id: string) =>
    (await rig.clients.redshiftData.send(new DescribeStatementCommand({ Id: id }))).Status;

  it('counts the rows by one statement of its own, and tells all about it', async () => {
    const run = await rig.run(
      'verifyTable',
      input({ exactly: ordersNow }, { dataApi: { dbUser: 'auditor' } }),
    );
    expect(run.failure).toBeUndefined();
    expect(run.result).toEqual({
      table: { database: 'dev', schema: 'public', table: 'orders' },
      rowCount: ordersNow,
      verdicts: [
        {
          level: 'rowCount',
          subject: 'row count',
          passed: true,
          expected: `exactly ${ordersNow} rows`,
          actual: `${ordersNow} rows`,
        },
      ],
    } satisfies VerifyTableResult);
    const [request, ...more] = await rig.control.operations('ExecuteStatement');
    expect(more).toEqual([]);
    expect(request!.parameters).toEqual({
      ClusterIdentifier: cluster,
      Database: 'dev',
      DbUser: 'auditor',
      Sql: 'select count(*) as row_count from "public"."orders"',
      StatementName: `undrop:${run.workflowId}:verify.count:1`,
      ClientToken: expect.stringMatching(/^undrop-[0-9a-f]{40}$/),
    });
    const [effect] = await rig.control.effects('ExecuteStatement');
    expect(run.state?.aws).toEqual([{ kind: 'statement', id: effect!.detail!.id, step: 'verify' }]);
    expect(run.state?.timeline.map(({ text }) => text)).toContain(
      `row count: expected exactly ${ordersNow} rows, found ${ordersNow} rows`,
    );
  });

  it.each<{ rowCount: NonNullable<VerifyTableInput['rowCount']>; expected: string; passes: boolean }>([
    { rowCount: { exactly: 2000 }, expected: 'exactly 2,000 rows', passes: true },
    { rowCount: { exactly: 1999 }, expected: 'exactly 1,999 rows', passes: false },
    { rowCount: { atLeast: 2000 }, expected: 'at least 2,000 rows', passes: true },
    { rowCount: { atLeast: 2001 }, expected: 'at least 2,001 rows', passes: false },
    {
      rowCount: { about: 2100, tolerancePercent: 5 },
      expected: '2,100 rows, give or take 5 %',
      passes: true,
    },
    {
      rowCount: { about: 2200, tolerancePercent: 5 },
      expected: '2,200 rows, give or take 5 %',
      passes: false,
    },
    {
      rowCount: { sameAs: { table: 'Customers' } },
      expected: 'as many rows as Customers (2,000)',
      passes: true,
    },
    {
      rowCount: { sameAs: { schema: 'sales', table: 'events' } },
      expected: 'as many rows as events (5,000)',
      passes: false,
    },
  ])('of 2,000 rows where $expected are expected passes: $passes', async ({ rowCount, expected, passes }) => {
    const table = { database: 'dev', schema: 'public', table: 'customers' };
    if ('sameAs' in rowCount && passes) {
      await rig.control.sql(cluster, 'dev', 'create table "Customers" as select * from customers');
    }
    const run = await rig.run('verifyTable', input(rowCount, { table }));
    expect(await rig.control.count(cluster, 'dev', 'customers')).toBe(2000);
    if (passes) {
      expect(run.result).toMatchObject({ rowCount: 2000, verdicts: [{ passed: true, expected }] });
      return;
    }
    expect(run.failure).toEqual({
      type: 'VerificationMismatch',
      exit: 7,
      http: 409,
      remedy: failures.VerificationMismatch.remedy,
      message: `proof of the table failed [table=dev.public.customers]: row count: expected ${expected}, found 2,000 rows`,
    });
  });

  it('counts anew when it is started again after a mismatch', async () => {
    await rig.control.sql(cluster, 'dev', 'create table mended as select * from customers limit 3');
    const request = input({ exactly: 4 }, { table: { database: 'dev', table: 'mended' } });
    const first = await rig.operations.start('verifyTable', request);
    rig.track(first);
    expect((await rig.end(first.workflowId)).failure).toMatchObject({ type: 'VerificationMismatch' });
    await rig.control.sql(cluster, 'dev', 'insert into mended select * from customers limit 1');
    const second = await rig.operations.start('verifyTable', request);
    rig.track(second);
    expect(second).toMatchObject({ workflowId: first.workflowId, started: true });
    expect((await rig.end(second.workflowId)).result).toMatchObject({ rowCount: 4 });
  });

  it.each<{ what: string; more: Partial<VerifyTableInput>; type: FailureType; why: RegExp }>([
    {
      what: 'an unknown table',
      more: { table: { database: 'dev', table: 'odrers' } },
      type: 'StatementFailed',
      why: /^statement .* failed \[statement=.*, database=dev\]: ERROR: relation "public.odrers" does not exist/,
    },
    {
      what: 'SQL for a name',
      more: { table: { database: 'dev', table: 'x"; drop table orders; --' } },
      type: 'StatementFailed',
      why: /relation "public.x"; drop table orders; --" does not exist/,
    },
    {
      what: 'an unknown database',
      more: { table: { database: 'nowhere', table: 'orders' } },
      type: 'StatementFailed',
      why: /database "nowhere" does not exist/,
    },
    {
      what: 'an unknown cluster',
      more: { warehouse: { clusterIdentifier: 'nowhere' } },
      type: 'ClusterNotFound',
      why: /^proof of the table failed \[cluster=nowhere, table=dev.public.orders\]: ClusterNotFound/,
    },
  ])('fails as $type for $what', async ({ more, type, why }) => {
    const run = await rig.run('verifyTable', input({ exactly: ordersNow }, more));
    const { exit, http, remedy } = failures[type];
    expect(run.failure).toEqual({ type, exit, http, remedy, message: expect.stringMatching(why) });
    expect(await rig.control.count(cluster, 'dev', 'orders')).toBe(ordersNow);
  });

  it.each<{ operation: string; action: object; type: FailureType; why: RegExp }>([
    {
      operation: 'ExecuteStatement',
      action: { kind: 'access-denied' },
      type: 'AccessDenied',
      why: /redshift-data:ExecuteStatement/,
    },
    {
      operation: 'ExecuteStatement',
      action: { kind: 'terminal', status: 'FAILED', message: 'ERROR: permission denied for relation orders' },
      type: 'StatementFailed',
      why: /permission denied for relation orders/,
    },
    {
      operation: 'ExecuteStatement',
      action: { kind: 'terminal', status: 'ABORTED', message: 'Query cancelled by WLM' },
      type: 'StatementAborted',
      why: /Query cancelled by WLM/,
    },
    {
      operation: 'DescribeStatement',
      action: { kind: 'error', code: 'ValidationException', message: 'no such id' },
      type: 'InvalidRequest',
      why: /ValidationException: no such id/,
    },
    {
      operation: 'GetStatementResult',
      action: {
        kind: 'error',
        code: 'ValidationException',
        message: 'Could not fetch query result as it has expired',
      },
      type: 'ResultExpired',
      why: /has expired/,
    },
  ])('fails as $type when $operation ends so on AWS', async ({ operation, action, type, why }) => {
    await fault(operation, action);
    const run = await rig.run('verifyTable', input({ exactly: ordersNow }));
    const { exit, http, remedy } = failures[type];
    expect(run.failure).toEqual({ type, exit, http, remedy, message: expect.stringMatching(why) });
  });

  it('fails as StatementAborted when somebody else cancels the statement', async () => {
    await rig.control.set({ statementSeconds: 60 });
    const workflowId = await rig.begin('verifyTable', input({ exactly: ordersNow }));
    const id = await statementOf(workflowId);
    await rig.clients.redshiftData.send(new CancelStatementCommand({ Id: id }));
    expect((await rig.end(workflowId)).failure).toMatchObject({
      type: 'StatementAborted',
      message: expect.stringMatching(/cancelled on user's request/),
    });
  });

  it('cancels the statement on AWS when the run is cancelled', async () => {
    await rig.control.set({ statementSeconds: 60 });
    const workflowId = await rig.begin('verifyTable', input({ exactly: ordersNow }));
    const id = await statementOf(workflowId);
    await rig.operations.cancel(workflowId, 'not needed');
    const run = await rig.end(workflowId);
    expect(run).toMatchObject({ outcome: 'cancelled', failure: { type: 'Cancelled' } });
    expect(run.state?.aws).toEqual([{ kind: 'statement', id, step: 'verify' }]);
    expect(run.state?.timeline.map(({ text }) => text)).toContain(`cancelled the statement ${id}`);
    expect(await onAws(id)).toBe('ABORTED');
  });

  it('records a statement that it may not cancel as left behind', async () => {
    await rig.control.set({ statementSeconds: 60 });
    await fault('CancelStatement', { kind: 'access-denied' });
    const workflowId = await rig.begin('verifyTable', input({ exactly: ordersNow }));
    const id = await statementOf(workflowId);
    await rig.operations.cancel(workflowId, 'not needed');
    const run = await rig.end(workflowId);
    expect(run.outcome).toBe('cancelled');
    expect(run.state?.aws).toEqual([{ kind: 'statement', id, step: 'verify', orphaned: true }]);
    expect(await onAws(id)).not.toBe('ABORTED');
  });

  it('cancels the statement when its deadline passes, and says so', async () => {
    await rig.control.set({ statementSeconds: 60 });
    const run = await rig.run('verifyTable', input({ exactly: ordersNow }, { deadline: '2 seconds' }));
    const { id } = run.state!.aws[0]!;
    expect(run.failure).toMatchObject({ type: 'DeadlinePassed', exit: 1 });
    expect(run.failure!.message).toMatch(
      new RegExp(
        `^statement ${id} .* failed \\[statement=${id}, database=dev\\]: still not done after \\d s; cancelled the statement ${id}$`,
      ),
    );
    expect(await onAws(id)).toBe('ABORTED');
  });

  it('waits while the cluster is paused, while too many statements are active, and while AWS limits it', async () => {
    await rig.clients.redshift.send(new PauseClusterCommand({ ClusterIdentifier: cluster }));
    const paused = await rig.begin('verifyTable', input({ exactly: ordersNow }));
    const waiting = await rig.until(paused, ({ state }) => state?.steps[1]?.state === 'waiting');
    expect(waiting.state!.steps[1]!.note).toBe(failures.DatabaseUnavailable.remedy);
    await rig.clients.redshift.send(new ResumeClusterCommand({ ClusterIdentifier: cluster }));

    await rig.control.set({ maxActiveStatements: 0 });
    const full = await rig.begin('verifyTable', input({ exactly: ordersNow }));
    const queued = await rig.until(full, ({ state }) => state?.steps[1]?.state === 'waiting');
    expect(queued.state!.steps[1]!.note).toBe(failures.StatementLimitExceeded.remedy);
    await rig.control.set(usual);

    await fault('ExecuteStatement', { kind: 'throttle' });
    const limited = await rig.begin('verifyTable', input({ exactly: ordersNow }));
    for (const workflowId of [paused, full, limited]) {
      expect((await rig.end(workflowId)).result).toMatchObject({ rowCount: ordersNow });
      const { Statements } = await rig.clients.redshiftData.send(
        new ListStatementsCommand({ Status: 'ALL', StatementName: `undrop:${workflowId}:` }),
      );
      expect(Statements).toHaveLength(1);
    }
  });

  it('goes through an outage of AWS in the middle', async () => {
    await fault('DescribeStatement', { kind: 'error', code: 'InternalServerException', status: 500 });
    await fault('DescribeStatement', { kind: 'truncate' });
    await fault('GetStatementResult', { kind: 'drop-before' });
    const run = await rig.run('verifyTable', input({ exactly: ordersNow }));
    expect(run.result).toMatchObject({ rowCount: ordersNow });
    expect(run.state?.aws).toHaveLength(1);
  });
});
