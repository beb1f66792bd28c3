import type {
  ConvertRecoveryPointToSnapshotRequest,
  CreateSnapshotRequest,
  UpdateSnapshotRequest,
} from '@aws-sdk/client-redshift-serverless';
import { backupTimes, expiryOf } from '../backups/backup';
import type { Operations, RequestContext } from '../core/types';
import { refusals } from './errors';
import { requireName, requireRetention, requireTags } from './names';
import {
  requireNamespace,
  requireRecoveryPoint,
  requireSnapshot,
  snapshotArn,
  type ServerlessContext,
} from './room';
import { keepRows } from './rows';
import {
  dropSnapshot,
  keepSnapshot,
  requireSnapshotAvailable,
  scheduleExpiry,
  snapshotOutput,
  snapshotStatus,
} from './snapshots';
import type { Snapshot, Tag } from './state';

interface NewSnapshot {
  snapshotName?: string | undefined;
  retentionPeriod?: number | undefined;
  tags?: Tag[] | undefined;
}

/** The calls that make, change and delete serverless snapshots. The name is the only key there is. */
export function snapshotChanges(context: ServerlessContext): Operations {
  const { world, state, exclusively } = context;

  function requireRoom(input: NewSnapshot): Pick<Snapshot, 'name' | 'retentionDays' | 'tags'> {
    const name = requireName('snapshotName', input.snapshotName ?? '');
    const retentionDays = requireRetention(input.retentionPeriod, -1);
    return { name, retentionDays, tags: requireTags(name, input.tags) };
  }

  function requireFree(name: string): void {
    if (state.snapshots.has(name)) throw refusals.conflict(`The snapshot ${name} already exists.`);
    const quota = world.settings.serverlessSnapshotQuota;
    if (state.snapshots.size >= quota) {
      throw refusals.quota(`The request would exceed the number of snapshots allowed (${quota}).`);
    }
  }

  return {
    /** The snapshot holds the rows of its recovery point, and outlives it. */
    ConvertRecoveryPointToSnapshot: (input: ConvertRecoveryPointToSnapshotRequest, request: RequestContext) =>
      exclusively(async () => {
        const asked = requireRoom(input);
        const point = requireRecoveryPoint(context, input.recoveryPointId);
        requireFree(asked.name);
        const contentKey = world.id('serverless-snapshot-content');
        await (await world.warehouse(point.namespaceName)).share(point.contentKey, contentKey);
        const now = world.clock.now();
        const snapshot: Snapshot = {
          ...backupTimes(world.settings, point.megaBytes, now),
          ...asked,
          id: world.id('serverless-snapshot'),
          namespaceName: point.namespaceName,
          createTime: world.settings.convertedSnapshotTime === 'request' ? now : point.createTime,
          contentKey,
          convertedFrom: point.id,
          terminal: request.terminal,
        };
        keepSnapshot(context, snapshot);
        request.effect('ConvertRecoveryPointToSnapshot', snapshot.name, { recoveryPointId: point.id });
        return { snapshot: snapshotOutput(context, snapshot) };
      }),

    CreateSnapshot: (input: CreateSnapshotRequest, request: RequestContext) =>
      exclusively(async () => {
        const asked = requireRoom(input);
        const namespace = requireNamespace(context, input.namespaceName);
        if (namespace.status !== 'AVAILABLE') throw refusals.operationRunning('creating the snapshot');
        requireFree(asked.name);
        const contentKey = world.id('serverless-snapshot-content');
        const now = world.clock.now();
        const megaBytes = await keepRows(context, namespace, contentKey);
        const snapshot: Snapshot = {
          ...backupTimes(world.settings, megaBytes, now),
          ...asked,
          id: world.id('serverless-snapshot'),
          namespaceName: namespace.name,
          createTime: now,
          contentKey,
          terminal: request.terminal,
        };
        keepSnapshot(context, snapshot);
        request.effect('CreateSnapshot', snapshot.name, { namespace: namespace.name });
        return { snapshot: snapshotOutput(context, snapshot) };
      }),

    UpdateSnapshot: (input: UpdateSnapshotRequest, request: RequestContext) =>
      exclusively(async () => {
        const snapshot = requireSnapshot(context, input.snapshotName);
        const days = requireRetention(input.retentionPeriod, snapshot.retentionDays);
        const now = world.clock.now();
        requireSnapshotAvailable(snapshot, now);
        const expiry = expiryOf({ ...snapshot, retentionDays: days });
        if (expiry !== undefined && expiry <= now) {
          throw refusals.invalid(`The retentionPeriod ${days} is not valid: it would already have ended.`);
        }
        snapshot.retentionDays = days;
        scheduleExpiry(context, snapshot);
        request.effect('UpdateSnapshot', snapshot.name, { days });
        return Promise.resolve({ snapshot: snapshotOutput(context, snapshot) });
      }),

    /** A snapshot that failed can be deleted, or its name would be taken for ever. */
    DeleteSnapshot: (input: { snapshotName?: string }, request: RequestContext) =>
      exclusively(async () => {
        const snapshot = requireSnapshot(context, input.snapshotName);
        const now = world.clock.now();
        if (snapshotStatus(snapshot, now) === 'CREATING') requireSnapshotAvailable(snapshot, now);
        const answer = { snapshot: { ...snapshotOutput(context, snapshot), status: 'DELETED' } };
        await dropSnapshot(context, snapshot);
        request.effect('DeleteSnapshot', snapshot.name);
        return answer;
      }),

    /** Of snapshots, which alone have tags here. */
    ListTagsForResource({ resourceArn = '' }: { resourceArn?: string }) {
      const found = [...state.snapshots.values()].find(
        (snapshot) => snapshotArn(context, snapshot) === resourceArn,
      );
      if (found === undefined) throw refusals.notFound('resource', resourceArn);
      return { tags: found.tags };
    },
  };
}
