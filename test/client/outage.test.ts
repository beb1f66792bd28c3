import type { OperationsClient, RunView } from '../../client';
import { notReachable } from '../../client/watch-run';
import { Cable } from '../support/cable';
import { standInRig, type StandInRig } from '../support/stand-in-rig';

let rig: StandInRig;
const cable = new Cable();
let remote: OperationsClient;
beforeAll(async () => {
  rig = await standInRig();
  await rig.startWorker();
  await cable.mend();
  remote = await cable.client(rig);
});
afterAll(async () => {
  await remote?.close();
  await cable.cut();
  await rig?.close();
});

const slow = (table: string) =>
  rig.operations.start('restoreTable', {
    warehouse: { clusterIdentifier: rig.cluster },
    source: { snapshotIdentifier: 's' },
    table: { database: 'dev', table },
  });

describe('an outage of the Temporal server', () => {
  it('is said and waited out by a watch, which keeps the last view', async () => {
    const { workflowId } = await slow('slow_outage');
    const views: RunView[] = [];
    for await (const view of remote.watch(workflowId, { intervalMs: 50 })) {
      views.push(view);
      if (views.length === 1) await cable.cut();
      if (view.notice === notReachable && views.length > 1 && views.at(-2)?.notice !== notReachable) {
        expect(view.state).toEqual(views[0]!.state);
        await rig.operations.cancel(workflowId, 'meanwhile');
        await cable.mend();
      }
    }
    expect(views.some(({ notice }) => notice === notReachable)).toBe(true);
    expect(views.at(-1)).toMatchObject({ outcome: 'cancelled' });
    expect(views.at(-1)).not.toHaveProperty('notice');
  });

  it('is waited out by a wait', async () => {
    const { workflowId } = await slow('slow_wait');
    const waiting = remote.wait(workflowId);
    await cable.cut();
    await rig.operations.cancel(workflowId, 'meanwhile');
    await cable.mend();
    await expect(waiting).resolves.toMatchObject({ ended: true, run: { outcome: 'cancelled' } });
  });

  it('is an error for whoever asks in the middle of it, with its type and exit code', async () => {
    await cable.cut();
    try {
      await expect(remote.list()).rejects.toMatchObject({ type: 'TemporalUnreachable', exit: 1, http: 503 });
    } finally {
      await cable.mend();
    }
  });
});
