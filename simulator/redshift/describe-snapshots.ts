import type { DescribeClusterSnapshotsMessage } from '@aws-sdk/client-redshift';
import type { Operations, RequestContext } from '../core/types';
import { refusals } from './errors';
import { folded } from './identifiers';
import { page } from './paging';
import type { RedshiftContext } from './room';
import { snapshotOutput } from './snapshots';
import type { Snapshot } from './state';

type Filter = (snapshot: Snapshot) => boolean;

/** DescribeClusterSnapshots with the filters of its API page; all that are given must hold. */
export function describeSnapshots(context: RedshiftContext): Operations {
  return {
    DescribeClusterSnapshots(input: DescribeClusterSnapshotsMessage, request: RequestContext) {
      const filters = [...filtersOf(context, input), visibleFilter(context, input, request)];
      const found = [...context.state.snapshots.values()].filter((snapshot) =>
        filters.every((holds) => holds(snapshot)),
      );
      if (input.SnapshotIdentifier !== undefined && found.length === 0) {
        throw refusals.snapshotNotFound(input.SnapshotIdentifier);
      }
      found.sort(orderOf(input));
      const { items, Marker } = page(found, ({ identifier }) => identifier, input);
      return { Snapshots: items.map((snapshot) => snapshotOutput(context, snapshot)), Marker };
    },
  };
}

function filtersOf({ state }: RedshiftContext, input: DescribeClusterSnapshotsMessage): Filter[] {
  const filters: Filter[] = [];
  const { ClusterIdentifier, SnapshotIdentifier, SnapshotArn, SnapshotType, StartTime, EndTime } = input;
  if (ClusterIdentifier !== undefined) {
    filters.push(({ clusterIdentifier }) => clusterIdentifier === folded(ClusterIdentifier));
  }
  if (SnapshotIdentifier !== undefined) {
    filters.push(({ identifier }) => identifier === folded(SnapshotIdentifier));
  }
  if (SnapshotArn !== undefined) {
    filters.push(({ identifier }) => SnapshotArn.endsWith(`/${identifier}`));
  }
  if (SnapshotType !== undefined) {
    if (SnapshotType !== 'automated' && SnapshotType !== 'manual') {
      throw refusals.invalidParameter('The value of SnapshotType must be automated or manual.');
    }
    filters.push(({ type }) => type === SnapshotType);
  }
  if (StartTime !== undefined) filters.push(({ createTime }) => createTime >= StartTime);
  if (EndTime !== undefined) filters.push(({ createTime }) => createTime <= EndTime);
  if (input.ClusterExists !== undefined) {
    if (input.ClusterExists && ClusterIdentifier === undefined) {
      throw refusals.invalidCombination('ClusterIdentifier is required when ClusterExists is true.');
    }
    if (input.ClusterExists && !state.clusters.has(folded(ClusterIdentifier ?? ''))) {
      throw refusals.clusterNotFound(ClusterIdentifier ?? '');
    }
    filters.push(({ clusterIdentifier }) => state.clusters.has(clusterIdentifier) === input.ClusterExists);
  }
  if ((input.TagKeys?.length ?? 0) > 0) {
    filters.push(({ tags }) => tags.some(({ Key }) => input.TagKeys?.includes(Key ?? '')));
  }
  if ((input.TagValues?.length ?? 0) > 0) {
    filters.push(({ tags }) => tags.some(({ Value }) => input.TagValues?.includes(Value ?? '')));
  }
  return filters;
}

/** Lists lag behind by the setting; a `stale` fault also hides what was asked for by name. */
function visibleFilter(
  { world }: RedshiftContext,
  input: DescribeClusterSnapshotsMessage,
  request: RequestContext,
): Filter {
  const lag = input.SnapshotIdentifier === undefined ? world.settings.listLagSeconds : 0;
  const seen = world.clock.now().getTime() - Math.max(lag, request.staleSeconds) * 1000;
  return ({ requestTime }) => requestTime.getTime() <= seen;
}

/** By create time unless SortingEntities says otherwise; the name decides between equals, so that pages are stable. */
function orderOf({ SortingEntities }: DescribeClusterSnapshotsMessage): (a: Snapshot, b: Snapshot) => number {
  const entities = SortingEntities?.length ? SortingEntities : [{ Attribute: 'CREATE_TIME' as const }];
  const values = {
    CREATE_TIME: ({ createTime }: Snapshot) => createTime.getTime(),
    TOTAL_SIZE: ({ megaBytes }: Snapshot) => megaBytes,
    SOURCE_TYPE: ({ type }: Snapshot) => (type === 'automated' ? 0 : 1),
  };
  return (a, b) => {
    for (const { Attribute, SortOrder } of entities as { Attribute?: string; SortOrder?: string }[]) {
      const value = values[Attribute as keyof typeof values];
      if (value === undefined) throw refusals.invalidParameter('The sorting attribute is not known.');
      const difference = value(a) - value(b);
      if (difference !== 0) return SortOrder === 'DESC' ? -difference : difference;
    }
    return a.identifier < b.identifier ? -1 : 1;
  };
}
