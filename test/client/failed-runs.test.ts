import { failedRuns } from '../../client/retry/failed-runs';
import { standInRig, type StandInRig } from '../support/stand-in-rig';
import { until } from '../support/until';

let rig: StandInRig;
beforeAll(async () => {
  rig = await standInRig();
  await rig.startWorker();
});
afterAll(() => rig?.close());

const input = (table: string) => ({
  warehouse: { clusterIdentifier: rig.cluster },
  source: { snapshotIdentifier: 's' },
  table: { database: 'dev', table },
});

describe('runs that failed', () => {
  it('are told as the list of runs tells them, with the time for which a schedule started them', async () => {
    const { workflowId } = await rig.operations.start('restoreTable', input('refused_by_hand'));
    await rig.operations.wait(workflowId);
    const id = `refused-${rig.cluster}`;
    await rig.operations.schedules.create({
      id,
      operation: 'restore-table',
      input: input('refused_by_schedule'),
      when: { cron: '0 2 1 1 *' },
    });
    try {
      await rig.operations.schedules.trigger(id);
      const filter = { warehouse: rig.cluster };
      const listed = await until(async () => {
        const { runs } = await rig.operations.list({ ...filter, outcome: 'failed' });
        return runs.length === 2 ? runs : undefined;
      });
      expect(await rig.operations.failedRuns({ ...filter, since: '1h' })).toEqual(listed);
      expect(listed.filter(({ scheduledAt }) => scheduledAt !== undefined)).toHaveLength(1);
    } finally {
      await rig.operations.schedules.delete(id);
    }
  });

  it('are found on every page, but not the earlier executions of an id', async () => {
    const asked: unknown[] = [];
    const raw = (workflowId: string, runId: string) => ({ execution: { workflowId, runId }, status: 3 });
    const client = {
      withDeadline: (_: unknown, body: () => unknown) => body(),
      workflowService: {
        listWorkflowExecutions: (request: { nextPageToken?: Uint8Array }) => {
          asked.push(request);
          return Promise.resolve(
            request.nextPageToken
              ? { executions: [raw('b', 'b-1')] }
              : {
                  executions: [raw('a', 'a-2'), raw('a', 'a-1')],
                  nextPageToken: Buffer.from('next'),
                },
          );
        },
      },
      workflow: {
        list: async function* () {},
        getHandle: (id: string) => ({
          describe: () => Promise.resolve({ runId: id === 'a' ? 'a-2' : 'b-1' }),
        }),
      },
    };
    const place = { namespace: 'default', address: 'nowhere' };
    const found = await failedRuns(client as never, place as never, { since: '24h' });
    expect(found.map(({ runId }) => runId)).toEqual(['a-2', 'b-1']);
    expect(asked).toHaveLength(2);
  });
});
