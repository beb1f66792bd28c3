import { randomUUID } from 'node:crypto';
import type { RunView } from '../../client';
import type { VerifyTableResult } from '../../domain/operations/verify-table';
import { cluster, Rig, type Sources } from '../support/rig';
import { submits } from '../support/submits';

/**
 * A person resets a run to its beginning (`temporal workflow reset`): everything it did is done over, by another
 * execution that knows nothing of the first one. What AWS did already must not be done again.
 */
describe('when a run is reset to its beginning', () => {
  let rig: Rig;
  let sources: Sources;

  beforeAll(async () => {
    rig = await Rig.start();
    sources = await rig.sources();
    await rig.startWorker();
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  /** Resets the run to its first workflow task, and waits for the new end. */
  async function doneOver(workflowId: string): Promise<RunView> {
    const request: object = {
      namespace: 'default',
      workflowExecution: { workflowId },
      workflowTaskFinishEventId: 4,
      requestId: randomUUID(),
      reason: 'a person wants it done over',
    };
    const { runId } = await rig.temporal.workflowService.resetWorkflowExecution(request);
    rig.track({ workflowId, runId });
    const again = await rig.end(workflowId);
    expect(again.failure).toBeUndefined();
    expect(again.runId).toBe(runId);
    return again;
  }

  const changing = submits.filter(({ operation }) => operation !== 'verifyTable');

  it.each(changing)('$call is not done again', async (submit) => {
    const workflowId = `${rig.taskQueue}/${submit.call}`;
    await rig.begin(submit.operation, submit.input(sources), { workflowId });
    expect((await rig.end(workflowId)).outcome).toBe('done');
    await doneOver(workflowId);
    const requests = await rig.requests(submit.call, submit.key(workflowId, sources));
    expect(requests.flatMap(({ effectIds }) => effectIds)).toHaveLength(1);
  });

  it('SQL that writes has written once', async () => {
    await rig.control.sql(cluster, 'dev', 'create table public.hits (page varchar(200))');
    const workflowId = `${rig.taskQueue}/insert`;
    await rig.begin(
      'runQuery',
      {
        warehouse: { clusterIdentifier: cluster },
        database: 'dev',
        sql: "insert into public.hits values ('home')",
      },
      { workflowId },
    );
    expect((await rig.end(workflowId)).outcome).toBe('done');
    await doneOver(workflowId);
    expect(await rig.control.count(cluster, 'dev', 'public.hits')).toBe(1);
  });

  it('rows are counted anew, for somebody may have mended them', async () => {
    await rig.control.sql(cluster, 'dev', 'create table public.mended as select 1 as n');
    const workflowId = `${rig.taskQueue}/count`;
    const table = { database: 'dev', schema: 'public', table: 'mended' };
    await rig.begin(
      'verifyTable',
      { warehouse: { clusterIdentifier: cluster }, table, rowCount: { atLeast: 1 } },
      { workflowId },
    );
    expect((await rig.end(workflowId)).outcome).toBe('done');
    await rig.control.sql(cluster, 'dev', 'insert into public.mended values (2)');
    expect((await doneOver(workflowId)).result as VerifyTableResult).toMatchObject({ rowCount: 2 });
  });
});
