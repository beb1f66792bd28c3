import {
  CreateClusterSnapshotCommand,
  DescribeClustersCommand,
  PauseClusterCommand,
  RebootClusterCommand,
  ResumeClusterCommand,
  RestoreTableFromClusterSnapshotCommand,
  paginateDescribeClusters,
} from '@aws-sdk/client-redshift';
import { addCluster } from '../../../simulator/redshift/setup';
import { refusalOf } from '../support/refusal';
import { startRedshiftWorld, type RedshiftWorld } from '../support/redshift-world';

let world: RedshiftWorld;
beforeEach(async () => {
  world = await startRedshiftWorld();
});
afterEach(() => world.close());

const ClusterIdentifier = 'analytics';
const status = async (): Promise<string | undefined> => {
  const { Clusters } = await world.redshift.send(new DescribeClustersCommand({ ClusterIdentifier }));
  return Clusters?.[0]?.ClusterStatus;
};

describe('clusters', () => {
  it('are described with endpoint, database and size', async () => {
    const { Clusters } = await world.redshift.send(
      new DescribeClustersCommand({ ClusterIdentifier: 'ANALYTICS' }),
    );
    expect(Clusters).toMatchObject([
      {
        ClusterIdentifier: 'analytics',
        ClusterStatus: 'available',
        DBName: 'dev',
        NodeType: 'ra3.xlplus',
        NumberOfNodes: 2,
        Endpoint: { Port: 5439 },
      },
    ]);
  });

  it('are listed page by page', async () => {
    for (let n = 0; n < 45; n += 1)
      addCluster(world.simulator.rooms.redshift.context, { identifier: `c${n}` });
    const sizes: number[] = [];
    for await (const page of paginateDescribeClusters({ client: world.redshift, pageSize: 20 }, {})) {
      sizes.push(page.Clusters?.length ?? 0);
    }
    expect(sizes).toEqual([20, 20, 7]);
  });

  it('answer ClusterNotFound with 404 for an unknown one', async () => {
    const call = world.redshift.send(new DescribeClustersCommand({ ClusterIdentifier: 'nothing' }));
    expect(await refusalOf(call)).toMatchObject({
      name: 'ClusterNotFoundFault',
      code: 'ClusterNotFound',
      status: 404,
    });
  });

  it('pause, refuse work while paused, and resume', async () => {
    await world.redshift.send(new PauseClusterCommand({ ClusterIdentifier }));
    expect(await status()).toBe('pausing');
    await world.simulator.advance(10);
    expect(await status()).toBe('paused');
    const { redshift, automated } = world;
    const snapshot = new CreateClusterSnapshotCommand({ ClusterIdentifier, SnapshotIdentifier: 'now' });
    const restore = new RestoreTableFromClusterSnapshotCommand({
      ClusterIdentifier,
      SnapshotIdentifier: automated.identifier,
      SourceDatabaseName: 'dev',
      SourceTableName: 'orders',
      NewTableName: 'orders_restored',
    });
    expect(await refusalOf(redshift.send(snapshot))).toMatchObject({
      code: 'InvalidClusterState',
      status: 400,
    });
    expect(await refusalOf(redshift.send(restore))).toMatchObject({
      name: 'InvalidClusterStateFault',
      code: 'InvalidClusterState',
      message: expect.stringContaining('paused'),
    });
    await redshift.send(new ResumeClusterCommand({ ClusterIdentifier }));
    expect(await status()).toBe('resuming');
    await world.simulator.advance(10);
    expect(await status()).toBe('available');
  });

  it('reboot for a while, and can neither be resumed nor paused then', async () => {
    await world.redshift.send(new RebootClusterCommand({ ClusterIdentifier }));
    expect(await status()).toBe('rebooting');
    const calls = [
      new PauseClusterCommand({ ClusterIdentifier }),
      new ResumeClusterCommand({ ClusterIdentifier }),
    ];
    for (const call of calls) {
      expect(await refusalOf(world.redshift.send(call as PauseClusterCommand))).toMatchObject({
        code: 'InvalidClusterState',
      });
    }
    await world.simulator.advance(10);
    expect(await status()).toBe('available');
  });
});
