import { Client, Connection } from '@temporalio/client';
import type { RunView } from '../../client';
import { InvalidInputError } from '../../client';
import { standInRig, temporalAddress, type StandInRig } from '../support/stand-in-rig';

let rig: StandInRig;
let temporal: Client;
beforeAll(async () => {
  rig = await standInRig();
  await rig.startWorker();
  const { namespace } = rig.config.temporal;
  temporal = new Client({ connection: await Connection.connect({ address: temporalAddress() }), namespace });
});
afterAll(async () => {
  await temporal?.connection.close();
  await rig?.close();
});

const restore = (table: string) => ({
  warehouse: { clusterIdentifier: rig.cluster },
  source: { snapshotIdentifier: 'before-the-change' },
  table: { database: 'dev', table },
});
const finish = (workflowId: string) => temporal.workflow.getHandle(workflowId).signal('finish');

async function watched(workflowId: string, until: (view: RunView) => boolean): Promise<RunView> {
  for await (const view of rig.operations.watch(workflowId, { intervalMs: 50 })) if (until(view)) return view;
  throw new Error('the watch ended before it was seen');
}

describe('start', () => {
  it('names the run by its input, and gives the link and the command that show it', async () => {
    const started = await rig.operations.start('restoreTable', restore('orders'));
    expect(started).toMatchObject({
      started: true,
      operation: 'restoreTable',
      title: expect.stringContaining('dev.public.orders'),
    });
    expect(started.workflowId).toMatch(
      new RegExp(`^restore-table/${rig.cluster}/dev\\.public\\.orders/[0-9a-f]{8}$`),
    );
    expect(started.links.ui).toBe(
      `http://ui.test/namespaces/${rig.config.temporal.namespace}/workflows/${encodeURIComponent(started.workflowId)}/${started.runId}/timeline`,
    );
    expect(started.temporalCommand).toContain(`--workflow-id ${started.workflowId}`);
  });

  it('joins the run that the same request started before', async () => {
    const first = await rig.operations.start('restoreTable', restore('slow_join'));
    const second = await rig.operations.start('restoreTable', restore('slow_join'));
    expect(second).toMatchObject({ started: false, reason: 'already running', runId: first.runId });
    await finish(first.workflowId);
  });

  it('does not repeat what has been done, unless it is asked to do it again', async () => {
    const first = await rig.operations.start('restoreTable', restore('once'));
    await rig.operations.wait(first.workflowId);
    const second = await rig.operations.start('restoreTable', restore('once'));
    expect(second).toMatchObject({ started: false, reason: 'already done', runId: first.runId });
    const again = await rig.operations.start('restoreTable', restore('once'), { again: true });
    expect(again.started).toBe(true);
    expect(again.workflowId).not.toBe(first.workflowId);
  });

  it.each(['24h', '2 days'])(
    'asks anew what means another moment now: a source by its age of %s',
    async (asOf) => {
      const request = { ...restore(`slow_aged_${asOf.replace(' ', '_')}`), source: { asOf } };
      const first = await rig.operations.start('restoreTable', request);
      await finish(first.workflowId);
      await rig.operations.wait(first.workflowId);
      const both = await Promise.all([1, 2].map(() => rig.operations.start('restoreTable', request)));
      expect(both.map(({ workflowId }) => workflowId)).toEqual([both[0]!.workflowId, both[0]!.workflowId]);
      expect(both.filter(({ started }) => started)).toHaveLength(1);
      expect(both[0]!.workflowId).not.toBe(first.workflowId);
      await finish(both[0]!.workflowId);
    },
  );

  it('proves a table anew, and does not repeat a restore as of a fixed moment', async () => {
    const { warehouse, table } = restore('proved');
    const proof = { warehouse, table, rowCount: { exactly: 1 } };
    const proved = await rig.operations.start('verifyTable', proof);
    await rig.operations.wait(proved.workflowId);
    expect(await rig.operations.start('verifyTable', proof)).toMatchObject({ started: true });

    const request = { ...restore('fixed'), source: { asOf: '2026-11-20T08:00:00Z' } };
    const restored = await rig.operations.start('restoreTable', request);
    await rig.operations.wait(restored.workflowId);
    expect(await rig.operations.start('restoreTable', request)).toMatchObject({
      started: false,
      reason: 'already done',
    });
  });

  it('starts anew, under the same id, what failed before', async () => {
    const first = await rig.operations.start('restoreTable', restore('refused_a'));
    await rig.operations.wait(first.workflowId);
    const second = await rig.operations.start('restoreTable', restore('refused_a'));
    expect(second).toMatchObject({ started: true, workflowId: first.workflowId });
    expect(second.runId).not.toBe(first.runId);
  });

  it('starts one run when asked many times at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 8 }, () => rig.operations.start('restoreTable', restore('slow_many'))),
    );
    expect(asked.filter(({ started }) => started)).toHaveLength(1);
    expect(new Set(asked.map(({ runId }) => runId)).size).toBe(1);
    await finish(asked[0]!.workflowId);
  });

  it('refuses a wrong input with every problem, and starts nothing', async () => {
    const wrong = { ...restore('x'), warehouse: { clusterIdentifier: 'BAD' }, deadline: 'soon' };
    const failed = await rig.operations
      .start('restoreTable', wrong, { workflowId: `wrong-${rig.cluster}` })
      .catch((e: unknown) => e);
    expect(failed).toBeInstanceOf(InvalidInputError);
    expect((failed as InvalidInputError).problems.map(({ field }) => field).sort()).toEqual([
      'deadline',
      'warehouse.clusterIdentifier',
    ]);
    await expect(rig.operations.show(`wrong-${rig.cluster}`)).rejects.toMatchObject({
      type: 'RunNotFound',
      exit: 5,
    });
  });

  it('does not join a run of the same id that does something else', async () => {
    const workflowId = `mine-${rig.cluster}`;
    await rig.operations.start('restoreTable', restore('slow_mine'), { workflowId });
    await expect(
      rig.operations.start('restoreTable', restore('slow_other'), { workflowId }),
    ).rejects.toMatchObject({
      type: 'WorkflowIdTaken',
      exit: 6,
    });
    await finish(workflowId);
  });

  it('leaves in the memo, summary and details what the run is about', async () => {
    const { workflowId, title } = await rig.operations.start('restoreTable', restore('told'));
    const described = await temporal.workflow.getHandle(workflowId).describe();
    expect(described.memo).toMatchObject({ operation: 'restoreTable', title });
    expect(await described.staticSummary()).toBe(title);
    expect(await described.staticDetails()).toContain('"snapshotIdentifier": "before-the-change"');
  });
});

describe('show', () => {
  it('tells the steps of a running run, and its input with the defaults', async () => {
    const { workflowId } = await rig.operations.start('restoreTable', restore('slow_show'));
    const view = await rig.operations.show(workflowId);
    expect(view).toMatchObject({
      status: 'running',
      outcome: 'running',
      operation: 'restoreTable',
      apiVersion: 'undrop/v1',
    });
    expect(view.state?.steps).toMatchObject([{ name: 'restore', state: 'running' }]);
    expect(view.input).toMatchObject({
      settle: '60 seconds',
      table: { schema: 'public', table: 'slow_show' },
    });
    await finish(workflowId);
  });

  it('tells of a failure its row of the table, the remedy and what AWS still does', async () => {
    const { workflowId } = await rig.operations.start('restoreTable', restore('refused_b'));
    const { ended, run } = await rig.operations.wait(workflowId);
    expect(ended).toBe(true);
    expect(run.failure).toMatchObject({
      type: 'TargetTableExists',
      exit: 6,
      http: 409,
      remedy: expect.stringContaining('another name'),
    });
    expect(run.state?.aws).toEqual([
      { kind: 'export', id: 'arn:left-behind', step: 'restore', orphaned: true },
    ]);
  });

  it('says that no worker answers when none is there, and still tells how the run ended', async () => {
    const alone = await standInRig();
    try {
      await alone.startWorker();
      const { workflowId } = await alone.operations.start('restoreTable', restore('alone'));
      await alone.operations.wait(workflowId);
      await alone.stopWorker();
      const view = await alone.operations.show(workflowId);
      expect(view).toMatchObject({ outcome: 'done', result: { subject: 'alone' } });
      expect(view.notice).toContain(`no worker answers on task queue ${alone.config.taskQueue}`);
    } finally {
      await alone.close();
    }
  });

  it('tells of a terminated run that it was, and what to do', async () => {
    const { workflowId } = await rig.operations.start('restoreTable', restore('slow_end'));
    await temporal.workflow.getHandle(workflowId).terminate('enough');
    const view = await rig.operations.show(workflowId);
    expect(view).toMatchObject({
      status: 'terminated',
      outcome: 'failed',
      failure: { type: 'Terminated', exit: 1 },
    });
    expect(view.failure?.message).toContain('enough');
  });
});

describe('watch, wait, cancel', () => {
  it('watches until the run has ended', async () => {
    const { workflowId } = await rig.operations.start('restoreTable', restore('slow_watch'));
    await watched(workflowId, (view) => view.state?.steps[0]?.state === 'running');
    await finish(workflowId);
    const views: RunView[] = [];
    for await (const view of rig.operations.watch(workflowId, { intervalMs: 50 })) views.push(view);
    expect(views.at(-1)).toMatchObject({
      outcome: 'done',
      result: { subject: 'slow_watch' },
      input: expect.anything(),
    });
    expect(views.slice(0, -1).every((view) => view.outcome === 'running')).toBe(true);
  });

  it('leaves nothing behind on the signal of its caller, however long it watches', async () => {
    const { workflowId } = await rig.operations.start('restoreTable', restore('slow_long'));
    const warnings: Error[] = [];
    const listen = (warning: Error) => void warnings.push(warning);
    process.on('warning', listen);
    let looks = 0;
    const { signal } = new AbortController();
    for await (const view of rig.operations.watch(workflowId, { signal, intervalMs: 1 })) {
      if (view.outcome !== 'running') continue;
      looks += 1;
      if (looks === 15) await finish(workflowId);
    }
    await new Promise((resolve) => setImmediate(resolve)); // warnings are told on the next tick
    process.off('warning', listen);
    expect(looks).toBeGreaterThanOrEqual(15);
    expect(warnings).toEqual([]);
  });

  it('stops watching and waiting when told to, and leaves the run alone', async () => {
    const { workflowId } = await rig.operations.start('restoreTable', restore('slow_stop'));
    const stop = new AbortController();
    for await (const view of rig.operations.watch(workflowId, { signal: stop.signal }))
      if (view) stop.abort();
    expect((await rig.operations.wait(workflowId, { signal: stop.signal })).ended).toBe(false);
    expect((await rig.operations.wait(workflowId, { timeoutMs: 20 })).ended).toBe(false);
    expect((await rig.operations.show(workflowId)).status).toBe('running');
    await finish(workflowId);
  });

  it('cancels a run with the reason, and refuses to cancel one that has ended', async () => {
    const { workflowId } = await rig.operations.start('restoreTable', restore('slow_cancel'));
    await rig.operations.cancel(workflowId, 'wrong snapshot');
    const { run } = await rig.operations.wait(workflowId);
    expect(run).toMatchObject({
      status: 'cancelled',
      outcome: 'cancelled',
      failure: { type: 'Cancelled', exit: 1 },
    });
    const { events } = await temporal.workflow.getHandle(workflowId).fetchHistory();
    const asked = events
      ?.map((event) => event.workflowExecutionCancelRequestedEventAttributes?.cause)
      .find(Boolean);
    expect(asked).toBe('wrong snapshot');
    await expect(rig.operations.cancel(workflowId, 'twice')).rejects.toMatchObject({
      type: 'RunEnded',
      exit: 6,
    });
  });

  it.each(['show', 'cancel', 'wait'] as const)('says that there is no such run: %s', async (what) => {
    const { operations } = rig;
    const asked: Promise<unknown> =
      what === 'cancel'
        ? operations.cancel('nope', 'x')
        : what === 'show'
          ? operations.show('nope')
          : operations.wait('nope');
    await expect(asked).rejects.toMatchObject({
      type: 'RunNotFound',
      exit: 5,
      message: expect.stringContaining(`${what} failed [run=nope`),
    });
  });
});

describe('list', () => {
  it('finds runs by table, outcome and operation, page by page, newest first', async () => {
    const other = await standInRig();
    const about = (table: string) => ({ ...restore(table), warehouse: { clusterIdentifier: other.cluster } });
    try {
      await other.startWorker();
      const ids: string[] = [];
      for (const table of ['a', 'b', "it's", 'refused_l']) {
        const { workflowId } = await other.operations.start('restoreTable', about(table));
        await other.operations.wait(workflowId);
        ids.push(workflowId);
      }
      const filter = { warehouse: other.cluster };
      const listed = async (more: object) =>
        (await other.operations.list({ ...filter, ...more })).runs.map(({ table }) => table);
      await settled(
        async () =>
          (await listed({ outcome: 'done' })).length === 3 &&
          (await listed({ outcome: 'failed' })).length === 1,
      );
      expect(await listed({})).toEqual([
        'dev.public.refused_l',
        "dev.public.it's",
        'dev.public.b',
        'dev.public.a',
      ]);
      expect(await listed({ table: "dev.public.it's" })).toEqual(["dev.public.it's"]);
      expect(await listed({ outcome: 'failed' })).toEqual(['dev.public.refused_l']);
      expect(await listed({ operation: 'exportTable' })).toEqual([]);
      const first = await other.operations.list({ ...filter, limit: 3 });
      const second = await other.operations.list({ ...filter, limit: 3, pageToken: first.nextPageToken! });
      expect([...first.runs, ...second.runs].map(({ workflowId }) => workflowId)).toEqual([...ids].reverse());
      expect(first.runs[0]).toMatchObject({
        operation: 'restoreTable',
        warehouse: other.cluster,
        status: 'failed',
        outcome: 'failed',
      });
    } finally {
      await other.close();
    }
  });
});

/** Visibility lags a little behind the history. */
async function settled(seen: () => Promise<boolean>): Promise<void> {
  while (!(await seen())) await new Promise((resolve) => setTimeout(resolve, 50));
}
