import { oneAtATime, type OneAtATime } from '../core/one-at-a-time';
import type { SimWorld } from '../core/sim-world';
import { refusals } from './errors';
import { requireName } from './names';
import {
  emptyState,
  type Namespace,
  type RecoveryPoint,
  type ServerlessState,
  type Snapshot,
  type Workgroup,
} from './state';

/** What every operation of this service works with. */
export interface ServerlessContext {
  readonly world: SimWorld;
  readonly state: ServerlessState;
  /** Runs changes one after the other. */
  readonly exclusively: OneAtATime;
}

export function createContext(world: SimWorld): ServerlessContext {
  return { world, state: emptyState(), exclusively: oneAtATime() };
}

export function requireNamespace({ state }: ServerlessContext, name = ''): Namespace {
  const namespace = state.namespaces.get(requireName('namespaceName', name));
  if (namespace === undefined) throw refusals.notFound('namespace', name);
  return namespace;
}

export function requireWorkgroup({ state }: ServerlessContext, name = ''): Workgroup {
  const workgroup = state.workgroups.get(requireName('workgroupName', name));
  if (workgroup === undefined) throw refusals.notFound('workgroup', name);
  return workgroup;
}

export function requireRecoveryPoint({ state }: ServerlessContext, id = ''): RecoveryPoint {
  const point = state.recoveryPoints.get(id);
  if (point === undefined) throw refusals.notFound('recovery point', id);
  return point;
}

export function requireSnapshot({ state }: ServerlessContext, name = ''): Snapshot {
  const snapshot = state.snapshots.get(requireName('snapshotName', name));
  if (snapshot === undefined) throw refusals.notFound('snapshot', name);
  return snapshot;
}

/** @param resource e.g. `namespace/<id>`. */
export function arn({ world }: ServerlessContext, resource: string): string {
  return `arn:aws:redshift-serverless:${world.region}:${world.accountId}:${resource}`;
}

export function namespaceArn(context: ServerlessContext, name: string): string | undefined {
  const namespace = context.state.namespaces.get(name);
  return namespace && arn(context, `namespace/${namespace.id}`);
}

export function snapshotArn(context: ServerlessContext, { id }: Snapshot): string {
  return arn(context, `snapshot/${id}`);
}

/** Whether a list or look sees what was made at `time`: lists lag by the setting, and a `stale` fault hides more. */
export function visibleAt(
  { world }: ServerlessContext,
  staleSeconds: number,
  list: boolean,
): (time: Date) => boolean {
  const lag = Math.max(list ? world.settings.listLagSeconds : 0, staleSeconds);
  const seen = world.clock.now().getTime() - lag * 1000;
  return (time) => time.getTime() <= seen;
}
