import type { OperationInputs, OperationName } from '../../domain/operations';
import type { RestoreTableResult } from '../../domain/operations/restore-table';
import { cluster, ordersArn, Rig, seed } from '../support/rig';
import { awsFollowsTheRun, startSkippingTime } from '../support/skipped-time';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How late the end may be noticed: never later than the longest delay of the wait schedule (S4), and a few seconds. */
const noticedBy = (seconds: number) => seconds + Math.max(minute, 0.02 * seconds) + 10;

/** A table of 50,000 MB takes so long: queued for a while, prepared, then copied at an even rate. */
const restoreLasting = (seconds: number) => ({
  restorePendingSeconds: 10 * minute,
  restoreTotalUnknownSeconds: 12 * minute,
  restoreSeconds: 5 * minute,
  restoreMegaBytesPerSecond: 50_000 / (seconds - 15 * minute),
});

/**
 * Days of waiting on the real Temporal server, with the real schedule and every look: only the timers take no time.
 * Each skipped timer adds one event that a real history does not have; the counts here include them.
 */
describe('a long wait', () => {
  let rig: Rig;
  let snapshot: string;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.control.set({ bytesPerRow: (50_000 * 1024 * 1024) / seed.options.orderRows });
    snapshot = await rig.automatedSnapshot();
    await rig.startWorker({ interceptors: awsFollowsTheRun(rig.control) });
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  async function run<O extends OperationName>(operation: O, input: OperationInputs[O]) {
    const started = await startSkippingTime(rig.temporal, { operation, input, taskQueue: rig.taskQueue });
    rig.track(started);
    const handle = rig.temporal.workflow.getHandle(started.workflowId, started.runId);
    const result: unknown = await handle.result();
    const { historyLength, startTime, closeTime } = await handle.describe();
    return { result, historyLength, seconds: (closeTime!.getTime() - startTime.getTime()) / 1000 };
  }

  const restore = (deadline: string) =>
    run('restoreTable', {
      warehouse: { clusterIdentifier: cluster },
      source: { snapshotIdentifier: snapshot },
      table: { database: 'dev', schema: 'public', table: 'orders' },
      deadline,
    });

  it.each([
    { lasting: '24 hours', seconds: day, deadline: '30 hours', events: 3_500 },
    { lasting: '7 days', seconds: 7 * day, deadline: '8 days', events: 5_000 },
  ])(
    'of a table restore that takes $lasting is a history of less than $events events',
    async ({ seconds, deadline, events }) => {
      await rig.control.set({ clockSpeed: 0, ...restoreLasting(seconds) });
      const restored = await restore(deadline);
      expect(restored.result as RestoreTableResult).toMatchObject({ adopted: false, sends: 1 });
      expect(restored.historyLength).toBeLessThan(events);
      expect(restored.seconds).toBeGreaterThanOrEqual(seconds);
      expect(restored.seconds).toBeLessThanOrEqual(noticedBy(seconds));
      const { database, schema, table } = (restored.result as RestoreTableResult).table;
      expect(await rig.control.count(cluster, database, `"${schema}"."${table}"`)).toBe(
        seed.options.orderRows,
      );
    },
  );

  it.each([
    { lasting: '24 hours', seconds: day, deadline: '30 hours', events: 3_500 },
    { lasting: '7 days', seconds: 7 * day, deadline: '8 days', events: 5_000 },
  ])(
    'of an export that takes $lasting and shows no figures is a history of less than $events events',
    async ({ seconds, deadline, events }) => {
      await rig.control.set({ clockSpeed: 0, exportSeconds: seconds });
      const exported = await run('exportTable', { tableArn: ordersArn, s3Bucket: 'exports', deadline });
      expect(exported.result).toMatchObject({ itemCount: seed.options.orderItems });
      expect(exported.historyLength).toBeLessThan(events);
      expect(exported.seconds).toBeGreaterThanOrEqual(seconds);
      expect(exported.seconds).toBeLessThanOrEqual(noticedBy(seconds));
    },
  );
});
