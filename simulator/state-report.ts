import type { Epoch } from './epoch';
import { clusterStatus } from './redshift/clusters';
import { restoreOutput } from './redshift/restore-status';
import { restoreOutput as serverlessRestoreOutput } from './redshift-serverless/restore-status';
import { snapshotStatus as serverlessSnapshotStatus } from './redshift-serverless/snapshots';
import { snapshotStatus } from './redshift/snapshots';
import type { ServerlessContext } from './redshift-serverless/room';

/** What there is in the simulated AWS, small enough to be read by a person. */
export async function describeState({ world, rooms, faults, log, effects }: Epoch): Promise<object> {
  const now = world.clock.now();
  const { context } = rooms.redshift;
  const { clusters, snapshots, restores } = context.state;
  return {
    now: now.toISOString(),
    clockSpeed: world.clock.speed,
    region: world.region,
    accountId: world.accountId,
    redshift: {
      clusters: [...clusters.values()].map((cluster) => ({
        identifier: cluster.identifier,
        status: clusterStatus(cluster, now),
        busyUntil: cluster.busyUntil?.toISOString(),
      })),
      snapshots: [...snapshots.values()].map((snapshot) => ({
        identifier: snapshot.identifier,
        cluster: snapshot.clusterIdentifier,
        type: snapshot.type,
        status: snapshotStatus(snapshot, now),
        createTime: snapshot.createTime.toISOString(),
        megaBytes: snapshot.megaBytes,
        copiedFrom: snapshot.copiedFrom,
      })),
      tableRestores: [...restores.values()].map((restore) => restoreOutput(context, restore)),
    },
    redshiftServerless: describeServerless(rooms.serverless.context),
    dynamodb: await describeDynamoDb(rooms.call),
    s3: {
      buckets: [...rooms.s3.store.buckets].map(([name, { objects }]) => ({ name, objects: objects.size })),
    },
    sns: {
      topics: [...rooms.sns.context.topics.keys()],
      messages: rooms.sns.context.messages.length,
    },
    upcoming: world.agenda.upcoming(),
    operations: log.list().length,
    effects: effects.list().length,
    faults: faults.list().length,
  };
}

function describeServerless(context: ServerlessContext): object {
  const { state, world } = context;
  return {
    namespaces: [...state.namespaces.values()].map(({ name, status, busyUntil }) => ({
      name,
      status,
      busyUntil: busyUntil?.toISOString(),
    })),
    workgroups: [...state.workgroups.values()].map(({ name, namespaceName, status }) => ({
      name,
      namespace: namespaceName,
      status,
    })),
    recoveryPoints: [...state.recoveryPoints.values()].map((point) => ({
      id: point.id,
      namespace: point.namespaceName,
      createTime: point.createTime.toISOString(),
      megaBytes: point.megaBytes,
    })),
    snapshots: [...state.snapshots.values()].map((snapshot) => ({
      name: snapshot.name,
      namespace: snapshot.namespaceName,
      status: serverlessSnapshotStatus(snapshot, world.clock.now()),
      createTime: snapshot.createTime.toISOString(),
      megaBytes: snapshot.megaBytes,
      convertedFrom: snapshot.convertedFrom,
    })),
    tableRestores: [...state.restores.values()].map((restore) => serverlessRestoreOutput(context, restore)),
  };
}

async function describeDynamoDb(call: Epoch['rooms']['call']): Promise<object> {
  const { TableNames } = (await call('dynamodb', 'ListTables', {})) as { TableNames: string[] };
  const tables = await Promise.all(
    TableNames.map(async (TableName) => {
      const { Table } = (await call('dynamodb', 'DescribeTable', { TableName })) as {
        Table: { TableStatus: string; ItemCount: number };
      };
      return { name: TableName, status: Table.TableStatus, items: Table.ItemCount };
    }),
  );
  const { ExportSummaries } = await call('dynamodb', 'ListExports', {});
  return { tables, exports: ExportSummaries };
}
