import { cluster, Rig } from '../support/rig';

/** Nobody is there to be asked: what AWS does for the run is told from its Event History. */
describe('a run without any worker', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  /** A restore that AWS is doing, of which the id was known when the worker went away. */
  async function left(table: string) {
    await rig.control.set({ restorePendingSeconds: 1, restoreSeconds: 10 });
    const workflowId = await rig.begin('restoreTable', {
      warehouse: { clusterIdentifier: cluster },
      source: { snapshotIdentifier: await rig.automatedSnapshot() },
      table: { database: 'dev', table: 'orders' },
      target: { table },
    });
    const { state } = await rig.until(workflowId, (view) => (view.state?.aws.length ?? 0) > 0);
    const [request] = state!.aws;
    await rig.stopWorker();
    return { workflowId, request };
  }

  it('tells the id of the restore that AWS is doing, and ends well with one when a worker comes', async () => {
    const { workflowId, request } = await left('orders_of_the_night');

    const view = await rig.operations.show(workflowId);
    expect(view).toMatchObject({ outcome: 'running', notice: expect.stringContaining('no worker answers') });
    expect(view.state).toBeUndefined();
    expect(view.aws).toEqual([{ kind: 'table restore request', id: request!.id, step: 'restore' }]);

    await rig.startWorker();
    const run = await rig.end(workflowId);
    expect(run).toMatchObject({ outcome: 'done', result: { tableRestoreRequestId: request!.id, sends: 1 } });
    expect(run.aws).toBeUndefined();
    expect(await rig.effectCounts('RestoreTable')).toEqual({
      [`${cluster}/dev.public.orders_of_the_night`]: 1,
    });
  });

  it('tells them too of a run that was terminated, which left no last words', async () => {
    const { workflowId, request } = await left('orders_of_the_morning');
    await rig.temporal.workflow.getHandle(workflowId).terminate('by mistake');

    const view = await rig.operations.show(workflowId);
    expect(view).toMatchObject({ status: 'terminated', failure: { type: 'Terminated' } });
    expect(view.state).toBeUndefined();
    expect(view.aws).toEqual([{ kind: 'table restore request', id: request!.id, step: 'restore' }]);
    await rig.startWorker();
  });
});
