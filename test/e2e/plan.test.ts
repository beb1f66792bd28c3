import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { PauseClusterCommand, ResumeClusterCommand } from '@aws-sdk/client-redshift';
import type { Plan, RecoverTableResult } from '../../client';
import { runCli } from '../../client/cli/program';
import type { OperationInputs } from '../../domain/operations';
import type { Finding } from '../../domain/plan/finding';
import { fakeIo } from '../client/cli/fake-io';
import { cluster, ordersArn, quickSettings, Rig } from '../support/rig';
import { temporalAddress } from '../support/stand-in-rig';

/** What can be known before acting, told by `plan` and heeded by every run. */
describe('plan and preflight', () => {
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

  const restore = (more: Partial<OperationInputs['recoverTable']> = {}): OperationInputs['recoverTable'] => ({
    warehouse: { clusterIdentifier: cluster },
    source: { snapshotIdentifier: snapshot },
    table: { database: 'dev', table: 'orders' },
    verify: { rowCount: { atLeast: 1 } },
    export: { tableArn: ordersArn, s3Bucket: 'exports' },
    ...more,
  });
  const exporting = (more: object = {}): OperationInputs['exportTable'] => ({
    tableArn: ordersArn,
    s3Bucket: 'exports',
    ...more,
  });
  const of = (findings: readonly Finding[], subject: string) =>
    findings.filter((finding) => finding.subject === subject).map(({ level, text }) => `${level}: ${text}`);
  const levels = (findings: readonly Finding[], level: string) =>
    findings.filter((finding) => finding.level === level).map(({ subject }) => subject);
  const undrop = async (...argv: string[]) => {
    const { io, out, err } = fakeIo({
      TEMPORAL_ADDRESS: temporalAddress(),
      UNDROP_TASK_QUEUE: rig.taskQueue,
      UNDROP_UI_URL: 'http://ui.test',
    });
    return { code: await runCli(argv, io), out: out(), err: err() };
  };
  const restoreFlags = ['--cluster', cluster, '--database', 'dev', '--table', 'orders'];

  it('tells findings, steps and estimates of a run, and changes nothing', async () => {
    const before = await rig.changes();
    const plan = await rig.operations.plan('recoverTable', restore());
    expect(levels(plan.findings, 'ok')).toEqual([
      'warehouse',
      'table restores',
      'source',
      'source expiry',
      'copy',
      'source table',
      'sort key',
      'target schema',
      'target name',
      'table',
      'point-in-time recovery',
      'export time',
      'bucket',
    ]);
    expect(plan).toMatchObject({ operation: 'recoverTable', feasible: true });
    expect(plan.findings).toHaveLength(13);
    expect(plan.steps.map(({ name }) => name)).toEqual(['copy', 'restore', 'verify', 'export']);
    for (const { estimateSeconds, basis } of plan.steps) {
      expect(estimateSeconds).toBeGreaterThan(0);
      expect(basis).toMatch(/MB at \d+ MB\/s/);
    }
    expect(plan.estimateSeconds).toBe(
      plan.steps.reduce((sum, { estimateSeconds = 0 }) => sum + estimateSeconds, 0),
    );
    expect(await rig.changes()).toEqual(before);
  });

  it('names what the run that is then started makes', async () => {
    const input = restore({ export: undefined, verify: undefined, copy: false });
    const { workflowId, findings } = await rig.operations.plan('recoverTable', input);
    const [made] = of(findings, 'target name');
    const run = await rig.operations.start('recoverTable', input);
    rig.track(run);
    expect(run.workflowId).toBe(workflowId);
    const { result } = await rig.end(workflowId);
    const { table } = (result as RecoverTableResult).restore;
    expect(made).toBe(`ok: dev.public.${table.table}, made from the run: no other run makes it`);
  });

  it('chooses by time as the run would, and skips the copy of what is kept already', async () => {
    const chosen = await rig.operations.plan('recoverTable', restore({ source: { asOf: '7h' } }));
    expect(of(chosen.findings, 'source')).toEqual([
      expect.stringMatching(/^ok: manual snapshot analytics-weekly is available, and holds the rows of 5 d/),
    ]);
    expect(chosen.steps.map(({ name, notNeeded }) => [name, notNeeded])).toEqual([
      ['choose', undefined],
      ['copy', 'analytics-weekly is kept already'],
      ['restore', undefined],
      ['verify', undefined],
      ['export', undefined],
    ]);
    const none = await rig.operations.plan('recoverTable', restore({ source: { asOf: '30 days' } }));
    expect(none.feasible).toBe(false);
    expect(of(none.findings, 'source')[0]).toMatch(
      /^blocking: no source at or before .*later than asked for/,
    );
  });

  it('looks at a workgroup as at a cluster', async () => {
    const plan = await rig.operations.plan('restoreTable', {
      warehouse: { workgroupName: 'adhoc' },
      source: { asOf: '10m' },
      table: { database: 'dev', table: 'events' },
    });
    expect(plan.feasible).toBe(true);
    expect(of(plan.findings, 'warehouse')).toEqual(['ok: workgroup adhoc is available']);
    expect(of(plan.findings, 'source')[0]).toMatch(/^ok: recovery point \S+ is available/);
    expect(of(plan.findings, 'source expiry')[0]).toMatch(/^ok: AWS keeps it for another 2\d h/);
    const gone = await rig.operations.plan('restoreTable', {
      warehouse: { workgroupName: 'nowhere' },
      source: { recoveryPointId: 'rp-1' },
      table: { database: 'dev', table: 'events' },
    });
    expect(gone.findings).toMatchObject([
      { subject: 'warehouse', level: 'blocking', failure: 'WorkgroupNotFound' },
    ]);
  });

  it('warns of what the run can bear: a paused cluster, a restore before it, capital letters, a table that is gone', async () => {
    await rig.control.set({ restoreSeconds: 60 });
    const busy = await rig.begin('restoreTable', {
      warehouse: { clusterIdentifier: cluster },
      source: { snapshotIdentifier: snapshot },
      table: { database: 'dev', table: 'customers' },
      target: { table: 'in_the_way' },
    });
    await rig.until(busy, ({ state }) => (state?.aws.length ?? 0) > 0);
    const { findings, feasible } = await rig.operations.plan('restoreTable', {
      warehouse: { clusterIdentifier: cluster },
      source: { snapshotIdentifier: snapshot },
      table: { database: 'dev', table: 'Gone' },
      target: { table: 'Back' },
    });
    expect(feasible).toBe(true);
    expect(of(findings, 'table restores')[0]).toMatch(/^warning: one is running: dev.public.in_the_way/);
    expect(of(findings, 'identifier case')).toEqual([
      'warning: Gone, Back: Redshift folds this to lower case (gone)',
    ]);
    expect(of(findings, 'source table')[0]).toMatch(/^warning: dev.public.Gone is not there now/);
    await rig.control.advance(61);
    expect((await rig.end(busy)).outcome).toBe('done');

    await rig.clients.redshift.send(new PauseClusterCommand({ ClusterIdentifier: cluster }));
    await rig.control.advance(60);
    const paused = await rig.operations.plan('restoreTable', {
      warehouse: { clusterIdentifier: cluster },
      source: { snapshotIdentifier: snapshot },
      table: { database: 'dev', table: 'orders' },
    });
    await rig.clients.redshift.send(new ResumeClusterCommand({ ClusterIdentifier: cluster }));
    await rig.control.advance(60);
    expect(paused.feasible).toBe(true);
    expect(of(paused.findings, 'warehouse')).toEqual(['warning: cluster analytics is paused']);
    expect(of(paused.findings, 'target schema')[0]).toMatch(/^warning: could not be looked at: .*paused/);
  });

  it('warns of a full quota of manual snapshots', async () => {
    const { CreateClusterSnapshotCommand } = await import('@aws-sdk/client-redshift');
    await rig.control.set({ manualSnapshotQuota: 100 });
    for (let number = 1; number <= 19; number += 1) {
      await rig.clients.redshift.send(
        new CreateClusterSnapshotCommand({
          ClusterIdentifier: 'reporting',
          SnapshotIdentifier: `filler-${number}`,
        }),
      );
    }
    const { findings, feasible } = await rig.operations.plan('copySnapshot', {
      sourceSnapshotIdentifier: snapshot,
      sourceSnapshotClusterIdentifier: cluster,
    });
    expect(feasible).toBe(true);
    expect(of(findings, 'copy')).toEqual([
      "warning: there are 20 manual snapshots, and AWS's usual quota is 20",
    ]);
  });

  it.each<[string, object, string, RegExp]>([
    ['off', { tableArn: ordersArn.replace('orders', 'unrecovered') }, 'PointInTimeRecoveryOff', /is off/],
    ['a moment to come', { exportTime: hoursAgo(-2) }, 'InvalidExportTime', /is yet to come/],
    [
      'a moment before the table',
      { exportTime: hoursAgo(24 * 1000) },
      'InvalidExportTime',
      /before the table was made/,
    ],
    [
      'a moment before the window',
      { exportTime: hoursAgo(24 * 20) },
      'InvalidExportTime',
      /before the restorable window/,
    ],
    ['a moment after the window', { exportTime: hoursAgo(1 / 60) }, 'InvalidExportTime', /is too recent/],
    ['a window of minutes', window(hoursAgo(1 / 10)), 'InvalidExportTime', /less than 15 minutes/],
    ['a window of days', window(hoursAgo(40)), 'InvalidExportTime', /more than 24 hours/],
    ['a window to come', window(hoursAgo(1), hoursAgo(-3)), 'InvalidExportTime', /yet to come/],
    [
      'a window before the table',
      window(hoursAgo(24_000), hoursAgo(23_990)),
      'InvalidExportTime',
      /before the table was made/,
    ],
    [
      'a window before the window',
      window(hoursAgo(500), hoursAgo(490)),
      'InvalidExportTime',
      /before the restorable window/,
    ],
    [
      'a bucket that is not there',
      { s3Bucket: 'nobodys-bucket' },
      'ExportBucketMissing',
      /there is no bucket nobodys-bucket/,
    ],
    [
      'a table that is not there',
      { tableArn: ordersArn.replace('orders', 'odrers') },
      'TableNotFound',
      /odrers not found/,
    ],
  ])(
    'says why an export cannot be made: %s; the run is refused with the same',
    async (_, more, failure, why) => {
      if (failure === 'PointInTimeRecoveryOff') await makeTable('unrecovered');
      const before = await rig.control.effects('ExportTableToPointInTime');
      const { findings, feasible } = await rig.operations.plan('exportTable', exporting(more));
      expect(feasible).toBe(false);
      const blocks = findings.filter(({ level }) => level === 'blocking');
      expect(blocks).toMatchObject([
        { failure, text: expect.stringMatching(why), remedy: expect.any(String) },
      ]);
      const run = await rig.run('exportTable', exporting(more));
      expect(run.failure).toMatchObject({ type: failure, message: expect.stringMatching(why) });
      expect(run.state!.findings!.filter(({ level }) => level === 'blocking')).toMatchObject([{ failure }]);
      expect(run.state!.steps).toMatchObject([{ state: 'failed' }, { name: 'export', state: 'pending' }]);
      expect(await rig.control.effects('ExportTableToPointInTime')).toEqual(before);
    },
  );

  it('says of a bucket of another account only that it cannot look', async () => {
    const plan = await rig.operations.plan('exportTable', exporting({ s3BucketOwner: '999999999999' }));
    expect(plan.feasible).toBe(true);
    expect(of(plan.findings, 'bucket')[0]).toMatch(/^warning: exports cannot be looked at/);
  });

  it('goes on without what it may not look at', async () => {
    const reads = [
      'DescribeClusters',
      'DescribeTableRestoreStatus',
      'ListSchemas',
      'DescribeTable',
      'DescribeContinuousBackups',
      'HeadBucket',
    ];
    for (const operation of reads) {
      await rig.control.addFault({ operation, times: 1, action: { kind: 'access-denied' } });
    }
    await rig.control.addFault({
      operation: 'ExecuteStatement',
      times: 1,
      action: { kind: 'access-denied' },
    });
    const run = await rig.run('recoverTable', restore({ copy: false, verify: undefined }));
    expect(run.failure).toBeUndefined();
    expect(levels(run.state!.findings!, 'warning')).toEqual([
      'warehouse',
      'table restores',
      'sort key',
      'target schema',
      'table',
      'point-in-time recovery',
      'bucket',
    ]);
    const told = run.state!.timeline.map(({ text }) => text);
    expect(told).toContainEqual(
      expect.stringMatching(/^warehouse: could not be looked at: .*redshift:DescribeClusters/),
    );
    expect(told).toContain('findings: 3 ok, 7 warnings');
  });

  it('refuses a run for which several things are in the way with all of them, and begins it when told not to look', async () => {
    const input = restore({
      target: { table: 'customers' },
      table: { database: 'dev', table: 'clicks' },
      export: { tableArn: ordersArn, s3Bucket: 'nobodys-bucket' },
    });
    const before = await rig.changes();
    const refused = await rig.run('recoverTable', input);
    expect(refused.failure).toMatchObject({ type: 'PreflightRefused', exit: 6, http: 409 });
    for (const why of [
      'sort key: dev.public.clicks has an interleaved sort key (AWS cannot restore',
      'target name: dev.public.customers exists already (A table of the target name exists',
      'bucket: there is no bucket nobodys-bucket (Create the bucket',
    ]) {
      expect(refused.failure!.message).toContain(why);
    }
    expect(refused.state).toMatchObject({ aws: [], outcome: 'failed' });
    expect(await rig.changes()).toEqual(before);

    const begun = await rig.run('recoverTable', { ...input, copy: false, skipPreflight: true });
    expect(begun.failure).toMatchObject({ type: 'TargetTableExists' });
    expect(begun.state!.steps[0]).toMatchObject({ name: 'preflight', state: 'skipped' });
    expect(begun.state!.findings).toBeUndefined();
  });

  it('is a command: text with marks and remedies, or JSON, and the exit code says whether it would go', async () => {
    const good = await undrop('plan', 'recover-table', ...restoreFlags, '--snapshot', snapshot);
    expect(good).toMatchObject({ code: 0, err: 'plan: nothing is in the way; nothing was started\n' });
    expect(good.out).toMatch(/✔ warehouse +cluster analytics is available/);
    expect(good.out).toMatch(/restore +Restore dev.public.orders +about 2 min .*MB at 50 MB\/s, and 2 min/);

    const taken = [
      'plan',
      'restore-table',
      ...restoreFlags,
      '--snapshot',
      snapshot,
      '--target-table',
      'customers',
    ];
    const blocked = await undrop(...taken);
    expect(blocked.code).toBe(6);
    expect(blocked.err).toBe('plan: one finding blocks; a run would be refused; nothing was started\n');
    expect(blocked.out).toMatch(
      /✘ target name +dev.public.customers exists already\n +→ A table of the target name/,
    );
    const json = await undrop(...taken, '-o', 'json');
    expect(json.code).toBe(6);
    const plan = JSON.parse(json.out) as Plan;
    expect(plan).toMatchObject({ operation: 'restoreTable', feasible: false });
    expect(plan.findings).toContainEqual(expect.objectContaining({ failure: 'TargetTableExists' }));
  });

  it('refuses wrong input before anything is asked, by the names of the flags', async () => {
    const calls = async () => (await rig.control.operations()).length;
    const before = await calls();
    const wrong = await undrop('plan', 'export-table', '--bucket', 'X', '--time', 'yesterday');
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toMatch(/export-table was not planned: the input has 3 problems/);
    for (const flag of ['--table-arn', '--bucket', '--time']) expect(wrong.err).toContain(flag);
    expect(await undrop('plan', 'nonsense')).toMatchObject({ code: 2 });
    expect(await calls()).toBe(before);
    await expect(
      rig.operations.lookUp('plan', { operation: 'nonsense', workflowId: 'x', input: {} }),
    ).rejects.toMatchObject({ type: 'InvalidInput', message: expect.stringMatching(/no such operation/) });
    await expect(
      rig.operations.lookUp('plan', { operation: 'exportTable', workflowId: 'x', input: {} }),
    ).rejects.toMatchObject({ type: 'InvalidInput', message: expect.stringMatching(/tableArn/) });
  });

  it('costs a run a dozen calls of AWS, all of which read', async () => {
    const before = (await rig.control.operations()).at(-1)!.seq;
    await rig.operations.plan('recoverTable', restore());
    const calls = (await rig.control.operations())
      .filter(({ seq }) => seq > before)
      .map((call) => call.operation);
    expect(calls.sort()).toEqual([
      'DescribeClusterSnapshots',
      'DescribeClusterSnapshots',
      'DescribeClusters',
      'DescribeContinuousBackups',
      'DescribeStatement',
      'DescribeTable',
      'DescribeTableRestoreStatus',
      'ExecuteStatement',
      'GetStatementResult',
      'HeadBucket',
      'ListSchemas',
    ]);
  });

  async function makeTable(name: string): Promise<void> {
    const key = { AttributeName: 'id' } as const;
    await rig.clients.dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        AttributeDefinitions: [{ ...key, AttributeType: 'S' }],
        KeySchema: [{ ...key, KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
  }
});

function hoursAgo(hours: number): string {
  return new Date(Math.floor(Date.now() / 1000) * 1000 - hours * 3_600_000).toISOString();
}

function window(exportFromTime: string, exportToTime?: string) {
  return {
    exportType: 'INCREMENTAL_EXPORT',
    incrementalExportSpecification: { exportFromTime, ...(exportToTime && { exportToTime }) },
  };
}
