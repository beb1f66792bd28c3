import { failures, type FailureType } from '../../domain/failures';
import type { RestoreTableInput, RestoreTableResult } from '../../domain/operations/restore-table';
import { cluster, quickSettings, Rig, seed } from '../support/rig';

/** What is not among the quick settings, as it was at the start. */
const usual = { restoreQueueLength: 5, existingTarget: 'refuse', restoreListMode: 'all' };

describe('restoreTable', () => {
  let rig: Rig;
  let snapshot: string;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
    snapshot = await rig.automatedSnapshot();
  });

  afterEach(async () => {
    await rig.control.clearFaults();
    await rig.control.set({ ...quickSettings, ...usual });
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const input = (target: string, more: Partial<RestoreTableInput> = {}): RestoreTableInput => ({
    warehouse: { clusterIdentifier: cluster },
    source: { snapshotIdentifier: snapshot },
    table: { database: 'dev', table: 'orders' },
    target: { table: target },
    ...more,
  });
  const keyOf = (target: string) => `${cluster}/dev.public.${target}`;
  const effectsOf = async (target: string) => (await rig.effectCounts('RestoreTable'))[keyOf(target)] ?? 0;
  const sent = async (target: string) =>
    (await rig.control.operations('RestoreTableFromClusterSnapshot')).filter(
      ({ parameters }) => parameters.NewTableName === target,
    );
  const fault = (target: string, action: object, more: object = {}) =>
    rig.control.addFault({
      operation: 'RestoreTableFromClusterSnapshot',
      match: { NewTableName: target },
      action,
      ...more,
    });
  const requestOf = async (workflowId: string) => {
    const { state } = await rig.until(workflowId, (view) => view.state?.aws.length === 1);
    return state!.aws[0]!.id;
  };

  it('brings the rows of the snapshot back under a new name, and tells all about it', async () => {
    const run = await rig.run('restoreTable', input('orders_back'));
    expect(run.failure).toBeUndefined();
    const [effect] = await rig.control.effects('RestoreTable');
    const id = effect!.detail!.tableRestoreRequestId as string;
    expect(run.result).toEqual({
      tableRestoreRequestId: id,
      table: { database: 'dev', schema: 'public', table: 'orders_back' },
      source: { snapshotIdentifier: snapshot },
      totalDataInMegaBytes: 12,
      adopted: false,
      sends: 1,
    } satisfies RestoreTableResult);
    expect(await rig.control.count(cluster, 'dev', 'public.orders_back')).toBe(seed.options.orderRows);
    expect(await rig.control.count(cluster, 'dev', 'public.orders')).toBeLessThan(seed.options.orderRows);
    expect(run.state).toMatchObject({
      outcome: 'done',
      steps: [
        { name: 'preflight', state: 'done' },
        { name: 'restore', state: 'done' },
      ],
    });
    expect(run.state?.aws).toEqual([
      { kind: 'table restore request', id, step: 'restore' },
      { kind: 'restored table', id: 'dev.public.orders_back', step: 'restore' },
    ]);
    expect(await effectsOf('orders_back')).toBe(1);
  });

  it('passes every parameter on, and makes a name of its own where none is given', async () => {
    const run = await rig.run('restoreTable', {
      ...input(''),
      table: { database: 'dev', schema: 'sales', table: 'events' },
      target: { schema: 'public' },
      enableCaseSensitiveIdentifier: true,
    });
    const { table } = run.result as RestoreTableResult;
    expect(table).toMatchObject({ database: 'dev', schema: 'public' });
    expect(table.table).toMatch(/^events_restored_[0-9a-f]{8}$/);
    expect((await sent(table.table)).map(({ parameters }) => parameters)).toEqual([
      {
        ClusterIdentifier: cluster,
        SnapshotIdentifier: snapshot,
        SourceDatabaseName: 'dev',
        SourceSchemaName: 'sales',
        SourceTableName: 'events',
        TargetDatabaseName: 'dev',
        TargetSchemaName: 'public',
        NewTableName: table.table,
        EnableCaseSensitiveIdentifier: true,
      },
    ]);
  });

  it.each<{ what: string; more: Partial<RestoreTableInput>; type: FailureType; exit: number; why: RegExp }>([
    {
      what: 'an existing table',
      more: { target: { table: 'customers' } },
      type: 'TargetTableExists',
      exit: 6,
      why: /dev.public.customers exists already/,
    },
    {
      what: 'an existing table, whatever its case',
      more: { target: { table: 'Customers' } },
      type: 'TargetTableExists',
      exit: 6,
      why: /exists already/,
    },
    {
      what: 'an unknown table',
      more: { table: { database: 'dev', table: 'odrers' } },
      type: 'TableNotInSnapshot',
      exit: 5,
      why: /dev.public.odrers does not exist in the snapshot/,
    },
    {
      what: 'an unknown target schema',
      more: { target: { schema: 'nowhere' } },
      type: 'TableNotInSnapshot',
      exit: 5,
      why: /schema dev.nowhere does not exist/,
    },
    {
      what: 'a snapshot of another cluster',
      more: { warehouse: { clusterIdentifier: 'reporting' } },
      type: 'SnapshotNotFound',
      exit: 5,
      why: /reporting/,
    },
    {
      what: 'an unknown snapshot',
      more: { source: { snapshotIdentifier: 'nowhere' } },
      type: 'SnapshotNotFound',
      exit: 5,
      why: /nowhere not found/,
    },
    {
      what: 'an unknown cluster',
      more: { warehouse: { clusterIdentifier: 'nowhere' } },
      type: 'ClusterNotFound',
      exit: 5,
      why: /nowhere not found/,
    },
    {
      what: 'an interleaved sort key',
      more: { table: { database: 'dev', table: 'clicks' } },
      type: 'InterleavedSortKey',
      exit: 6,
      why: /interleaved sort key/,
    },
  ])('refuses $what, with and without the preflight; nothing is begun', async ({ more, type, exit, why }) => {
    const before = await rig.changes();
    const { remedy, http } = failures[type];
    for (const skipPreflight of [false, true]) {
      const run = await rig.run('restoreTable', { ...input('never_made'), ...more, skipPreflight });
      expect(run.failure).toEqual({ type, exit, http, remedy, message: expect.stringMatching(why) });
      expect(run.state).toMatchObject({ outcome: 'failed', aws: [], failure: { type, remedy } });
    }
    expect(await rig.changes()).toEqual(before);
  });

  it.each<{ code: string; message?: string; type: FailureType }>([
    { code: 'InvalidClusterSnapshotState', type: 'InvalidSnapshotState' },
    {
      code: 'InvalidTableRestoreArgument',
      message: 'snapshot taken from a different cluster',
      type: 'SnapshotNotOfCluster',
    },
    { code: 'UnsupportedOperation', message: 'not after a classic resize', type: 'NotRestorable' },
    {
      code: 'AccessDenied',
      message: 'not authorized to perform: redshift:RestoreTableFromClusterSnapshot',
      type: 'AccessDenied',
    },
  ])(
    'ends as $type when AWS answers $code, with its words; it is sent once',
    async ({ code, message = 'as told', type }) => {
      const target = `refused_${code}`;
      await fault(target, { kind: 'error', code, message });
      const run = await rig.run('restoreTable', input(target));
      expect(run.failure).toMatchObject({ type, exit: failures[type].exit, remedy: failures[type].remedy });
      expect(run.failure!.message).toContain(
        `[cluster=${cluster}, snapshot=${snapshot}, table=${target}]: ${code}`,
      );
      expect(run.failure!.message.endsWith(`: ${message}`)).toBe(true);
      expect(await sent(target)).toHaveLength(1);
      expect(await effectsOf(target)).toBe(0);
    },
  );

  it.each<{ status: string; type: FailureType; why: RegExp }>([
    { status: 'FAILED', type: 'RestoreFailed', why: /disk full/ },
    { status: 'CANCELED', type: 'RestoreCanceled', why: /disk full/ },
    { status: 'PAUSED', type: 'UnknownStatus', why: /a state that is not known: PAUSED/ },
  ])('that AWS ends as $status fails as $type and names the request', async ({ status, type, why }) => {
    await fault('ends_badly', { kind: 'terminal', status, message: 'disk full' });
    const run = await rig.run('restoreTable', input('ends_badly'));
    const id = run.state!.aws[0]!.id;
    expect(run.failure).toMatchObject({ type, exit: 1, remedy: failures[type].remedy });
    expect(run.failure!.message).toMatch(why);
    expect(run.failure!.message).toContain(
      `table restore ${id} failed [cluster=${cluster}, source=${snapshot}, request=${id}, table=dev.public.ends_badly]`,
    );
    expect(run.state!.aws).toEqual([{ kind: 'table restore request', id, step: 'restore' }]);
  });

  it('leaves a table alone that appeared under the name meanwhile', async () => {
    await rig.control.set({ restorePendingSeconds: 600 });
    const workflowId = await rig.begin('restoreTable', input('squatted'));
    await requestOf(workflowId);
    await rig.control.sql(cluster, 'dev', 'create table public.squatted (id int)');
    await rig.control.advance(601);
    const run = await rig.end(workflowId);
    expect(run.failure).toMatchObject({ type: 'TargetTableExists', exit: 6 });
    expect(await rig.control.count(cluster, 'dev', 'public.squatted')).toBe(0);
  });

  it.each(['all', 'in-progress'] as const)(
    'that is not done by its deadline names the request; asked for again it is taken over, where AWS lists %s',
    async (restoreListMode) => {
      await rig.control.set({ restoreSeconds: 50, restoreListMode });
      const request = { ...input(''), target: undefined, table: { database: 'dev', table: 'customers' } };
      const first = await rig.operations.start(
        'restoreTable',
        { ...request, deadline: '1 second' },
        { workflowId: `${rig.taskQueue}/late/${restoreListMode}` },
      );
      rig.track(first);
      const late = await rig.end(first.workflowId);
      const [handle] = late.state!.aws;
      expect(late.failure).toMatchObject({
        type: 'DeadlinePassed',
        exit: 1,
        remedy: failures.DeadlinePassed.remedy,
      });
      expect(late.failure!.message).toMatch(
        new RegExp(
          `^table restore ${handle!.id} failed .*: still not done after \\d s; AWS has no way to cancel`,
        ),
      );
      expect(handle).toMatchObject({ kind: 'table restore request', orphaned: true });
      await rig.control.advance(60);

      const second = await rig.operations.start('restoreTable', request, { workflowId: first.workflowId });
      rig.track(second);
      const done = await rig.end(first.workflowId);
      const { table, ...result } = done.result as RestoreTableResult;
      expect(result).toMatchObject({ adopted: true, sends: 0 });
      expect(await effectsOf(table.table)).toBe(1);
    },
  );

  it('that is cancelled while it waits ends so, and names what AWS goes on with', async () => {
    await rig.control.set({ restoreSeconds: 50 });
    const workflowId = await rig.begin('restoreTable', input('left_behind'));
    const id = await requestOf(workflowId);
    await rig.operations.cancel(workflowId, 'not needed');
    const run = await rig.end(workflowId);
    expect(run).toMatchObject({ outcome: 'cancelled', failure: { type: 'Cancelled' } });
    expect(run.state!.aws).toEqual([{ kind: 'table restore request', id, step: 'restore', orphaned: true }]);
    expect(run.state!.timeline.map(({ text }) => text).join('\n')).toContain(
      'AWS has no way to cancel a table restore: dev.public.left_behind will still appear',
    );
    await rig.control.advance(60);
    expect(await rig.control.count(cluster, 'dev', 'public.left_behind')).toBe(seed.options.orderRows);
  });

  it('that is cancelled before it has sent anything sends nothing', async () => {
    await rig.control.addFault({
      operation: 'DescribeTableRestoreStatus',
      action: { kind: 'latency', milliseconds: 8_000 },
      times: 1,
    });
    const workflowId = await rig.begin('restoreTable', input('never_begun', { skipPreflight: true }));
    await rig.until(workflowId, ({ state }) => state?.steps[1]?.state === 'running');
    await rig.operations.cancel(workflowId, 'a mistake');
    const run = await rig.end(workflowId);
    expect(run).toMatchObject({ outcome: 'cancelled', failure: { type: 'Cancelled' } });
    expect(run.state!.aws).toEqual([]);
    expect(await sent('never_begun')).toEqual([]);
  });

  it('waits while the cluster is busy after another restore, and while AWS takes no more requests', async () => {
    await rig.control.set({ busyAfterRestoreSeconds: 600, restoreQueueLength: 0, restoreSeconds: 600 });
    const first = await rig.begin('restoreTable', input('first_in'));
    await requestOf(first);
    const second = await rig.begin('restoreTable', input('second_in'));
    const waiting = await rig.until(second, ({ state }) => state?.steps[1]?.state === 'waiting');
    expect(waiting.state!.steps[1]!.note).toBe(failures.RestoreQuotaExceeded.remedy);
    await rig.control.advance(601);
    expect((await rig.end(first)).outcome).toBe('done');
    const third = await rig.begin('restoreTable', input('third_in'));
    const busy = await rig.until(third, ({ state }) => state?.steps[1]?.state === 'waiting');
    expect(busy.state!.steps[1]!.note).toBe(failures.ClusterBusy.remedy);
    await rig.control.set({ busyAfterRestoreSeconds: 1, restoreSeconds: 1 });
    await rig.control.advance(601);
    const runs = [await rig.end(second), await rig.end(third)];
    expect(runs.map(({ result }) => result)).toMatchObject([
      { adopted: false, sends: 1 },
      { adopted: false, sends: 1 },
    ]);
    for (const table of ['first_in', 'second_in', 'third_in']) expect(await effectsOf(table)).toBe(1);
  });

  it('goes through a throttled request, and through an outage of AWS in the middle', async () => {
    await fault('throttled', { kind: 'throttle' });
    const throttled = await rig.begin('restoreTable', input('throttled'));
    const workflowId = await rig.begin('restoreTable', input('in_the_fog'));
    const id = await requestOf(workflowId);
    for (const action of [{ kind: 'error', code: 'InternalFailure', status: 500 }, { kind: 'drop-before' }]) {
      const match = { TableRestoreRequestId: id };
      await rig.control.addFault({ operation: 'DescribeTableRestoreStatus', match, action });
    }
    const run = await rig.end(workflowId);
    expect(run.result).toMatchObject({ tableRestoreRequestId: id, adopted: false, sends: 1 });
    expect((await rig.end(throttled)).result).toMatchObject({ adopted: false, sends: 1 });
    expect((await sent('throttled')).map(({ outcome }) => outcome)).toEqual(['Throttling', 'ok']);
    for (const table of ['throttled', 'in_the_fog']) expect(await effectsOf(table)).toBe(1);
  });
});
