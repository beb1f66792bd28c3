import { oneAtATime, type OneAtATime } from '../core/one-at-a-time';
import type { SimWorld } from '../core/sim-world';
import { refusals } from './errors';
import { folded } from './identifiers';
import { emptyState, type Cluster, type RedshiftState, type Snapshot } from './state';

/** What every operation of this service works with. */
export interface RedshiftContext {
  readonly world: SimWorld;
  readonly state: RedshiftState;
  /** Runs changes one after the other. */
  readonly exclusively: OneAtATime;
}

export function createContext(world: SimWorld): RedshiftContext {
  return { world, state: emptyState(), exclusively: oneAtATime() };
}

export function requireCluster({ state }: RedshiftContext, identifier: string): Cluster {
  const cluster = state.clusters.get(folded(identifier));
  if (cluster === undefined) throw refusals.clusterNotFound(identifier);
  return cluster;
}

/** @param clusterIdentifier when given, the snapshot must have been taken from this cluster. */
export function requireSnapshot(
  { state }: RedshiftContext,
  identifier: string,
  clusterIdentifier?: string,
): Snapshot {
  const snapshot = state.snapshots.get(folded(identifier));
  if (snapshot === undefined) throw refusals.snapshotNotFound(identifier);
  if (clusterIdentifier !== undefined && snapshot.clusterIdentifier !== folded(clusterIdentifier)) {
    throw refusals.snapshotNotFound(
      identifier,
      ` It was not taken from the cluster ${clusterIdentifier}, but from ${snapshot.clusterIdentifier}.`,
    );
  }
  return snapshot;
}
