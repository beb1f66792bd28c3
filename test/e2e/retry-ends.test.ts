import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteClusterSnapshotCommand } from '@aws-sdk/client-redshift';
import type { RunView } from '../../client';
import type { RecoverTableInput, RecoverTableResult } from '../../domain/operations/recover-table';
import type { RestoreTableInput } from '../../domain/operations/restore-table';
import { cluster, ordersArn, quickSettings, Rig, seed } from '../support/rig';
import { until } from '../support/until';

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
    await rig.control.set(quickSettings);
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const input = (more: Partial<RecoverTableInput> = {}): RecoverTableInput => ({
    warehouse: { clusterIdentifier: cluster },
    source: { snapshotIdentifier: snapshot },
    table: { database: 'dev', schema: 'public', table: 'orders' },
    verify: { rowCount: { exactly: orderRows } },
    export: { tableArn: ordersArn, s3Bucket: 'exports' },
    settle: '1 second',
    ...more,
  });
  const deny = (operation: string) =>
    rig.control.addFault({ operation, times: 'always', action: { kind: 'access-denied' } });
  const made = (view: RunView, step: string) => view.state?.aws.find((handle) => handle.step === step);

  /** Changes on AWS since then, by kind, without the preflight's read. */
  async function changesSince(before: number): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { kind } of (await rig.changes()).slice(before)) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  }
  const changes = async () => (await rig.changes()).length;

  /** Retries, and waits for the good end of it. */
  async function retried(workflowId: string) {
    const result = await rig.operations.retry(workflowId);
    rig.track({ workflowId, runId: result.runId });
    const run = await rig.end(workflowId);
    expect(run.failure).toBeUndefined();
    expect(run).toMatchObject({ runId: result.runId, outcome: 'done' });
    return { result, run };
  }

  async function failedAtVerify(): Promise<RunView> {
    await deny('ExecuteStatement');
    const run = await rig.run('recoverTable', input());
    expect(run.state!.steps.find(({ state }) => state === 'failed')?.name).toBe('verify');
    await rig.control.clearFaults();
    return run;
  }

  describe('of a run that', () => {
    it('was terminated while AWS restored: the restore is taken over', async () => {
      const before = await changes();
      await rig.control.set({ restoreSeconds: 3600 });
      const workflowId = await rig.begin('recoverTable', input());
      const asked = await rig.until(workflowId, (view) => made(view, 'restore') !== undefined);
      await rig.temporal.workflow.getHandle(workflowId).terminate('by mistake');
      const { notes } = await rig.operations.retry(workflowId, { dryRun: true });
      expect(notes.join()).toMatch(/AWS runs the restore of dev\.public\.orders_restored_.* takes it over/);
      await rig.control.advance(3700);
      await rig.control.set(quickSettings);
      const { result, run } = await retried(workflowId);
      expect(result).toMatchObject({ from: 'restore', because: 'it was under way when the run ended' });
      const { restore } = run.result as RecoverTableResult;
      expect(restore).toMatchObject({ tableRestoreRequestId: made(asked, 'restore')!.id, sends: 1 });
      expect(await changesSince(before)).toEqual({
        CopyClusterSnapshot: 1,
        RestoreTable: 1,
        ExecuteStatement: 1,
        ExportTableToPointInTime: 1,
      });
    });

    it.each(['cancelled', 'terminated'])(
      'was %s while AWS restored to a name of the user, and AWS came to the end: that restore is the one',
      async (how) => {
        const before = await changes();
        await rig.control.set({ restoreSeconds: 3600 });
        const target = { table: `mine_${how}` };
        const workflowId = await rig.begin('recoverTable', input({ copy: false, export: undefined, target }));
        const asked = await rig.until(workflowId, (view) => made(view, 'restore') !== undefined);
        if (how === 'cancelled') await rig.operations.cancel(workflowId, 'not tonight');
        else await rig.temporal.workflow.getHandle(workflowId).terminate('by mistake');
        await rig.end(workflowId);
        await rig.control.advance(3700);
        await rig.control.set(quickSettings);
        const { result, run } = await retried(workflowId);
        expect(result.notes.join()).toContain(
          `the table dev.public.mine_${how} is there: the step restore takes it over`,
        );
        const { restore } = run.result as RecoverTableResult;
        expect(restore).toMatchObject({ tableRestoreRequestId: made(asked, 'restore')!.id, sends: 1 });
        expect(await changesSince(before)).toEqual({ RestoreTable: 1, ExecuteStatement: 1 });
      },
    );

    it('was terminated, and AWS comes to the end of the restore while the retry looks: it is taken over', async () => {
      const before = await changes();
      await rig.control.set({ restoreSeconds: 3600 });
      const target = { table: 'mine_meanwhile' };
      const workflowId = await rig.begin('recoverTable', input({ copy: false, export: undefined, target }));
      const asked = await rig.until(workflowId, (view) => made(view, 'restore') !== undefined);
      await rig.temporal.workflow.getHandle(workflowId).terminate('by mistake');
      const slow = 'DescribeTableRestoreStatus';
      await rig.control.addFault({ operation: slow, action: { kind: 'latency', milliseconds: 4_000 } });
      const retry = retried(workflowId);
      await until(
        async () =>
          (await rig.control.operations(slow)).some(({ fault }) => fault?.endsWith('latency')) || undefined,
      );
      // Long enough for any look that does not wait for this one.
      await sleep(2_000);
      await rig.control.advance(3700);
      await rig.control.set(quickSettings);
      const { result, run } = await retry;
      expect(result.notes.join()).toContain('the table dev.public.mine_meanwhile is there');
      const { restore } = run.result as RecoverTableResult;
      expect(restore).toMatchObject({ tableRestoreRequestId: made(asked, 'restore')!.id, sends: 1 });
      expect(await changesSince(before)).toEqual({ RestoreTable: 1, ExecuteStatement: 1 });
    });

    it('was cancelled in its export: it is not cancelled again, and the export is the same', async () => {
      const before = await changes();
      await rig.control.set({ exportSeconds: 3600 });
      const workflowId = await rig.begin('recoverTable', input({ copy: false, verify: undefined }));
      await rig.until(workflowId, (view) => made(view, 'export') !== undefined);
      await rig.operations.cancel(workflowId, 'not tonight');
      expect((await rig.end(workflowId)).outcome).toBe('cancelled');
      await rig.control.advance(3700);
      const { result } = await retried(workflowId);
      expect(result).toMatchObject({ from: 'export', because: 'it was cancelled' });
      expect(await changesSince(before)).toEqual({ RestoreTable: 1, ExportTableToPointInTime: 1 });
    });

    it('timed out', async () => {
      const before = await changes();
      await rig.control.set({ restoreSeconds: 3600 });
      const workflowId = `timed-out/${randomUUID()}`;
      const handle = await rig.temporal.workflow.start('recoverTable', {
        workflowId,
        taskQueue: rig.taskQueue,
        args: [input({ copy: false })],
        workflowExecutionTimeout: '25 seconds',
      });
      rig.track({ workflowId, runId: handle.firstExecutionRunId });
      expect((await rig.end(workflowId)).status).toBe('timed out');
      await rig.control.advance(3700);
      await rig.control.set(quickSettings);
      const { result } = await retried(workflowId);
      expect(result.from).toBe('restore');
      expect(await changesSince(before)).toMatchObject({ RestoreTable: 1, ExportTableToPointInTime: 1 });
    });

    it('no worker had taken up yet', async () => {
      await rig.stopWorker();
      const workflowId = await rig.begin('restoreTable', {
        warehouse: { clusterIdentifier: cluster },
        source: { snapshotIdentifier: snapshot },
        table: { database: 'dev', table: 'orders' },
      });
      await rig.temporal.workflow.getHandle(workflowId).terminate('by mistake');
      await rig.startWorker();
      const { result } = await retried(workflowId);
      expect(result).toMatchObject({ from: 'preflight', because: 'no worker had taken the run up' });
    });
  });

  describe('walks back', () => {
    it('to the restore, when its table was dropped', async () => {
      const before = await changes();
      const run = await failedAtVerify();
      const table = run.state!.aws.find(({ kind }) => kind === 'restored table')!.id;
      await rig.control.sql(cluster, 'dev', `drop table ${table.replace('dev.', '')}`);
      const { result } = await retried(run.workflowId);
      expect(result).toMatchObject({
        from: 'restore',
        steppedBack: [{ step: 'restore', why: `the table ${table} is not there any more` }],
        kept: [{ step: 'preflight' }, { step: 'copy' }],
      });
      expect(await changesSince(before)).toMatchObject({ CopyClusterSnapshot: 1, RestoreTable: 2 });
    });

    it('to the copy, when that was deleted; the restored table is taken over', async () => {
      const before = await changes();
      const run = await failedAtVerify();
      const copy = made(run, 'copy')!.id;
      await rig.clients.redshift.send(new DeleteClusterSnapshotCommand({ SnapshotIdentifier: copy }));
      const { result, run: again } = await retried(run.workflowId);
      expect(result).toMatchObject({
        from: 'copy',
        steppedBack: [{ step: 'copy', why: `the snapshot ${copy} is not there any more` }],
      });
      expect((again.result as RecoverTableResult).restore).toMatchObject({ adopted: true, sends: 0 });
      expect(await changesSince(before)).toMatchObject({ CopyClusterSnapshot: 2, RestoreTable: 1 });
    });

    it('from nothing that could not be looked at, and tells it', async () => {
      const run = await failedAtVerify();
      await deny('ListTables');
      const result = await rig.operations.retry(run.workflowId, { dryRun: true });
      expect(result).toMatchObject({ from: 'verify', steppedBack: [] });
      expect(result.notes.join()).toMatch(/the table dev\.public\.\S+ could not be looked at \(AccessDenied/);
    });
  });

  it('from a step that somebody names; one that has not begun is refused, with those that have', async () => {
    const run = await failedAtVerify();
    await expect(rig.operations.retry(run.workflowId, { from: 'export' })).rejects.toMatchObject({
      type: 'InvalidInput',
      message: expect.stringMatching(
        /from: export is no step that this run has begun; those are preflight, copy, restore, verify/,
      ),
    });
    expect(await rig.operations.retry(run.workflowId, { from: 'restore', dryRun: true })).toMatchObject({
      from: 'restore',
      because: 'it was asked for',
    });
  });

  it('is refused while the run runs, when it is done, when it is not the latest, and when there is none', async () => {
    const { operations } = rig;
    await rig.control.set({ restoreSeconds: 3600 });
    const workflowId = await rig.begin(
      'recoverTable',
      input({ copy: false, verify: undefined, export: undefined }),
    );
    const { runId } = await rig.until(workflowId, (view) => made(view, 'restore') !== undefined);
    await expect(operations.retry(workflowId)).rejects.toMatchObject({ type: 'RunStillRuns', exit: 6 });
    await rig.temporal.workflow.getHandle(workflowId).terminate('by mistake');
    await rig.control.advance(3700);
    const again = await operations.start(
      'recoverTable',
      input({ copy: false, verify: undefined, export: undefined }),
      {
        workflowId,
      },
    );
    rig.track(again);
    expect((await rig.end(workflowId)).outcome).toBe('done');
    await expect(operations.retry(workflowId, { runId })).rejects.toMatchObject({ type: 'RunSuperseded' });
    await expect(operations.retry(workflowId)).rejects.toMatchObject({ type: 'NothingToRetry' });
    await expect(operations.retry('nope')).rejects.toMatchObject({ type: 'RunNotFound' });
  });

  it('needs a worker, and says so', async () => {
    const run = await failedAtVerify();
    await rig.stopWorker();
    await expect(rig.operations.retry(run.workflowId)).rejects.toMatchObject({ type: 'NoWorker' });
    await rig.startWorker();
  });

  describe('by hand, to every workflow task there is,', () => {
    const restore = (target?: RestoreTableInput['target']): RestoreTableInput => ({
      warehouse: { clusterIdentifier: cluster },
      source: { snapshotIdentifier: snapshot },
      table: { database: 'dev', table: 'orders' },
      settle: '1 second',
      ...(target && { target }),
    });

    it.each<[string, RestoreTableInput['target']]>([
      ['a name of its own', undefined],
      ['a name that was given', { table: `given_${Date.now()}` }],
    ])('restores the table once, under %s', async (_, target) => {
      const before = await changes();
      const workflowId = await rig.begin('restoreTable', restore(target));
      const { runId } = await rig.end(workflowId);
      const { events } = await rig.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
      const tasks = events!.filter((event) => event.workflowTaskCompletedEventAttributes);
      expect(tasks.length).toBeGreaterThan(5);
      for (const { eventId } of tasks) {
        const request: object = {
          namespace: 'default',
          workflowExecution: { workflowId, runId },
          workflowTaskFinishEventId: eventId,
          requestId: randomUUID(),
          reason: 'by hand',
        };
        const again = await rig.temporal.workflowService.resetWorkflowExecution(request);
        rig.track({ workflowId, runId: again.runId });
        const run = await rig.end(workflowId);
        // A table of a name that is not the run's own is not touched, whoever made it: then that is said.
        if (target && run.outcome === 'failed') expect(run.failure?.type).toBe('TargetTableExists');
        else expect(run).toMatchObject({ outcome: 'done', runId: again.runId });
      }
      expect(await changesSince(before)).toEqual({ RestoreTable: 1 });
    });
  });

  it('cannot help when a named recovery point has expired and nothing was kept of it, and says what can', async () => {
    const { recoveryPoint } = await rig.sources();
    await deny('RestoreTableFromRecoveryPoint');
    const run = await rig.run('recoverTable', {
      warehouse: { workgroupName: 'adhoc' },
      source: { recoveryPointId: recoveryPoint },
      table: { database: 'dev', table: 'events_live' },
      copy: false,
    });
    expect(run.failure?.type).toBe('AccessDenied');
    await rig.control.clearFaults();
    await rig.control.advance(25 * 3600);
    await expect(rig.operations.retry(run.workflowId)).rejects.toMatchObject({
      type: 'RetryRefused',
      message: expect.stringContaining(`the recovery point ${recoveryPoint} is not there any more`),
      remedy: expect.stringContaining(`undrop runs retry ${run.workflowId} --with source.asOf=24h`),
    });
  });
});
