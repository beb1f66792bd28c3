import { keepRecoveryPoint, scheduleRecoveryPoint } from './recovery-points';
import type { ServerlessContext } from './room';
import { prepareNamespace } from './rows';
import { keepSnapshot } from './snapshots';
import type { Namespace, RecoveryPoint, Snapshot, Workgroup } from './state';

/**
 * Puts a namespace into the world without any API call; for seeds and tests. Its name is also its warehouse's, so no
 * cluster may have it. Recovery points are made from then on.
 */
export function addNamespace(
  context: ServerlessContext,
  namespace: Pick<Namespace, 'name'> & Partial<Namespace>,
): Namespace {
  const { world, state } = context;
  const added: Namespace = {
    id: world.id('namespace'),
    databaseName: 'dev',
    adminUsername: 'admin',
    createTime: world.clock.now(),
    status: 'AVAILABLE',
    megaBytes: 1,
    lastRecoveryPoint: world.clock.now(),
    rowsToKeep: new Set(),
    rowsToDrop: new Set(),
    ...namespace,
  };
  state.namespaces.set(added.name, added);
  prepareNamespace(context, added, () => Promise.resolve());
  scheduleRecoveryPoint(context, added);
  return added;
}

export function addWorkgroup(
  { world, state }: ServerlessContext,
  workgroup: Pick<Workgroup, 'name' | 'namespaceName'> & Partial<Workgroup>,
): Workgroup {
  const added: Workgroup = {
    id: world.id('workgroup'),
    createTime: world.clock.now(),
    status: 'AVAILABLE',
    ...workgroup,
  };
  state.workgroups.set(added.name, added);
  return added;
}

/** Puts a recovery point into the world; whoever calls it captures the rows under its `contentKey`. */
export function addRecoveryPoint(
  context: ServerlessContext,
  workgroup: Workgroup,
  given: Pick<RecoveryPoint, 'createTime' | 'megaBytes'>,
): RecoveryPoint {
  const point: RecoveryPoint = {
    id: context.world.id('recovery-point'),
    namespaceName: workgroup.namespaceName,
    workgroupName: workgroup.name,
    contentKey: context.world.id('recovery-point-content'),
    ...given,
  };
  keepRecoveryPoint(context, point);
  return point;
}

/** Puts a finished snapshot into the world; whoever calls it captures the rows under its `contentKey`. */
export function addSnapshot(
  context: ServerlessContext,
  given: Pick<Snapshot, 'name' | 'namespaceName' | 'createTime' | 'megaBytes'> & Partial<Snapshot>,
): Snapshot {
  const snapshot: Snapshot = {
    id: context.world.id('serverless-snapshot'),
    requestTime: given.createTime,
    readyTime: given.createTime,
    setupSeconds: 0,
    retentionDays: -1,
    retentionStart: given.createTime,
    contentKey: context.world.id('serverless-snapshot-content'),
    tags: [],
    ...given,
  };
  keepSnapshot(context, snapshot);
  return snapshot;
}
