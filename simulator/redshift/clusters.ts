import type { Cluster as ClusterOutput } from '@aws-sdk/client-redshift';
import type { Operations, RequestContext } from '../core/types';
import { refusals } from './errors';
import { folded } from './identifiers';
import { page } from './paging';
import { unfinishedRestores } from './restore-queue';
import { requireCluster, type RedshiftContext } from './room';
import type { Cluster } from './state';

/** The status that AWS shows: `available` also while a restore keeps the cluster busy, which is the trap. */
export function clusterStatus(cluster: Cluster, now: Date): string {
  const { transition } = cluster;
  if (transition === undefined) return cluster.state;
  return now < transition.until ? transition.status : transition.afterwards;
}

/** @throws InvalidClusterState unless the cluster is there for work. */
export function requireAvailable(cluster: Cluster, now: Date): void {
  const status = clusterStatus(cluster, now);
  if (status !== 'available') {
    throw refusals.invalidClusterState(
      `The cluster ${cluster.identifier} is not in the available state (it is ${status}).`,
    );
  }
}

export function clusterOutput({ world }: RedshiftContext, cluster: Cluster): ClusterOutput {
  const status = clusterStatus(cluster, world.clock.now());
  return {
    ClusterIdentifier: cluster.identifier,
    NodeType: cluster.nodeType,
    ClusterStatus: status,
    ClusterAvailabilityStatus:
      status === 'available' ? 'Available' : status === 'paused' ? 'Paused' : 'Modifying',
    MasterUsername: cluster.masterUsername,
    DBName: cluster.databaseName,
    Endpoint: { Address: `${cluster.identifier}.c0ffee.${world.region}.redshift.amazonaws.com`, Port: 5439 },
    ClusterCreateTime: cluster.createTime,
    AutomatedSnapshotRetentionPeriod: cluster.automatedRetentionDays,
    ManualSnapshotRetentionPeriod: -1,
    ClusterSecurityGroups: [],
    VpcSecurityGroups: [],
    ClusterSubnetGroupName: 'default',
    VpcId: 'vpc-0000000000000000a',
    AvailabilityZone: `${world.region}a`,
    PreferredMaintenanceWindow: 'sat:05:00-sat:05:30',
    PendingModifiedValues: {},
    ClusterVersion: '1.0',
    AllowVersionUpgrade: true,
    NumberOfNodes: cluster.numberOfNodes,
    PubliclyAccessible: false,
    Encrypted: false,
    Tags: [],
    EnhancedVpcRouting: false,
    MaintenanceTrackName: 'current',
    ClusterNamespaceArn: `arn:aws:redshift:${world.region}:${world.accountId}:namespace:${cluster.identifier}`,
  };
}

export function clusterOperations(context: RedshiftContext): Operations {
  const { state, world } = context;
  return {
    DescribeClusters(input: { ClusterIdentifier?: string; MaxRecords?: number; Marker?: string }) {
      const all =
        input.ClusterIdentifier === undefined
          ? [...state.clusters.values()]
          : [requireCluster(context, input.ClusterIdentifier)];
      const { items, Marker } = page(all, ({ identifier }) => identifier, input);
      return { Clusters: items.map((cluster) => clusterOutput(context, cluster)), Marker };
    },
    PauseCluster: transition('available', 'pausing', 'paused'),
    ResumeCluster: transition('paused', 'resuming', 'available'),
    RebootCluster: transition('available', 'rebooting', 'available'),
  };

  function transition(from: string, status: string, afterwards: 'available' | 'paused') {
    return (input: { ClusterIdentifier: string }, request: RequestContext): object => {
      const cluster = requireCluster(context, input.ClusterIdentifier);
      const now = world.clock.now();
      const current = clusterStatus(cluster, now);
      if (current !== from) {
        throw refusals.invalidClusterState(
          `The cluster ${cluster.identifier} is not in the ${from} state (it is ${current}).`,
        );
      }
      if (unfinishedRestores(context, cluster).length > 0) throw refusals.operationRunning();
      const until = new Date(now.getTime() + world.settings.clusterTransitionSeconds * 1000);
      cluster.transition = { status, until, afterwards };
      request.effect(request.operation, cluster.identifier);
      return { Cluster: clusterOutput(context, cluster) };
    };
  }
}

/** For the Data API: a paused cluster, or one on its way, runs no SQL. */
export function clusterDataTarget(
  { state, world }: RedshiftContext,
  identifier: string,
): { warehouseName: string; paused: boolean } | undefined {
  const cluster = state.clusters.get(folded(identifier));
  if (cluster === undefined) return undefined;
  return {
    warehouseName: cluster.identifier,
    paused: clusterStatus(cluster, world.clock.now()) !== 'available',
  };
}
