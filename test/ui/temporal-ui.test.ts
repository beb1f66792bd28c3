import { failures } from '../../domain/failures';
import type { RecoverTableInput } from '../../domain/operations/recover-table';
import type { RunView } from '../../client';
import { cluster, ordersArn, quickSettings, Rig, seed } from '../support/rig';
import { TemporalUi } from './temporal-ui';

/** What a paged engineer finds in Temporal's own UI, looked at through a real browser. */
describe('in the Temporal UI', () => {
  let rig: Rig;
  let ui: TemporalUi;
  let snapshot: string;
  let finished: RunView;
  let failed: RunView;
  let running: RunView;
  let waiting: RunView;

  const input = (more: Partial<RecoverTableInput> = {}): RecoverTableInput => ({
    warehouse: { clusterIdentifier: cluster },
    source: { snapshotIdentifier: snapshot },
    table: { database: 'dev', table: 'orders' },
    copy: false,
    verify: { rowCount: { exactly: seed.options.orderRows } },
    ...more,
  });

  beforeAll(async () => {
    ui = await TemporalUi.open();
    rig = await Rig.start(ui.url);
    await rig.startWorker();
    snapshot = await rig.automatedSnapshot();
    finished = await rig.run('recoverTable', input({ export: { tableArn: ordersArn, s3Bucket: 'exports' } }));
    failed = await rig.run('recoverTable', input({ verify: { rowCount: { exactly: 7 } } }));

    // AWS's clock stands still at half of the restored 12 MB.
    await rig.control.set({ clockSpeed: 0, restoreMegaBytesPerSecond: 4 });
    const half = await rig.begin('recoverTable', input());
    await rig.until(half, ({ state }) => state?.aws.length === 1);
    await rig.control.advance(2.5);
    running = await rig.until(half, ({ state }) =>
      Boolean(state?.steps.find(({ name }) => name === 'restore')?.progress?.doneMegaBytes),
    );

    await rig.control.addFault({
      operation: 'RestoreTableFromClusterSnapshot',
      times: 'always',
      action: {
        kind: 'error',
        code: 'InvalidClusterState',
        message: 'There is an operation running on the Cluster',
      },
    });
    const stuck = await rig.begin('recoverTable', input());
    waiting = await rig.until(stuck, ({ state }) =>
      Boolean(state?.steps.some((step) => step.state === 'waiting')),
    );
  }, 900_000);

  afterAll(async () => {
    await ui?.close();
    if (!rig) return;
    await rig.control.clearFaults();
    await rig.control.set({ ...quickSettings, clockSpeed: 1 });
    for (const { workflowId } of [running, waiting]) await rig.operations.cancel(workflowId, 'seen enough');
    for (const { workflowId } of [running, waiting]) await rig.end(workflowId);
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  }, 120_000);

  it('a run under way shows what it does, how far it is, and what it made on AWS', async () => {
    const page = await ui.run(running.links.ui, 'user-metadata');
    const card = await ui.card(page, 'On AWS');
    expect(card).toContain(`Recover dev.public.orders from ${snapshot}`);
    expect(card).toContain('6 of 12 MB');
    expect(card).toContain(running.state!.aws[0]!.id);
    await ui.picture(page, 'running-card');
  });

  it('a run that waits says for what', async () => {
    const page = await ui.run(waiting.links.ui, 'user-metadata');
    const card = await ui.card(page, 'waiting');
    expect(card).toContain(failures.ClusterBusy.remedy);
    await ui.picture(page, 'waiting-card');
  });

  it('a run that failed says why in plain words, and what to do', async () => {
    const page = await ui.run(failed.links.ui, 'user-metadata');
    const card = await ui.card(page, 'What to do');
    expect(card).toContain(failed.failure!.message);
    expect(card).toContain(failures.VerificationMismatch.remedy);
    await ui.picture(page, 'failed-card');
  });

  it('a run that is done shows what it left on AWS', async () => {
    const page = await ui.run(finished.links.ui, 'user-metadata');
    const card = await ui.card(page, 'On AWS');
    for (const { id } of finished.state!.aws) expect(card).toContain(id);
    await ui.picture(page, 'finished-card');
  });

  it('nothing is complained of', () => {
    expect(ui.complaints).toEqual([]);
  });
});
