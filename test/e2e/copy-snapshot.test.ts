import type { CopySnapshotResult } from '../../domain/operations/copy-snapshot';
import { cluster, Rig } from '../support/rig';

describe('copySnapshot', () => {
  let rig: Rig;
  let snapshot: string;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
    snapshot = await rig.automatedSnapshot();
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const input = (target: string, more: object = {}) => ({
    sourceSnapshotIdentifier: snapshot,
    sourceSnapshotClusterIdentifier: cluster,
    targetSnapshotIdentifier: target,
    ...more,
  });

  it('copies an automated snapshot and waits until it is available', async () => {
    const run = await rig.run('copySnapshot', input('kept-one', { manualSnapshotRetentionPeriod: 7 }));
    expect(run.failure).toBeUndefined();
    expect(run.result as CopySnapshotResult).toMatchObject({
      snapshotIdentifier: 'kept-one',
      clusterIdentifier: cluster,
      manualSnapshotRetentionPeriod: 7,
      adopted: false,
    });
    expect(run.state?.aws).toEqual([{ kind: 'snapshot', id: 'kept-one', step: 'copy' }]);
    expect(await rig.effectCounts('CopyClusterSnapshot')).toEqual({ 'kept-one': 1 });
  });
});
