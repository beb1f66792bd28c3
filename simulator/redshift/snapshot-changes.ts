import type {
  CopyClusterSnapshotMessage,
  CreateClusterSnapshotMessage,
  DeleteClusterSnapshotMessage,
  ModifyClusterSnapshotMessage,
} from '@aws-sdk/client-redshift';
import { backupTimes, expiryOf } from '../backups/backup';
import type { Operations, RequestContext } from '../core/types';
import { requireAvailable } from './clusters';
import { refusals } from './errors';
import { requireIdentifier, requireRetention } from './identifiers';
import { requireCluster, requireSnapshot, type RedshiftContext } from './room';
import {
  dropSnapshot,
  keepSnapshot,
  requireSnapshotAvailable,
  requireSnapshotRoom,
  scheduleExpiry,
  snapshotOutput,
  snapshotStatus,
} from './snapshots';
import type { Snapshot } from './state';

/** The calls that make, change and delete cluster snapshots. */
export function snapshotChanges(context: RedshiftContext): Operations {
  const { world, state, exclusively } = context;

  function requireFreeName(identifier: string): void {
    if (state.snapshots.has(identifier)) throw refusals.snapshotExists(identifier);
  }

  /** What a new manual snapshot has of its own; it is ready when the clock says so. */
  function manualSnapshot(
    request: RequestContext,
    megaBytes: number,
    retentionDays: number,
  ): Omit<Snapshot, 'identifier' | 'clusterIdentifier' | 'createTime' | 'contentKey'> {
    return {
      ...backupTimes(world.settings, megaBytes, world.clock.now()),
      type: 'manual',
      retentionDays,
      tags: [],
      authorizedAccounts: [],
      terminal: request.terminal,
    };
  }

  return {
    /** The copy holds the rows of its source's moment: same create time, same captured rows under one more name. */
    CopyClusterSnapshot: (input: CopyClusterSnapshotMessage, request: RequestContext) =>
      exclusively(async () => {
        const identifier = requireIdentifier(
          'TargetSnapshotIdentifier',
          input.TargetSnapshotIdentifier ?? '',
        );
        const retention = requireRetention(input.ManualSnapshotRetentionPeriod, -1);
        const source = requireSnapshot(
          context,
          input.SourceSnapshotIdentifier ?? '',
          input.SourceSnapshotClusterIdentifier,
        );
        if (source.type !== 'automated') {
          throw refusals.invalidSnapshotState(
            `Cannot copy the snapshot ${source.identifier} because only automated snapshots may be copied.`,
          );
        }
        requireSnapshotAvailable(source, world.clock.now());
        requireFreeName(identifier);
        requireSnapshotRoom(context);
        const contentKey = world.id('snapshot-content');
        const warehouse = await world.warehouse(source.clusterIdentifier);
        await warehouse.share(source.contentKey, contentKey);
        const copy: Snapshot = {
          ...manualSnapshot(request, source.megaBytes, retention),
          identifier,
          clusterIdentifier: source.clusterIdentifier,
          createTime: source.createTime,
          contentKey,
          copiedFrom: source.identifier,
        };
        keepSnapshot(context, copy);
        request.effect('CopyClusterSnapshot', identifier, { source: source.identifier });
        return { Snapshot: snapshotOutput(context, copy) };
      }),

    CreateClusterSnapshot: (input: CreateClusterSnapshotMessage, request: RequestContext) =>
      exclusively(async () => {
        const identifier = requireIdentifier('SnapshotIdentifier', input.SnapshotIdentifier ?? '');
        const retention = requireRetention(input.ManualSnapshotRetentionPeriod, -1);
        const cluster = requireCluster(context, input.ClusterIdentifier ?? '');
        requireAvailable(cluster, world.clock.now());
        requireFreeName(identifier);
        requireSnapshotRoom(context);
        const contentKey = world.id('snapshot-content');
        const createTime = world.clock.now();
        const { megaBytes } = await (await world.warehouse(cluster.identifier)).capture(contentKey);
        const snapshot: Snapshot = {
          ...manualSnapshot(request, megaBytes, retention),
          identifier,
          clusterIdentifier: cluster.identifier,
          createTime,
          contentKey,
          tags: input.Tags ?? [],
        };
        keepSnapshot(context, snapshot);
        request.effect('CreateClusterSnapshot', identifier, { cluster: cluster.identifier });
        return { Snapshot: snapshotOutput(context, snapshot) };
      }),

    DeleteClusterSnapshot: (input: DeleteClusterSnapshotMessage, request: RequestContext) =>
      exclusively(async () => {
        const snapshot = requireSnapshot(
          context,
          input.SnapshotIdentifier ?? '',
          input.SnapshotClusterIdentifier,
        );
        requireManual(snapshot, 'deleted');
        const status = snapshotStatus(snapshot, world.clock.now());
        // A failed snapshot can be deleted, or its name would be taken for ever.
        if (status === 'creating') requireSnapshotAvailable(snapshot, world.clock.now());
        if (snapshot.authorizedAccounts.length > 0) {
          throw refusals.invalidSnapshotState(
            `The snapshot ${snapshot.identifier} cannot be deleted while other accounts are authorized to access it.`,
          );
        }
        const answer = { Snapshot: { ...snapshotOutput(context, snapshot), Status: 'deleted' } };
        await dropSnapshot(context, snapshot);
        request.effect('DeleteClusterSnapshot', snapshot.identifier);
        return answer;
      }),

    /** A period that would already be over is refused, or with Force deletes the snapshot at once. */
    ModifyClusterSnapshot: (input: ModifyClusterSnapshotMessage, request: RequestContext) =>
      exclusively(async () => {
        const snapshot = requireSnapshot(context, input.SnapshotIdentifier ?? '');
        requireManual(snapshot, 'modified');
        requireSnapshotAvailable(snapshot, world.clock.now());
        const days = requireRetention(input.ManualSnapshotRetentionPeriod, snapshot.retentionDays);
        const changed = { ...snapshot, retentionDays: days };
        const over = (expiryOf(changed)?.getTime() ?? Infinity) <= world.clock.now().getTime();
        if (over && input.Force !== true) throw refusals.invalidRetention();
        snapshot.retentionDays = days;
        const answer = { Snapshot: snapshotOutput(context, snapshot) };
        if (over) await dropSnapshot(context, snapshot);
        else scheduleExpiry(context, snapshot);
        request.effect('ModifyClusterSnapshot', snapshot.identifier, { days });
        return answer;
      }),
  };
}

function requireManual(snapshot: Snapshot, what: 'deleted' | 'modified'): void {
  if (snapshot.type !== 'manual') {
    throw refusals.invalidSnapshotState(
      `Cannot process the snapshot ${snapshot.identifier} because only manual snapshots may be ${what}.`,
    );
  }
}
