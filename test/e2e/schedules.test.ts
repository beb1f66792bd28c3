import { randomUUID } from 'node:crypto';
import type { RunView } from '../../client';
import { isoSecond } from '../../domain/zoned-time';
import { cluster, ordersArn, Rig } from '../support/rig';
import { until } from '../support/until';

/** Nights that have passed: every run of theirs is about its own time, however late it comes. */
describe('nights that a schedule makes up for', () => {
  let rig: Rig;
  const made: string[] = [];

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
  });

  afterAll(async () => {
    for (const id of made) await rig.operations.schedules.delete(id).catch(() => undefined);
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const dayMs = 86_400_000;
  const midnight = Math.floor(Date.now() / dayMs) * dayMs;
  const nights = [2, 1, 0].map((back) => midnight - back * dayMs);
  const range = { from: isoSecond(nights[0]!), to: isoSecond(nights[2]!) };
  const idOf = (name: string) => {
    const id = `${name}-${rig.taskQueue}`;
    made.push(id);
    return id;
  };

  async function ended(workflowId: string): Promise<RunView> {
    await until(async () => {
      const { runs } = await rig.operations.list({ idPrefix: workflowId });
      return runs.length > 0 ? true : undefined;
    }, workflowId);
    const view = await rig.end(workflowId);
    rig.track({ workflowId, runId: view.runId });
    return view;
  }

  it('have a restored table each, named by its night, from the rows of its own time', async () => {
    const id = idOf('drill');
    await rig.operations.schedules.create({
      id,
      operation: 'restore-table',
      input: {
        warehouse: { clusterIdentifier: cluster },
        source: { asOf: '-1m' },
        table: { database: 'dev', table: 'orders' },
        target: { table: 'orders_drill_{{scheduled:yyyyMMdd}}' },
      },
      when: { cron: '0 0 * * *' },
      paused: true,
    });
    const told = await rig.operations.schedules.backfill(id, { ...range, dryRun: true });
    expect(told.times).toEqual(
      nights.map((night) => ({
        scheduledAt: isoSecond(night),
        workflowId: `${id}-${isoSecond(night)}`,
        starts: true,
      })),
    );
    expect((await rig.operations.schedules.show(id)).counts.started).toBe(0);
    await rig.operations.schedules.backfill(id, range);
    for (const night of nights) {
      const run = await ended(`${id}-${isoSecond(night)}`);
      const table = `orders_drill_${isoSecond(night).slice(0, 10).replaceAll('-', '')}`;
      expect(run).toMatchObject({
        schedule: id,
        scheduledAt: new Date(night).toISOString(),
        title: `restore dev.public.orders on ${cluster} from the newest source at or before ${isoSecond(night - 60_000)}`,
        input: { source: { asOf: isoSecond(night - 60_000) }, target: { table } },
      });
      // The seed has snapshots of some days only: which nights can be restored is told by AWS, not by this test.
      if (run.outcome === 'done') expect(run.result).toMatchObject({ table: { table } });
      else
        expect(run.failure).toMatchObject({
          type: 'NoUsableSource',
          message: expect.stringContaining(isoSecond(night - 60_000)),
        });
    }
    const { runs, counts } = await rig.operations.schedules.show(id);
    expect(counts).toMatchObject({ started: 3, skippedOverlap: 0 });
    expect(new Set(runs.map(({ scheduledAt }) => scheduledAt))).toEqual(
      new Set(nights.map((night) => new Date(night).toISOString())),
    );
  });

  it('are not done again when they are asked for once more, but those that failed are', async () => {
    const id = idOf('again');
    const input = (table: string) => ({
      warehouse: { clusterIdentifier: cluster },
      database: 'dev',
      sql: `insert into public.${table} values ('{{scheduled:yyyy-MM-dd}}')`,
    });
    await rig.control.sql(cluster, 'dev', 'create table public.nights (night varchar(20))');
    await rig.operations.schedules.create({
      id,
      operation: 'query',
      input: input('nights'),
      when: { cron: '0 0 * * *' },
      paused: true,
    });
    await rig.operations.schedules.backfill(id, { ...range, from: isoSecond(nights[1]!) });
    for (const night of nights.slice(1))
      expect((await ended(`${id}-${isoSecond(night)}`)).failure).toBeUndefined();
    // The first night fails: its table is not there.
    await rig.operations.schedules.update(id, { input: input('nowhere') });
    await rig.operations.schedules.backfill(id, { ...range, to: isoSecond(nights[0]!) });
    expect((await ended(`${id}-${isoSecond(nights[0]!)}`)).outcome).toBe('failed');
    await rig.operations.schedules.update(id, { input: input('nights') });

    const { times } = await rig.operations.schedules.backfill(id, range);
    expect(times.map(({ starts, before }) => [starts, before])).toEqual([
      [true, 'failed'],
      [false, 'completed'],
      [false, 'completed'],
    ]);
    await until(async () => {
      const view = await rig.operations.show(`${id}-${isoSecond(nights[0]!)}`);
      return view.outcome === 'done' ? true : undefined;
    });
    expect(await rig.control.count(cluster, 'dev', 'public.nights')).toBe(3);
    for (const night of nights) {
      const day = isoSecond(night).slice(0, 10);
      expect(await rig.changes()).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ detail: expect.objectContaining({ sql: expect.stringContaining(day) }) }),
        ]),
      );
    }
  });

  it('export the changes of their own day, each once, and take over what a failed night left', async () => {
    const id = idOf('changes');
    await rig.operations.schedules.create({
      id,
      operation: 'export-table',
      input: {
        tableArn: ordersArn,
        s3Bucket: 'exports',
        s3Prefix: 'nights/{{scheduled:yyyy-MM-dd}}',
      },
      when: { cron: '0 0 * * *' },
      paused: true,
    });
    const last = { from: range.to, to: range.to };
    await rig.operations.schedules.backfill(id, last);
    const workflowId = `${id}-${range.to}`;
    const done = await ended(workflowId);
    expect(done.failure).toBeUndefined();
    expect(done.input).toMatchObject({ s3Prefix: `nights/${range.to.slice(0, 10)}` });
    expect((await rig.operations.schedules.backfill(id, last)).times).toMatchObject([{ starts: false }]);

    // Somebody starts the night again past Undrop, as the Temporal UI can: the export is taken over, not asked for again.
    await rig.temporal.schedule
      .getHandle(id)
      .backfill({ start: new Date(range.to), end: new Date(range.to), overlap: 'ALLOW_ALL' });
    const again = await until(async () => {
      const view = await rig.operations.show(workflowId);
      return view.runId !== done.runId && view.outcome === 'done' ? view : undefined;
    });
    rig.track({ workflowId, runId: again.runId });
    expect(again.result).toMatchObject({
      adopted: true,
      exportArn: (done.result as { exportArn: string }).exportArn,
    });
  });

  it('keep their own time when a run is reset, and one that is asked for now has the time of now', async () => {
    const id = idOf('reset');
    await rig.operations.schedules.create({
      id,
      operation: 'record-expectation',
      input: {
        warehouse: { clusterIdentifier: cluster },
        table: { database: 'dev', table: '{{scheduled:yyyy}}_orders' },
      },
      when: { cron: '0 0 * * *' },
      paused: true,
    });
    await rig.operations.schedules.backfill(id, { from: range.from, to: range.from });
    const workflowId = `${id}-${range.from}`;
    const first = await ended(workflowId);
    const { runId } = await rig.temporal.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId },
      workflowTaskFinishEventId: 4,
      requestId: randomUUID(),
      reason: 'a person wants it done over',
    } as object);
    rig.track({ workflowId, runId });
    const again = await rig.end(workflowId);
    expect(again).toMatchObject({ runId, scheduledAt: first.scheduledAt, input: first.input });
    expect(again.state!.title).toContain(`${range.from.slice(0, 4)}_orders`);

    const before = Date.now();
    const { run } = await rig.operations.schedules.trigger(id);
    const now = await ended(run!.workflowId);
    expect(Date.parse(now.scheduledAt!)).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000);
    const table = `dev.public.${new Date().getUTCFullYear()}_orders`;
    await until(async () => {
      const { runs } = await rig.operations.list({ schedule: id, table });
      return runs.length > 0 ? true : undefined;
    });
  });

  it('are refused in a range that is none, is not over, or is too long', async () => {
    const id = idOf('range');
    await rig.operations.schedules.create({
      id,
      operation: 'record-expectation',
      input: { warehouse: { clusterIdentifier: cluster }, table: { database: 'dev', table: 'orders' } },
      when: { every: '1h' },
      paused: true,
    });
    const problems = async (from: string, to: string) =>
      rig.operations.schedules.backfill(id, { from, to }).then(
        () => [],
        (error: { problems: { field: string; problem: string }[] }) =>
          error.problems.map(({ field, problem }) => `${field}: ${problem}`),
      );
    expect(await problems('yesterday', '2999-01-01')).toHaveLength(2);
    expect(await problems(range.to, isoSecond(midnight + 2 * dayMs))).toEqual([
      'to: must not be in the future',
    ]);
    expect(await problems(range.to, range.from)).toEqual(['from: must not be after to']);
    expect(await problems('2025-01-01T00:00:00Z', range.to)).toEqual([
      expect.stringContaining('more than 500 times'),
    ]);
  });
});
