import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { RunView } from '../../client';
import { watchRun } from '../../client/watch-run';
import { standInRig, temporalAddress, type StandInRig } from '../support/stand-in-rig';
import { until } from '../support/until';

const early = 40;

describe('a watch of a run without any worker', () => {
  let rig: StandInRig;
  let connection: NativeConnection;
  let temporal: Client;
  /** How many events each reading of an Event History brought. */
  let readings: number[];

  beforeAll(async () => {
    rig = await standInRig();
    connection = await NativeConnection.connect({ address: temporalAddress() });
    temporal = new Client({ connection: await Connection.connect({ address: temporalAddress() }) });
    const { workflowService } = temporal;
    for (const method of ['getWorkflowExecutionHistory', 'getWorkflowExecutionHistoryReverse'] as const) {
      const asIs = workflowService[method].bind(workflowService) as (request: unknown) => Promise<Page>;
      type Page = { history?: { events?: unknown[] } };
      workflowService[method] = (async (request: { maximumPageSize: number }) => {
        const page = await asIs(request);
        // The input is read by itself, from the first event.
        if (request.maximumPageSize !== 1) readings.push(page.history?.events?.length ?? 0);
        return page;
      }) as never;
    }
  });
  afterAll(async () => {
    await temporal?.connection.close();
    await connection?.close();
    await rig?.close();
  });

  const executeStatement = (name: string) => Promise.resolve({ id: name });

  it('reads its long Event History once, and then only what came since', async () => {
    readings = [];
    const taskQueue = `statements-${randomUUID()}`;
    const lateQueue = `${taskQueue}-late`;
    const workflowsPath = require.resolve('../support/statements-workflow');
    const worker = await Worker.create({
      connection,
      taskQueue,
      workflowsPath,
      activities: { executeStatement },
    });
    const handle = await worker.runUntil(async () => {
      const args = [{ early, lateQueue }];
      const started = await temporal.workflow.start('runStatements', {
        workflowId: taskQueue,
        taskQueue,
        args,
      });
      await until(async () => {
        const { raw } = await started.describe();
        return raw.pendingActivities?.some(({ activityId }) => activityId === String(early + 1)) || undefined;
      });
      return started;
    });

    const place = { namespace: 'default', address: temporalAddress(), uiUrl: '' };
    const views: RunView[] = [];
    let readAtFirst: number[] = [];
    for await (const view of watchRun(temporal, place, handle.workflowId, { intervalMs: 10 })) {
      views.push(view);
      if (views.length === 1) readAtFirst = readings.splice(0);
      // Two looks at which nothing is new; then a statement ends, which needs no worker that could be asked.
      if (views.length === 3) {
        expect(readings).toEqual([]);
        const late = await Worker.create({
          connection,
          taskQueue: lateQueue,
          activities: { executeStatement },
        });
        await late.runUntil(async () => {
          await until(async () => (await handle.describe()).raw.pendingActivities?.length === 0 || undefined);
        });
      }
      if (views.length === 6) break;
    }

    const ids = (view: RunView | undefined) => view?.aws?.map(({ id }) => id);
    const earlyIds = Array.from({ length: early }, (_, at) => `early-${at}`);
    expect(views.slice(0, 3).map(ids)).toEqual([earlyIds, earlyIds, earlyIds]);
    const lateIds = [...earlyIds, 'late'];
    expect(views.slice(3).map(ids)).toEqual([lateIds, lateIds, lateIds]);
    const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
    expect(sum(readAtFirst)).toBeGreaterThan(3 * early);
    // Started, completed, a task for the workers that are gone, and perhaps its time-outs.
    expect(sum(readings)).toBeGreaterThan(0);
    expect(sum(readings)).toBeLessThan(20);
    await handle.terminate();
  });
});
