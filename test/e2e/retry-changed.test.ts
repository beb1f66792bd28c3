import { CreateClusterSnapshotCommand } from '@aws-sdk/client-redshift';
import { CancelStatementCommand } from '@aws-sdk/client-redshift-data';
import { randomUUID } from 'node:crypto';
import { runCli } from '../../client/cli/program';
import type { RunView } from '../../client';
import type { RecoverTableInput, RecoverTableResult } from '../../domain/operations/recover-table';
import type { RunQueryInput } from '../../domain/operations/run-query';
import { fakeIo } from '../client/cli/fake-io';
import { cluster, ordersArn, quickSettings, Rig, seed } from '../support/rig';
import { temporalAddress } from '../support/stand-in-rig';

const { orderRows } = seed.options;

describe('a retry', () => {
  let rig: Rig;
  let snapshot: string;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
    snapshot = await rig.automatedSnapshot();
  });

  afterEach(async () => {
    await rig.control.clearFaults();
    await rig.control.set({ ...quickSettings, statementSeconds: 0.05 });
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const recovery = (more: Partial<RecoverTableInput> = {}): RecoverTableInput => ({
    warehouse: { clusterIdentifier: cluster },
    source: { snapshotIdentifier: snapshot },
    table: { database: 'dev', table: 'orders' },
    verify: { rowCount: { exactly: orderRows } },
    settle: '1 second',
    ...more,
  });
  const effects = async (kind: string) => (await rig.control.effects(kind)).length;
  const deny = (operation: string) =>
    rig.control.addFault({ operation, times: 'always', action: { kind: 'access-denied' } });
  async function ended(run: { workflowId: string; runId: string }): Promise<RunView> {
    rig.track(run);
    return rig.end(run.workflowId);
  }

  describe('with a changed input', () => {
    it('keeps the steps that do not depend on the change: a table name is mended after the copy', async () => {
      const [copies, restores] = [await effects('CopyClusterSnapshot'), await effects('RestoreTable')];
      const old = await rig.run('recoverTable', recovery({ table: { database: 'dev', table: 'odrers' } }));
      expect(old.failure?.type).toBe('TableNotInSnapshot');
      const change = { with: { 'table.table': 'orders' } };
      const [retried, twice] = await Promise.all([
        rig.operations.retry(old.workflowId, change),
        rig.operations.retry(old.workflowId, change),
      ]);
      expect(twice.runId).toBe(retried.runId);
      expect([retried, twice].filter((each) => each.retried)).toHaveLength(1);
      expect(retried).toMatchObject({
        from: 'restore',
        changed: ['table'],
        of: { workflowId: old.workflowId, runId: old.runId },
      });
      expect(retried.workflowId).not.toBe(old.workflowId);
      const run = await ended(retried);
      expect(run.failure).toBeUndefined();
      expect(run).toMatchObject({
        outcome: 'done',
        retryOf: { workflowId: old.workflowId, runId: old.runId },
      });
      expect(run.state!.steps.map(({ name, state, note }) => [name, state, note])).toEqual([
        ['preflight', 'skipped', `goes on from the step restore of ${old.runId}`],
        ['copy', 'done', `kept from ${old.runId}`],
        ['restore', 'done', undefined],
        ['verify', 'done', undefined],
      ]);
      const copy = old.state!.aws.find(({ step }) => step === 'copy');
      expect(run.state!.aws).toContainEqual(copy);
      expect(run.result).toMatchObject({
        copy: { snapshotIdentifier: copy!.id },
        verify: { rowCount: orderRows },
      });
      expect(await effects('CopyClusterSnapshot')).toBe(copies + 1);
      expect(await effects('RestoreTable')).toBe(restores + 1);
    });

    it('is one run also when it is asked for again once that is done, and its source is chosen by an age', async () => {
      const restores = await effects('RestoreTable');
      const table = { database: 'dev', table: 'odrers' };
      const old = await rig.run('recoverTable', recovery({ source: { asOf: '1h' }, copy: false, table }));
      expect(old.failure?.type).toBe('TableNotInSnapshot');
      const change = { with: { 'table.table': 'orders' } };
      const first = await rig.operations.retry(old.workflowId, change);
      expect((await ended(first)).outcome).toBe('done');
      const second = await rig.operations.retry(old.workflowId, change);
      expect(second).toMatchObject({ retried: false, reason: 'already retried', runId: first.runId });
      expect(await effects('RestoreTable')).toBe(restores + 1);
    });

    it('keeps the restored table when only the expectation was wrong', async () => {
      const restores = await effects('RestoreTable');
      const old = await rig.run(
        'recoverTable',
        recovery({ copy: false, verify: { rowCount: { exactly: 1 } } }),
      );
      expect(old.failure?.type).toBe('VerificationMismatch');
      const retried = await rig.operations.retry(old.workflowId, {
        with: { 'verify.rowCount.atLeast': 1, export: { tableArn: ordersArn, s3Bucket: 'exports' } },
      });
      expect(retried).toMatchObject({
        from: 'verify',
        changed: expect.arrayContaining(['verify', 'export']),
      });
      const run = await ended(retried);
      expect(run.outcome).toBe('done');
      const { restore } = run.result as RecoverTableResult;
      expect(run.state!.aws).toContainEqual(old.state!.aws.find(({ kind }) => kind === 'restored table'));
      expect(restore.table.table).toMatch(/^orders_restored_/);
      expect(await effects('RestoreTable')).toBe(restores + 1);
    });

    it('says everything that is wrong with it at once, and starts nothing', async () => {
      const old = await rig.run(
        'recoverTable',
        recovery({ copy: false, verify: { rowCount: { exactly: 2 } } }),
      );
      const wrong = { 'table.tabel': 'x', deadline: 'soon', 'source.snapshotIdentifier.x': 1 };
      await expect(rig.operations.retry(old.workflowId, { with: wrong })).rejects.toMatchObject({
        type: 'InvalidInput',
        problems: expect.arrayContaining([
          expect.objectContaining({ field: 'table.tabel' }),
          expect.objectContaining({ field: 'deadline' }),
          expect.objectContaining({ field: 'source.snapshotIdentifier.x' }),
        ]),
      });
    });

    it('is refused while AWS restores for the old run, for there would be two', async () => {
      await rig.control.set({ restoreSeconds: 3600 });
      const workflowId = await rig.begin('recoverTable', recovery({ copy: false }));
      await rig.until(workflowId, ({ state }) => state?.aws.some(({ step }) => step === 'restore') === true);
      await rig.operations.cancel(workflowId, 'the wrong name');
      await rig.end(workflowId);
      const change = { with: { 'target.table': 'elsewhere' } };
      await expect(rig.operations.retry(workflowId, change)).rejects.toMatchObject({
        type: 'RetryRefused',
        message: expect.stringMatching(/AWS runs the restore of dev\.public\.orders_restored/),
        remedy: expect.stringContaining(`undrop runs retry ${workflowId}`),
      });
      await rig.control.advance(3600);
    });

    it('is checked by the workflow too, whoever starts it', async () => {
      const workflowId = `carried/${randomUUID()}`;
      const handle = await rig.temporal.workflow.start('restoreTable', {
        workflowId,
        taskQueue: rig.taskQueue,
        args: [
          recovery({ verify: undefined }),
          { of: { workflowId: 'w', runId: 'r' }, from: 'restore', results: { nonsense: 1 }, aws: [] },
        ],
      });
      const run = await ended({ workflowId, runId: handle.firstExecutionRunId });
      expect(run.failure).toMatchObject({
        type: 'InvalidInput',
        message: expect.stringContaining('nonsense'),
      });
    });
  });

  describe('of a query', () => {
    const query = (more: Partial<RunQueryInput>): RunQueryInput => ({
      warehouse: { clusterIdentifier: cluster },
      database: 'dev',
      ...more,
    });
    const rows = (table: string) => rig.control.count(cluster, 'dev', table);
    async function reset({ workflowId, runId }: RunView): Promise<RunView> {
      const request: object = {
        namespace: 'default',
        workflowExecution: { workflowId, runId },
        workflowTaskFinishEventId: 4,
        requestId: randomUUID(),
        reason: 'by hand',
      };
      const again = await rig.temporal.workflowService.resetWorkflowExecution(request);
      return ended({ workflowId, runId: again.runId });
    }

    it.each(['retry', 'by hand'])('that failed runs the SQL anew, once (%s)', async (how) => {
      const table = `public.late_${randomUUID().slice(0, 8)}`;
      const old = await rig.run('runQuery', query({ sql: `insert into ${table} values (1)` }));
      expect(old.failure?.type).toBe('StatementFailed');
      await rig.control.sql(cluster, 'dev', `create table ${table} (n int)`);
      const run =
        how === 'retry' ? await ended(await rig.operations.retry(old.workflowId)) : await reset(old);
      expect(run.failure).toBeUndefined();
      expect(await rows(table)).toBe(1);
      const asked = run.state!.timeline.map(({ text }) => text).join('\n');
      expect(asked).toMatch(/the statement \S+ of an earlier execution ended as FAILED; asking anew/);
      // Done, it is not done again, whichever generation it was.
      expect((await reset(run)).outcome).toBe('done');
      expect(await rows(table)).toBe(1);
    });

    it('that somebody aborted on AWS runs the SQL anew, also under a name of the user', async () => {
      await rig.control.set({ statementSeconds: 3600 });
      const workflowId = await rig.begin('runQuery', query({ sql: 'select 1', statementName: 'nightly' }));
      const view = await rig.until(workflowId, ({ state }) => (state?.aws.length ?? 0) > 0);
      await rig.clients.redshiftData.send(new CancelStatementCommand({ Id: view.state!.aws[0]!.id }));
      expect((await rig.end(workflowId)).failure?.type).toBe('StatementAborted');
      await rig.control.set({ statementSeconds: 0.05 });
      expect((await ended(await rig.operations.retry(workflowId))).outcome).toBe('done');
    });

    it('whose batch commits as it goes and failed half-way is not run again, unless it is asked for by name', async () => {
      const table = `public.halfway_${randomUUID().slice(0, 8)}`;
      await rig.control.sql(cluster, 'dev', `create table ${table} (n int)`);
      const insert = `insert into ${table} values (1)`;
      const old = await rig.run(
        'runQuery',
        query({ sqls: [insert, `insert into ${table}_more values (1)`], executionMode: 'AUTO_COMMIT' }),
      );
      expect(old.failure?.type).toBe('StatementFailed');
      expect(await rows(table)).toBe(1);
      await expect(rig.operations.retry(old.workflowId)).rejects.toMatchObject({
        type: 'RetryRefused',
        message: expect.stringContaining('does that part twice'),
      });
      const byHand = await reset(old);
      expect(byHand.failure?.type).toBe('StatementFailed');
      expect(await rows(table)).toBe(1);
      await rig.control.sql(cluster, 'dev', `create table ${table}_more (n int)`);
      const named = await rig.operations.retry(old.workflowId, { from: 'query' });
      expect(named.workflowId).not.toBe(old.workflowId);
      expect((await ended(named)).outcome).toBe('done');
      expect(await rows(table)).toBe(2);
    });
  });

  describe('from a record, when the history is gone', () => {
    async function forgotten(more: Partial<RecoverTableInput>): Promise<RunView> {
      const record = await rig.run('recoverTable', recovery(more));
      await rig.temporal.workflowService.deleteWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: record.workflowId, runId: record.runId },
      });
      while ((await rig.operations.show(record.workflowId).catch(() => undefined)) !== undefined)
        await new Promise((resolve) => setTimeout(resolve, 100));
      rig.untrack(record);
      return record;
    }

    it('takes over what AWS still shows: one copy, one restore', async () => {
      const [copies, restores] = [await effects('CopyClusterSnapshot'), await effects('RestoreTable')];
      await deny('ExecuteStatement');
      const record = await forgotten({});
      await rig.control.clearFaults();
      await expect(rig.operations.retry(record.workflowId)).rejects.toMatchObject({
        type: 'RunNotFound',
        remedy: expect.stringContaining('--record'),
      });
      const told = await rig.operations.retryFromRecord(record.workflowId, record, { dryRun: true });
      expect(told.notes.join('\n')).toMatch(/the table dev\.public\.orders_restored_\S+ is there/);
      const run = await ended(await rig.operations.retryFromRecord(record.workflowId, record));
      expect(run.failure).toBeUndefined();
      expect(run.result).toMatchObject({ copy: { adopted: true }, restore: { adopted: true, sends: 0 } });
      expect(await effects('CopyClusterSnapshot')).toBe(copies + 1);
      expect(await effects('RestoreTable')).toBe(restores + 1);
    });

    it('is refused when the history is there, or the record is of another run or none', async () => {
      const run = await rig.run('recoverTable', recovery({ copy: false }));
      const { operations } = rig;
      await expect(operations.retryFromRecord(run.workflowId, run)).rejects.toMatchObject({
        type: 'RetryRefused',
      });
      await expect(operations.retryFromRecord('another', run)).rejects.toMatchObject({
        type: 'InvalidInput',
      });
      await expect(operations.retryFromRecord('another', {})).rejects.toMatchObject({ type: 'InvalidInput' });
    });
  });

  it('of all that failed: lists them, asks, retries each, and one that cannot be does not stop the others', async () => {
    const undrop = async (argv: string[], answer?: boolean) => {
      const terminal = fakeIo({ TEMPORAL_ADDRESS: temporalAddress(), UNDROP_TASK_QUEUE: rig.taskQueue });
      const io = answer === undefined ? terminal.io : { ...terminal.io, confirm: async () => answer };
      const exitCode = await runCli(argv, io);
      return { exitCode, out: terminal.out(), err: terminal.err() };
    };
    const since = new Date().toISOString();
    // A table of this test's own: the server has failed runs of other tests' tables.
    const table = 'dev.public.all_failed';
    await rig.control.sql(cluster, 'dev', 'create table all_failed as select * from customers');
    const SnapshotIdentifier = 'has-all-failed';
    await rig.clients.redshift.send(
      new CreateClusterSnapshotCommand({ ClusterIdentifier: cluster, SnapshotIdentifier }),
    );
    await rig.control.advance(600);
    const own = {
      table: { database: 'dev', table: 'all_failed' },
      verify: { rowCount: { exactly: 2000 } },
      copy: false,
    } as const;
    const fromSnapshot = recovery({ ...own, source: { snapshotIdentifier: SnapshotIdentifier } });
    await deny('ExecuteStatement');
    const [mended, taken] = await Promise.all([
      rig.run('recoverTable', fromSnapshot),
      rig.run('recoverTable', fromSnapshot),
    ]);
    await rig.control.clearFaults();
    const hopeless = await rig.run(
      'recoverTable',
      recovery({ ...own, source: { snapshotIdentifier: 'nowhere' } }),
    );
    const goneOn = await rig.operations.retry(taken.workflowId, { with: { 'verify.rowCount.atLeast': 1 } });
    expect((await ended(goneOn)).outcome).toBe('done');
    const all = ['runs', 'retry', '--all-failed', '--since', since, '--table', table];
    for (;;) {
      const { out } = await undrop([...all, '--dry-run', '-o', 'json']);
      const { runs } = JSON.parse(out) as { runs: { workflowId: string }[] };
      if (runs.length === 2) {
        const ids = runs.map(({ workflowId }) => workflowId);
        expect(ids.sort()).toEqual([mended.workflowId, hopeless.workflowId].sort());
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(await undrop(all)).toMatchObject({ exitCode: 2, err: expect.stringContaining('--yes') });
    expect(await undrop(all, false)).toMatchObject({
      exitCode: 0,
      err: expect.stringContaining('nothing was retried'),
    });
    const yes = await undrop(all, true);
    expect(yes).toMatchObject({ exitCode: 1, out: expect.stringMatching(/retried +verify +recover-table/) });
    expect(yes.out).toMatch(/refused +- +recover-table.*\n.*the snapshot nowhere is not there any more/);
    const { runId } = await rig.operations.show(mended.workflowId);
    expect(runId).not.toBe(mended.runId);
    expect((await ended({ workflowId: mended.workflowId, runId })).outcome).toBe('done');
  });
});
