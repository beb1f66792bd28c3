import { automatedName } from './identifiers';
import type { RedshiftContext } from './room';
import { keepSnapshot } from './snapshots';
import type { Cluster, Snapshot } from './state';

/** Puts a cluster into the world without any API call; for seeds and tests. */
export function addCluster(
  { state, world }: RedshiftContext,
  cluster: Pick<Cluster, 'identifier'> & Partial<Cluster>,
): Cluster {
  const added: Cluster = {
    databaseName: 'dev',
    nodeType: 'ra3.xlplus',
    numberOfNodes: 2,
    masterUsername: 'awsuser',
    createTime: world.clock.now(),
    automatedRetentionDays: 1,
    state: 'available',
    ...cluster,
  };
  state.clusters.set(added.identifier, added);
  return added;
}

/**
 * Puts a finished snapshot into the world; whoever calls it captures the rows under its `contentKey`. An automated one
 * is named after its create time and lives as long as its cluster says.
 */
export function addSnapshot(
  context: RedshiftContext,
  cluster: Cluster,
  given: Pick<Snapshot, 'createTime' | 'megaBytes'> & Partial<Snapshot>,
): Snapshot {
  const automated = given.type !== 'manual';
  const snapshot: Snapshot = {
    identifier: automatedName(cluster.identifier, given.createTime),
    clusterIdentifier: cluster.identifier,
    type: 'automated',
    requestTime: given.createTime,
    readyTime: given.createTime,
    setupSeconds: 0,
    retentionDays: automated ? cluster.automatedRetentionDays : -1,
    retentionStart: given.createTime,
    contentKey: context.world.id('snapshot-content'),
    tags: [],
    authorizedAccounts: [],
    ...given,
  };
  keepSnapshot(context, snapshot);
  return snapshot;
}
