import { failures } from '../../domain/failures';
import type { RecoverTableInput } from '../../domain/operations/recover-table';
import type { RunView } from '../../client';
import { freePorts } from '../../dev/ports';
import { type ApiRig, apiRig } from '../http/api-rig';
import { cluster, ordersArn, quickSettings, Rig, seed } from '../support/rig';
import { TemporalUi } from './temporal-ui';

/** What a paged engineer finds in Temporal's own UI, looked at through a real browser. */
describe('in the Temporal UI', () => {
  let rig: Rig;
  let ui: TemporalUi;
  let api: ApiRig;
  let snapshot: string;
  let finished: RunView;
  let failed: RunView;
  let refused: RunView;
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
  const exported = { export: { tableArn: ordersArn, s3Bucket: 'exports' } };
  const denied = {
    operation: 'ExportTableToPointInTime',
    action: { kind: 'error', code: 'AccessDeniedException', message: 'not authorized to export' },
  };

  beforeAll(async () => {
    ui = await TemporalUi.open();
    const [port = 0] = await freePorts(1);
    rig = await Rig.start({ UNDROP_UI_URL: ui.url, UNDROP_API_URL: `http://127.0.0.1:${port}` });
    api = await apiRig(rig.operations, { auth: { tokens: [] } }, port);
    await rig.startWorker();
    snapshot = await rig.automatedSnapshot();
    finished = await rig.run('recoverTable', input(exported));
    failed = await rig.run('recoverTable', input({ verify: { rowCount: { exactly: 7 } } }));
    await rig.control.addFault(denied);
    refused = await rig.run('recoverTable', input(exported));

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
    await api?.app.close();
    if (!rig) return;
    await rig.control.clearFaults();
    await rig.control.set({ ...quickSettings, clockSpeed: 1 });
    for (const { workflowId } of [running, waiting])
      await rig.operations.cancel(workflowId, 'seen enough').catch(() => undefined); // it may have ended
    for (const { workflowId } of [running, waiting]) await rig.end(workflowId);
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  it('the list of runs tells what each is about, by its id, and its state', async () => {
    const query = `TaskQueue="${rig.taskQueue}"`;
    const page = await ui.go(`${ui.url}/namespaces/default/workflows?query=${encodeURIComponent(query)}`);
    for (const { workflowId } of [finished, failed, running, waiting]) {
      expect(workflowId).toMatch(/^recover-table\/analytics\/dev\.public\.orders\/[0-9a-f]{8}$/);
      await ui.sees(page, workflowId);
    }
    const row = (run: RunView) => page.getByRole('row').filter({ hasText: run.workflowId }).innerText();
    expect(await row(finished)).toMatch(/completed/i);
    expect(await row(failed)).toMatch(/failed/i);
    expect(await row(running)).toMatch(/running/i);
    await ui.picture(page, 'list');
  });

  it('runs are found by their outcome and table', async () => {
    const query = `UndropOutcome="failed" AND UndropTable="dev.public.orders" AND TaskQueue="${rig.taskQueue}"`;
    const page = await ui.go(`${ui.url}/namespaces/default/workflows?query=${encodeURIComponent(query)}`);
    await ui.sees(page, failed.workflowId);
    await ui.sees(page, /2\s+Workflows/);
    const words = (await ui.words(page)).join('\n');
    for (const { workflowId } of [finished, running, waiting]) expect(words).not.toContain(workflowId);
    await ui.picture(page, 'list-failed');
  });

  it('the card of a run under way tells how far it is, when it looks again, and what it made on AWS', async () => {
    const page = await ui.run(running.links.ui, 'user-metadata');
    const card = await ui.frame(page, 'On AWS');
    expect(card).toContain(`Recover dev.public.orders from ${snapshot}`);
    expect(card).toMatch(/Now: Restore dev\.public\.orders\n█{10}░{10} 50 %: IN_PROGRESS, 6 of 12 MB/);
    expect(card).toMatch(/looked at [:\d]+ UTC, next look at [:\d]+ UTC/);
    expect(card).toContain('✔ Look before acting: done in');
    expect(card).toContain('○ Count the restored rows: pending');
    const { id } = running.state!.aws[0]!;
    expect(card).toContain(`table restore request ${id}`);
    expect(card).toContain(`--cluster-identifier ${cluster} --table-restore-request-id ${id}`);
    expect(card).toContain(`undrop runs cancel ${running.workflowId}`);
    await ui.picture(page, 'running-card');
  });

  it('its timeline reads as a log of the progress', async () => {
    const page = await ui.run(running.links.ui, 'timeline');
    await ui.sees(page, /IN_PROGRESS, 6 of 12 MB.*; next look in/);
    await ui.sees(
      page,
      /restoreTableFromClusterSnapshot • dev\.public\.orders → dev\.public\.orders_restored_/,
    );
    await ui.sees(page, /describeCluster • look before acting/);
    await ui.picture(page, 'running-timeline');
  });

  it('its details lead to the API, and the API leads back', async () => {
    const page = await ui.run(running.links.ui, 'user-metadata');
    const details = await ui.frame(page, 'In a terminal: undrop runs show');
    expect(details).toContain('"table": "orders"');
    const href = await ui.link(page, 'the%20run%20in%20the%20API', 'the run in the API');
    const answer = await ui.go(href);
    const { workflowId, links } = JSON.parse((await ui.words(answer)).join('')) as RunView;
    expect(workflowId).toBe(running.workflowId);
    await answer.close();
    const back = await ui.go(links.ui);
    await ui.sees(back, running.workflowId);
    await back.close();
    await ui.picture(page, 'running-details');
  });

  it('the card of a run that waits says for what and since when', async () => {
    const page = await ui.run(waiting.links.ui, 'user-metadata');
    const card = await ui.frame(page, 'waiting since');
    expect(card).toMatch(/◷ waiting since [:\d]+ UTC: /);
    expect(card).toContain(failures.ClusterBusy.remedy);
    expect(card).toMatch(/next look at [:\d]+ UTC/);
    await ui.picture(page, 'waiting-card');
    const timeline = await ui.run(waiting.links.ui, 'timeline');
    await ui.sees(timeline, /restore of the table: ClusterBusy, next try in \d+ s/);
    await ui.picture(timeline, 'waiting-timeline');
  });

  it('a run that failed says why in plain words, what to do and how to go on: on its card', async () => {
    const page = await ui.run(failed.links.ui, 'user-metadata');
    const card = await ui.frame(page, 'What to do');
    expect(card).toContain(`Failed (VerificationMismatch): ${failed.failure!.message}`);
    expect(card).toContain(failures.VerificationMismatch.remedy);
    expect(card).toContain(`Once it is mended: undrop runs retry ${failed.workflowId}`);
    expect(card).toMatch(/on this page: Reset, to event \d+/);
    expect(card).toContain('✘ row count: expected exactly 7 rows, found 500 rows');
    await ui.picture(page, 'failed-card');
  });

  it('and in the box Result, on the page that opens first', async () => {
    const page = await ui.run(failed.links.ui, 'timeline');
    await ui.sees(page, 'What to do: ');
    const words = (await ui.words(page)).join('\n').replace(/\s+/g, ' ');
    expect(words).toContain(`"message": "${failed.failure!.message}"`);
    expect(words).toContain(`"stackTrace": "What to do: ${failures.VerificationMismatch.remedy}"`);
    await ui.picture(page, 'failed-result');
  });

  it('the search attributes of a run are on its page', async () => {
    const page = await ui.run(failed.links.ui, 'search-attributes');
    for (const text of ['UndropOutcome', 'UndropTable', 'dev.public.orders', 'UndropWarehouse', cluster])
      await ui.sees(page, text);
    await ui.picture(page, 'failed-search-attributes');
  });

  it('a run that is done shows what was proved and what it left on AWS', async () => {
    const page = await ui.run(finished.links.ui, 'user-metadata');
    const card = await ui.frame(page, 'On AWS');
    expect(card).toMatch(/✔ done after .+: [-\d]+ [:\d]+ UTC to [:\d]+ UTC/);
    expect(card).toContain('✔ row count: 500 rows');
    for (const { id } of finished.state!.aws) expect(card).toContain(id);
    expect(card).not.toContain('retry');
    await ui.picture(page, 'finished-card');
  });

  it('a reset by hand to the event that the card names runs the failed step again, and no other', async () => {
    const page = await ui.run(refused.links.ui, 'user-metadata');
    const card = await ui.frame(page, 'Reset, to event');
    expect(card).toContain('Failed (AccessDenied)');
    const eventId = Number(/Reset, to event (\d+)/.exec(card)![1]);
    await rig.control.clearFaults();
    await rig.control.set({ clockSpeed: 1 });
    const next = await ui.reset(page, eventId);
    await ui.picture(page, 'reset');
    const after = await ui.go(next.replace(/\/(timeline|history)?$/, '') + '/user-metadata');
    const cardAfter = await ui.frame(after, 'done after');
    expect(cardAfter).toMatch(/✔ Export orders to exports: done in/);
    await ui.picture(after, 'reset-card');

    const { aws } = await rig.end(refused.workflowId).then(({ state }) => state!);
    const tables = aws.filter(({ kind }) => kind === 'restored table').map(({ id }) => id);
    expect(tables).toEqual(
      refused.state!.aws.filter(({ kind }) => kind === 'restored table').map(({ id }) => id),
    );
    const restores = await rig.requests('RestoreTableFromClusterSnapshot', {
      NewTableName: tables[0]!.split('.').at(-1),
    });
    expect(restores).toHaveLength(1);
  });

  it('with no worker left, summary, details, memo and result still tell what a run was and how it ended', async () => {
    // Of several queries of one ended run at once, the worker's SDK may lose one: client/ask-run.ts.
    const lost = /^504 .*\/query\//;
    expect(ui.complaints.filter((complaint) => !lost.test(complaint))).toEqual([]);
    await rig.stopWorker();
    const memo = await ui.run(failed.links.ui, 'memo');
    await ui.sees(memo, 'howItEnded');
    const words = (await ui.words(memo)).join('\n').replace(/\s+/g, ' ');
    expect(words).toContain(`VerificationMismatch: ${failed.failure!.message}`);
    expect(words).toContain(`What to do: ${failures.VerificationMismatch.remedy}`);
    for (const { kind, id } of failed.state!.aws) expect(words).toContain(`On AWS: ${kind} ${id}`);
    await ui.picture(memo, 'no-worker-memo');
    const page = await ui.run(failed.links.ui, 'user-metadata');
    await ui.frame(page, `undrop runs show ${failed.workflowId}`);
    await ui.sees(page, failed.title);
    await ui.picture(page, 'no-worker-details');
    await rig.startWorker();
  });

  it('nothing was complained of, and no secret was shown', () => {
    const noWorker = /\/query\/|no poller|deadline/i; // what the last pages were without
    expect(ui.complaints.filter((complaint) => !noWorker.test(complaint))).toEqual([]);
    expect(ui.said.join('\n').length).toBeGreaterThan(1_000);
    expect(ui.said.join('\n')).not.toContain(process.env.AWS_SECRET_ACCESS_KEY);
  });
});
