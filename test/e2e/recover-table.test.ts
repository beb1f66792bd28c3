import { DescribeStatementCommand } from '@aws-sdk/client-redshift-data';
import { failures, type FailureType } from '../../domain/failures';
import type { RecoverTableInput, RecoverTableResult } from '../../domain/operations/recover-table';
import type { RunView } from '../../client';
import { cluster, ordersArn, quickSettings, Rig, seed } from '../support/rig';

const { orderRows, orderItems } = seed.options;
const usual = { ...quickSettings, statementSeconds: 0.05 };

describe('recoverTable', () => {
  let rig: Rig;
  let snapshot: string;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
    snapshot = await rig.automatedSnapshot();
  });

  afterEach(async () => {
    await rig.control.clearFaults();
    await rig.control.set(usual);
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const input = (more: Partial<RecoverTableInput> = {}): RecoverTableInput => ({
    warehouse: { clusterIdentifier: cluster },
    source: { snapshotIdentifier: snapshot },
    table: { database: 'dev', table: 'orders' },
    verify: { rowCount: { exactly: orderRows } },
    export: { tableArn: ordersArn, s3Bucket: 'exports' },
    ...more,
  });
  const alone: Partial<RecoverTableInput> = { copy: false, verify: undefined, export: undefined };
  const stepsOf = ({ state }: RunView) => state!.steps.slice(1).map((step) => `${step.name} ${step.state}`);
  const saidBy = ({ state }: RunView) => state!.timeline.map(({ text }) => text);
  const countEffects = async () => {
    const counts: Record<string, number> = {};
    for (const { kind } of await rig.changes()) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  };

  it('keeps the snapshot, restores from the copy, proves the rows, exports: each thing once, all of it told', async () => {
    const run = await rig.run('recoverTable', input());
    expect(run.failure).toBeUndefined();
    const { copy, restore, verify, export: exported, ...nothing } = run.result as RecoverTableResult;
    expect(nothing).toEqual({});
    expect(copy).toMatchObject({ clusterIdentifier: cluster, adopted: false });
    expect(restore).toMatchObject({
      source: { snapshotIdentifier: copy!.snapshotIdentifier },
      table: {
        database: 'dev',
        schema: 'public',
        table: expect.stringMatching(/^orders_restored_[0-9a-f]{8}$/),
      },
      adopted: false,
      sends: 1,
    });
    expect(verify).toMatchObject({ table: restore.table, rowCount: orderRows, verdicts: [{ passed: true }] });
    expect(exported).toMatchObject({ tableArn: ordersArn, itemCount: orderItems });
    expect(await rig.control.count(cluster, 'dev', restore.table.table)).toBe(orderRows);
    expect(stepsOf(run)).toEqual(['copy done', 'restore done', 'verify done', 'export done']);
    expect(run.state!.aws.map(({ kind, step, orphaned }) => [kind, step, orphaned])).toEqual([
      ['snapshot', 'copy', undefined],
      ['table restore request', 'restore', undefined],
      ['restored table', 'restore', undefined],
      ['statement', 'verify', undefined],
      ['export', 'export', undefined],
    ]);
    expect(await countEffects()).toEqual({
      CopyClusterSnapshot: 1,
      RestoreTable: 1,
      ExecuteStatement: 1,
      ExportTableToPointInTime: 1,
    });
  });

  it('does not copy a manual snapshot, and says why; asked for no more, it does no more', async () => {
    const manual = input({ ...alone, copy: {}, source: { snapshotIdentifier: 'analytics-weekly' } });
    const [manualRun, uncopied] = await Promise.all(
      [manual, input({ ...alone, target: { table: 'straight' } })].map((each) =>
        rig.run('recoverTable', each),
      ),
    );
    expect(stepsOf(manualRun!)).toEqual(['copy skipped', 'restore done']);
    expect(manualRun!.state!.steps[1]!.note).toBe('analytics-weekly is a manual snapshot already');
    expect(manualRun!.result).toEqual({
      restore: expect.objectContaining({ source: { snapshotIdentifier: 'analytics-weekly' } }),
    });
    expect(stepsOf(uncopied!)).toEqual(['restore done']);
    expect(uncopied!.result).toEqual({
      restore: expect.objectContaining({ source: { snapshotIdentifier: snapshot } }),
    });
    expect((await countEffects()).CopyClusterSnapshot).toBe(1); // of the test before
  });

  it.each<{ what: string; more: Partial<RecoverTableInput>; type: FailureType; why: RegExp }>([
    {
      what: 'a target that exists',
      more: { target: { table: 'customers' } },
      type: 'TargetTableExists',
      why: /table=dev.public.customers\]: dev.public.customers exists already/,
    },
    {
      what: 'an unknown snapshot',
      more: { source: { snapshotIdentifier: 'nowhere' } },
      type: 'SnapshotNotFound',
      why: /snapshot=nowhere/,
    },
    {
      what: 'a snapshot of another cluster',
      more: { warehouse: { clusterIdentifier: 'reporting' } },
      type: 'SnapshotNotFound',
      why: /reporting/,
    },
    {
      what: 'an unknown cluster',
      more: { warehouse: { clusterIdentifier: 'nowhere' }, copy: false },
      type: 'ClusterNotFound',
      why: /cluster=nowhere/,
    },
  ])('begins nothing for $what', async ({ more, type, why }) => {
    const before = await rig.changes();
    const run = await rig.run('recoverTable', input(more));
    const { exit, http, remedy } = failures[type];
    expect(run.failure).toEqual({ type, exit, http, remedy, message: expect.stringMatching(why) });
    expect(run.state!.aws).toEqual([]);
    expect(await rig.changes()).toEqual(before);
  });

  it('stops at the step that fails: what was made before stays on record, nothing follows', async () => {
    const run = await rig.run('recoverTable', input({ table: { database: 'dev', table: 'odrers' } }));
    expect(run.failure).toMatchObject({ type: 'TableNotInSnapshot', exit: 5 });
    expect(stepsOf(run)).toEqual(['copy done', 'restore failed', 'verify pending', 'export pending']);
    expect(run.state!.aws).toEqual([{ kind: 'snapshot', id: expect.any(String), step: 'copy' }]);
    expect(run.state!.steps[2]!.note).toBe(run.failure!.message);
  });

  it('leaves a table that does not prove right where it is; started again it takes over, or restores anew', async () => {
    const request = input({
      copy: false,
      export: undefined,
      verify: { rowCount: { exactly: orderRows + 1 } },
    });
    const start = async () => {
      const started = await rig.operations.start('recoverTable', request);
      rig.track(started);
      return rig.end(started.workflowId);
    };
    const restores = async () => (await rig.control.effects('RestoreTable')).length;
    const before = await restores();
    const run = await start();
    expect(stepsOf(run)).toEqual(['restore done', 'verify failed']);
    const table = run.state!.aws[1]!.id;
    expect(run.failure).toEqual({
      type: 'VerificationMismatch',
      exit: 7,
      http: 409,
      remedy: failures.VerificationMismatch.remedy,
      message: `proof of the table failed [table=${table}]: row count: expected exactly ${orderRows + 1} rows, found ${orderRows} rows`,
    });
    const name = table.split('.').pop()!;
    expect(await rig.control.count(cluster, 'dev', name)).toBe(orderRows);

    await rig.control.sql(cluster, 'dev', `insert into ${name} values (9999, 1, 'late', 1, now())`);
    expect((await start()).result).toMatchObject({
      restore: { adopted: true, sends: 0 },
      verify: { rowCount: orderRows + 1 },
    });
    expect(await restores()).toBe(before + 1);
  });

  it('restores anew when it is started again after the table was dropped', async () => {
    // Once for the look of the preflight, which goes on without, and once for the count.
    await rig.control.addFault({
      operation: 'ExecuteStatement',
      times: 2,
      action: { kind: 'access-denied' },
    });
    const request = input({
      copy: false,
      export: undefined,
      table: { database: 'dev', table: 'customers' },
      verify: { rowCount: { exactly: 2000 } },
    });
    const first = await rig.operations.start('recoverTable', request);
    rig.track(first);
    const failed = await rig.end(first.workflowId);
    expect(failed.failure).toMatchObject({ type: 'AccessDenied', exit: 4 });
    await rig.control.sql(cluster, 'dev', `drop table ${failed.state!.aws[1]!.id.replace('dev.', '')}`);
    const second = await rig.operations.start('recoverTable', request);
    rig.track(second);
    expect((await rig.end(second.workflowId)).result).toMatchObject({
      restore: { adopted: false, sends: 1 },
      verify: { rowCount: 2000 },
    });
  });

  it.each<{ step: string; more: Partial<RecoverTableInput>; settings: object; steps: string[] }>([
    {
      step: 'copy',
      more: {},
      settings: { snapshotCopySeconds: 3600 },
      steps: ['copy cancelled', 'restore pending', 'verify pending', 'export pending'],
    },
    {
      step: 'restore',
      more: { copy: false },
      settings: { restoreSeconds: 60 },
      steps: ['restore cancelled', 'verify pending', 'export pending'],
    },
    {
      step: 'export',
      more: { copy: false, verify: undefined },
      settings: { exportSeconds: 3600 },
      steps: ['restore done', 'export cancelled'],
    },
  ])(
    'that is cancelled in the step $step ends so, and names what AWS goes on with',
    async ({ step, more, settings, steps }) => {
      await rig.control.set(settings);
      const workflowId = await rig.begin('recoverTable', input(more));
      const made = (view: RunView) => view.state?.aws.find((handle) => handle.step === step);
      const { id } = made(await rig.until(workflowId, (view) => made(view) !== undefined))!;
      const before = await countEffects();
      await rig.operations.cancel(workflowId, 'not needed');
      const run = await rig.end(workflowId);
      expect(run).toMatchObject({
        outcome: 'cancelled',
        status: 'cancelled',
        failure: { type: 'Cancelled' },
      });
      expect(stepsOf(run)).toEqual(steps);
      expect(run.state!.aws.filter(({ orphaned }) => orphaned)).toEqual([
        { kind: expect.any(String), id, step, orphaned: true },
      ]);
      expect(saidBy(run).join('\n')).toMatch(/AWS goes on|AWS has no way to cancel/);
      expect(await countEffects()).toEqual(before);
      await rig.control.advance(3600);
    },
  );

  it('that is cancelled in the step verify cancels the statement on AWS; the restored table stays', async () => {
    await rig.control.set({ statementSeconds: 60 });
    const workflowId = await rig.begin('recoverTable', input({ copy: false }));
    const view = await rig.until(workflowId, ({ state }) => state?.aws.at(-1)?.kind === 'statement');
    await rig.operations.cancel(workflowId, 'not needed');
    const run = await rig.end(workflowId);
    expect(stepsOf(run)).toEqual(['restore done', 'verify cancelled', 'export pending']);
    const { id } = view.state!.aws.at(-1)!;
    expect(saidBy(run)).toContain(`cancelled the statement ${id}`);
    expect(run.state!.aws.filter(({ orphaned }) => orphaned)).toEqual([]);
    const described = await rig.clients.redshiftData.send(new DescribeStatementCommand({ Id: id }));
    expect(described.Status).toBe('ABORTED');
  });

  it('that is cancelled while the cluster is busy has sent nothing', async () => {
    await rig.control.addFault({
      operation: 'RestoreTableFromClusterSnapshot',
      times: 'always',
      action: {
        kind: 'error',
        code: 'InvalidClusterState',
        message: 'There is an operation running on the Cluster',
      },
    });
    const before = await countEffects();
    const workflowId = await rig.begin('recoverTable', input(alone));
    await rig.until(workflowId, ({ state }) => state?.steps[1]?.state === 'waiting');
    await rig.operations.cancel(workflowId, 'not needed');
    const run = await rig.end(workflowId);
    expect(run).toMatchObject({ outcome: 'cancelled', state: { aws: [] } });
    expect(await countEffects()).toEqual(before);
  });
});
