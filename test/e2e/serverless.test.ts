import { failures, type FailureType } from '../../domain/failures';
import type { RecoverTableInput, RecoverTableResult } from '../../domain/operations/recover-table';
import type { RestoreTableInput, RestoreTableResult } from '../../domain/operations/restore-table';
import type { NamedSource } from '../../domain/restore-source';
import {
  adhoc,
  eventsLive,
  resetSmall,
  rowsOf,
  seededPoints,
  type SeededPoints,
  snapshotsOf,
} from '../support/adhoc';
import { quickSettings, Rig } from '../support/rig';

const calls = ['RestoreTableFromRecoveryPoint', 'RestoreTableFromSnapshot'] as const;
const usual = { ...quickSettings, serverlessRestoreQueueLength: 0, existingTarget: 'refuse' };

describe('a serverless workgroup', () => {
  let rig: Rig;
  let points: SeededPoints;

  beforeAll(async () => {
    rig = await Rig.start();
    await resetSmall(rig, usual);
    points = await seededPoints(rig);
    await rig.startWorker();
  });

  afterEach(async () => {
    await rig.control.clearFaults();
    await rig.control.set(usual);
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const sourceOf = (call: (typeof calls)[number]): NamedSource =>
    call === 'RestoreTableFromSnapshot'
      ? { snapshotName: 'adhoc-weekly' }
      : { recoveryPointId: points.good.recoveryPointId! };
  const input = (target: string, more: Partial<RestoreTableInput> = {}): RestoreTableInput => ({
    warehouse: adhoc,
    source: { recoveryPointId: points.good.recoveryPointId! },
    table: { database: 'dev', table: 'events_live' },
    target: { table: target },
    settle: '1 second',
    ...more,
  });
  const sent = async (target: string) => {
    const all = await Promise.all(calls.map((call) => rig.requests(call, { newTableName: target })));
    return all.flat();
  };
  const made = async (target: string) =>
    (await rig.effectCounts('RestoreTable'))[`adhoc/dev.public.${target}`] ?? 0;
  const fault = (target: string, action: object, more: object = {}) =>
    Promise.all(
      calls.map((operation) =>
        rig.control.addFault({ operation, match: { newTableName: target }, action, ...more }),
      ),
    );
  const count = (table: string) => rig.control.count('adhoc', 'dev', `public.${table}`);
  const requestOf = async (workflowId: string) => {
    const { state } = await rig.until(workflowId, (view) => view.state?.aws.length === 1);
    return state!.aws[0]!.id;
  };

  describe('recoverTable', () => {
    const recover = (more: Partial<RecoverTableInput> = {}): RecoverTableInput => ({
      warehouse: { workgroupName: 'adhoc' },
      source: { recoveryPointId: points.good.recoveryPointId! },
      table: eventsLive,
      verify: { rowCount: { exactly: rowsOf.good } },
      ...more,
    });

    it('restores from a recovery point that ends in the middle of the run', async () => {
      const asOf = new Date(points.expiring.recoveryPointCreateTime!.getTime() + 1_000).toISOString();
      await rig.control.set({ snapshotCopySeconds: 3 });
      const workflowId = await rig.begin(
        'recoverTable',
        recover({ source: { asOf }, verify: { rowCount: { exactly: rowsOf.expiring } } }),
      );
      await rig.until(workflowId, ({ state }) => state?.aws.some(({ kind }) => kind === 'snapshot') ?? false);
      await rig.control.advance(15 * 60);
      const run = await rig.end(workflowId);
      expect(run.failure).toBeUndefined();
      const { choice, keep, verify } = run.result as RecoverTableResult;
      expect(choice!.chosen!.source).toEqual({ recoveryPointId: keep!.recoveryPointId });
      expect(keep!.recoveryPointId).toBe(points.expiring.recoveryPointId);
      expect(verify).toMatchObject({ rowCount: rowsOf.expiring });
      expect(run.state!.choice).toEqual(choice);
    });

    it('keeps the recovery point, restores from the snapshot, and proves the rows through the workgroup', async () => {
      const run = await rig.run('recoverTable', recover({ copy: { manualSnapshotRetentionPeriod: 3 } }));
      expect(run.failure).toBeUndefined();
      const { keep, restore, verify } = run.result as RecoverTableResult;
      expect(keep).toMatchObject({
        recoveryPointId: points.good.recoveryPointId,
        snapshotRetentionPeriod: 3,
        adopted: false,
      });
      expect(restore.source).toEqual({ snapshotName: keep!.snapshotName });
      expect(verify).toMatchObject({ rowCount: rowsOf.good });
      const [request, ...more] = await sent(restore.table.table);
      expect(more).toEqual([]);
      expect(request).toMatchObject({
        operation: 'RestoreTableFromSnapshot',
        parameters: { ...adhoc, snapshotName: keep!.snapshotName },
      });
      const statements = await rig.control.operations('ExecuteStatement');
      const counted = statements.filter(({ parameters }) =>
        String(parameters.StatementName).includes('verify'),
      );
      expect(counted.length).toBeGreaterThan(0);
      for (const { parameters } of counted) expect(parameters).toMatchObject({ WorkgroupName: 'adhoc' });
      expect(run.state!.steps.filter(({ name }) => name !== 'preflight')).toMatchObject([
        { name: 'copy', state: 'done' },
        { name: 'restore', state: 'done' },
        { name: 'verify', state: 'done' },
      ]);
    });

    it('does not keep what is a snapshot already', async () => {
      const run = await rig.run(
        'recoverTable',
        recover({
          source: { snapshotName: 'adhoc-weekly' },
          verify: { rowCount: { exactly: rowsOf.weekly } },
        }),
      );
      expect(run.failure).toBeUndefined();
      expect(run.result).not.toHaveProperty('keep');
      expect(run.state!.steps.find(({ name }) => name === 'copy')).toMatchObject({ state: 'skipped' });
    });

    it('restores from the recovery point itself when it is told not to keep it', async () => {
      const before = await rig.effectCounts('ConvertRecoveryPointToSnapshot');
      const run = await rig.run('recoverTable', recover({ copy: false }));
      expect(run.failure).toBeUndefined();
      expect((run.result as RecoverTableResult).restore.source).toEqual({
        recoveryPointId: points.good.recoveryPointId,
      });
      expect(await rig.effectCounts('ConvertRecoveryPointToSnapshot')).toEqual(before);
    });

    it('fails with exit code 7 when the rows are not those expected, and leaves the table', async () => {
      const run = await rig.run(
        'recoverTable',
        recover({ copy: false, target: { table: 'too_few' }, verify: { rowCount: { atLeast: 2_000 } } }),
      );
      expect(run.failure).toMatchObject({ type: 'VerificationMismatch', exit: 7 });
      expect(await count('too_few')).toBe(rowsOf.good);
    });
  });

  describe('restoreTable', () => {
    it.each([
      ['a recovery point', 'RestoreTableFromRecoveryPoint', 'from_point', rowsOf.good],
      ['a snapshot', 'RestoreTableFromSnapshot', 'from_snapshot', rowsOf.weekly],
    ] as const)('brings the rows of %s back, and tells all about it', async (_what, call, target, rows) => {
      const run = await rig.run('restoreTable', input(target, { source: sourceOf(call) }));
      expect(run.failure).toBeUndefined();
      const [request] = await sent(target);
      expect(request).toMatchObject({ operation: call, outcome: 'ok' });
      expect(request!.parameters).toEqual({
        ...adhoc,
        ...sourceOf(call),
        sourceDatabaseName: 'dev',
        sourceSchemaName: 'public',
        sourceTableName: 'events_live',
        targetDatabaseName: 'dev',
        targetSchemaName: 'public',
        newTableName: target,
        activateCaseSensitiveIdentifier: false,
      });
      const id = run.state!.aws[0]!.id;
      expect(run.result).toEqual({
        tableRestoreRequestId: id,
        table: { database: 'dev', schema: 'public', table: target },
        source: sourceOf(call),
        totalDataInMegaBytes: expect.any(Number),
        adopted: false,
        sends: 1,
      } satisfies RestoreTableResult);
      expect(run.state!.aws).toEqual([
        { kind: 'table restore request', id, step: 'restore' },
        { kind: 'restored table', id: `dev.public.${target}`, step: 'restore' },
      ]);
      expect(await count(target)).toBe(rows);
      expect(await made(target)).toBe(1);
    });

    it('finds the namespace of the workgroup by itself', async () => {
      const run = await rig.run(
        'restoreTable',
        input('namespace_found', { warehouse: { workgroupName: 'adhoc' } }),
      );
      expect(run.failure).toBeUndefined();
      expect((await sent('namespace_found'))[0]!.parameters).toMatchObject(adhoc);
    });

    it.each<{ what: string; more: () => Partial<RestoreTableInput>; type: FailureType; why: RegExp }>([
      {
        what: 'an unknown workgroup',
        more: () => ({ warehouse: { workgroupName: 'nowhere' } }),
        type: 'WorkgroupNotFound',
        why: /nowhere/,
      },
      {
        what: 'a namespace that is not there',
        more: () => ({ warehouse: { workgroupName: 'adhoc', namespaceName: 'nowhere' } }),
        type: 'WorkgroupNotFound',
        why: /nowhere/,
      },
      {
        what: 'a recovery point that is not there',
        more: () => ({ source: { recoveryPointId: 'gone' } }),
        type: 'RecoveryPointNotFound',
        why: /gone/,
      },
      {
        what: 'a snapshot that is not there',
        more: () => ({ source: { snapshotName: 'gone' } }),
        type: 'SnapshotNotFound',
        why: /gone/,
      },
      {
        what: 'an unknown table',
        more: () => ({ table: { database: 'dev', table: 'evnets' } }),
        type: 'TableNotInSnapshot',
        why: /dev.public.evnets does not exist in the recovery point/,
      },
      {
        what: 'an unknown target schema',
        more: () => ({ target: { schema: 'nowhere', table: 't' } }),
        type: 'TableNotInSnapshot',
        why: /schema dev.nowhere does not exist/,
      },
      {
        what: 'an existing table',
        more: () => ({ target: { table: 'page_views' } }),
        type: 'TargetTableExists',
        why: /dev.public.page_views exists already/,
      },
      {
        what: 'an interleaved sort key',
        more: () => ({ table: { database: 'dev', table: 'page_views' } }),
        type: 'InterleavedSortKey',
        why: /interleaved sort key/,
      },
    ])('refuses $what; nothing is begun', async ({ more, type, why }) => {
      const before = await rig.changes();
      const run = await rig.run('restoreTable', { ...input('never_made'), ...more(), skipPreflight: true });
      const { exit, http, remedy } = failures[type];
      expect(run.failure).toEqual({ type, exit, http, remedy, message: expect.stringMatching(why) });
      expect(run.state!.aws).toEqual([]);
      expect(await rig.changes()).toEqual(before);
    });

    describe.each(calls)('from %s', (call) => {
      const name = (what: string) => `${call === calls[0] ? 'p' : 's'}_${what}`;
      const from = (target: string) => input(target, { source: sourceOf(call) });

      it.each<{ code: string; message: string; status: number; type: FailureType }>([
        {
          code: 'ValidationException',
          message: 'The target table dev.public.t already exists.',
          status: 400,
          type: 'TargetTableExists',
        },
        {
          code: 'ValidationException',
          message: 'The snapshot is not of the namespace adhoc, but of other.',
          status: 400,
          type: 'SnapshotNotOfCluster',
        },
        {
          code: 'ValidationException',
          message: 'The newTableName is not valid.',
          status: 400,
          type: 'InvalidRequest',
        },
        {
          code: 'ResourceNotFoundException',
          message: 'The workgroup adhoc could not be found.',
          status: 404,
          type: 'WorkgroupNotFound',
        },
        {
          code: 'AccessDeniedException',
          message: 'not authorized to perform: redshift-serverless',
          status: 403,
          type: 'AccessDenied',
        },
      ])('ends as $type on $code "$message"; it is sent once', async ({ code, message, status, type }) => {
        const target = name(`refused_${type.toLowerCase()}`);
        await fault(target, { kind: 'error', code, message, status });
        const run = await rig.run('restoreTable', from(target));
        expect(run.failure).toMatchObject({ type, remedy: failures[type].remedy });
        expect(run.failure!.message).toMatch(
          new RegExp(`^restore of the table failed \\[workgroup=adhoc, .*table=${target}\\]: ${code}: `),
        );
        expect(run.failure!.message.endsWith(message)).toBe(true);
        expect(await sent(target)).toHaveLength(1);
        expect(await made(target)).toBe(0);
      });

      it.each<{ status: string; type: FailureType }>([
        { status: 'FAILED', type: 'RestoreFailed' },
        { status: 'CANCELED', type: 'RestoreCanceled' },
        { status: 'CANCELLED', type: 'UnknownStatus' },
      ])('that AWS ends as $status fails as $type and names the request', async ({ status, type }) => {
        const target = name(`ends_${status.toLowerCase()}`);
        await fault(target, { kind: 'terminal', status, message: 'disk full' });
        const run = await rig.run('restoreTable', from(target));
        const id = run.state!.aws[0]!.id;
        expect(run.failure).toMatchObject({ type, remedy: failures[type].remedy });
        expect(run.failure!.message).toContain(
          `table restore ${id} failed [workgroup=adhoc, namespace=adhoc`,
        );
        expect(run.state!.aws).toEqual([{ kind: 'table restore request', id, step: 'restore' }]);
      });

      it('settles an internal error by looking: it was not done, and is sent once more', async () => {
        const target = name('internal');
        await fault(target, { kind: 'error', code: 'InternalServerException', status: 500 });
        const run = await rig.run('restoreTable', from(target));
        expect(run.result).toMatchObject({ adopted: false, sends: 2 });
        expect(await made(target)).toBe(1);
      });

      it('settles an internal error by looking: it was done, and is taken over', async () => {
        const target = name('internal_done');
        await fault(target, {
          kind: 'error',
          code: 'InternalServerException',
          status: 500,
          effect: 'kept',
        });
        const run = await rig.run('restoreTable', from(target));
        expect(run.result).toMatchObject({ adopted: true, sends: 1 });
        expect(await sent(target)).toHaveLength(1);
        expect(await made(target)).toBe(1);
      });

      it('waits while another restore runs and while the namespace is busy after it; each is done once', async () => {
        await rig.control.set({ busyAfterRestoreSeconds: 600, restoreSeconds: 600 });
        const first = await rig.begin('restoreTable', from(name('first_in')));
        await requestOf(first);
        const second = await rig.begin('restoreTable', from(name('second_in')));
        const waiting = await rig.until(second, ({ state }) => state?.steps.at(-1)?.state === 'waiting');
        expect(waiting.state!.steps.at(-1)!.note).toBe(failures.ClusterBusy.remedy);
        await rig.control.advance(601);
        expect((await rig.end(first)).outcome).toBe('done');
        await rig.control.set({ busyAfterRestoreSeconds: 1, restoreSeconds: 1 });
        await rig.control.advance(601);
        expect((await rig.end(second)).result).toMatchObject({ adopted: false, sends: 1 });
        const outcomes = (await sent(name('second_in'))).map(({ outcome }) => outcome);
        expect(outcomes[0]).toBe('ConflictException');
        expect(outcomes.at(-1)).toBe('ok');
        for (const table of ['first_in', 'second_in']) expect(await made(name(table))).toBe(1);
        await rig.control.advance(5); // quiet again for the next test
      });
    });

    it('goes through throttles, also those inside a ValidationException', async () => {
      await fault('throttled', { kind: 'throttle' });
      await fault('throttled', { kind: 'throttle', wrapped: true });
      const run = await rig.run('restoreTable', input('throttled'));
      expect(run.result).toMatchObject({ adopted: false, sends: 1 });
      expect((await sent('throttled')).map(({ outcome }) => outcome)).toEqual([
        'ThrottlingException',
        'ValidationException',
        'ok',
      ]);
    });

    it('that is not done by its deadline names the request; asked for again it is taken over', async () => {
      await rig.control.set({ restoreSeconds: 50 });
      const workflowId = `${rig.taskQueue}/late`;
      const request = { ...input(''), target: undefined };
      rig.track(
        await rig.operations.start('restoreTable', { ...request, deadline: '1 second' }, { workflowId }),
      );
      const late = await rig.end(workflowId);
      expect(late.failure).toMatchObject({ type: 'DeadlinePassed' });
      expect(late.state!.aws).toMatchObject([{ kind: 'table restore request', orphaned: true }]);
      await rig.control.advance(60);
      rig.track(await rig.operations.start('restoreTable', request, { workflowId }));
      const { table, ...result } = (await rig.end(workflowId)).result as RestoreTableResult;
      expect(result).toMatchObject({ adopted: true, sends: 0 });
      expect(await made(table.table)).toBe(1);
    });

    it('that chooses by time and is started again when another source is right makes a table of its own', async () => {
      const workflowId = `${rig.taskQueue}/chosen`;
      const request = (asOf: Date): RestoreTableInput => ({
        ...input(''),
        target: undefined,
        source: { asOf: new Date(asOf.getTime() + 1_000).toISOString() },
      });
      const [weekly] = await snapshotsOf(rig);
      await rig.control.set({ restoreSeconds: 50 });
      rig.track(
        await rig.operations.start(
          'restoreTable',
          { ...request(weekly!.snapshotCreateTime!), deadline: '1 second' },
          { workflowId },
        ),
      );
      const late = await rig.end(workflowId);
      expect(late.failure).toMatchObject({ type: 'DeadlinePassed' });
      expect(late.state!.choice!.chosen!.source).toEqual({ snapshotName: 'adhoc-weekly' });
      await rig.control.advance(60);
      rig.track(
        await rig.operations.start('restoreTable', request(points.good.recoveryPointCreateTime!), {
          workflowId,
        }),
      );
      const run = await rig.end(workflowId);
      expect(run.failure).toBeUndefined();
      const { table, choice } = run.result as RestoreTableResult;
      // Of the recovery point itself, or a snapshot that an earlier test kept it as.
      expect(choice?.chosen?.createdAt).toBe(points.good.recoveryPointCreateTime!.toISOString());
      expect(await count(table.table)).toBe(rowsOf.good);
    });
  });

  it('verifyTable of an unknown workgroup names it', async () => {
    const run = await rig.run('verifyTable', {
      warehouse: { workgroupName: 'nowhere' },
      table: eventsLive,
      rowCount: { atLeast: 1 },
    });
    expect(run.failure).toMatchObject({ type: 'WorkgroupNotFound', exit: 5 });
    expect(run.failure!.message).toContain('nowhere');
  });
});
