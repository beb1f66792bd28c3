import { RedshiftClient } from '@aws-sdk/client-redshift';
import { startSimulator, type Simulator } from '../../../simulator';
import type { Settings } from '../../../simulator/core/settings';
import { addCluster, addSnapshot } from '../../../simulator/redshift/setup';
import type { Snapshot } from '../../../simulator/redshift/state';
import { createMemoryWarehouse, type MemoryWarehouse } from './memory-warehouse';

export const startTime = new Date('2026-03-01T12:00:00Z');

export interface RedshiftWorld {
  simulator: Simulator;
  redshift: RedshiftClient;
  /** The tables of cluster `analytics`: dev.public.orders 1000 MB, dev.public.clicks interleaved. */
  tables: MemoryWarehouse;
  /** Of `analytics`, taken six hours before the start. */
  automated: Snapshot;
  close(): Promise<void>;
}

/**
 * A frozen world (time moves only by `simulator.advance`) with clusters `analytics` and `reporting`, one automated
 * snapshot each and a manual one, reached through the real SDK client over HTTP.
 */
export async function startRedshiftWorld(settings: Partial<Settings> = {}): Promise<RedshiftWorld> {
  const warehouses = new Map<string, MemoryWarehouse>();
  const warehouseOf = (name: string): MemoryWarehouse => {
    const known = warehouses.get(name) ?? createMemoryWarehouse();
    warehouses.set(name, known);
    return known;
  };
  const snapshots: Snapshot[] = [];
  const simulator = await startSimulator({
    start: startTime,
    settings: {
      clockSpeed: 0,
      snapshotCopySeconds: 10,
      snapshotCopyMegaBytesPerSecond: 100,
      restorePendingSeconds: 5,
      restoreSeconds: 10,
      restoreMegaBytesPerSecond: 100,
      restoreTotalUnknownSeconds: 2,
      busyAfterRestoreSeconds: 60,
      ...settings,
    },
    createWarehouse: (name) => Promise.resolve(warehouseOf(name)),
    seed: async ({ rooms: { redshift } }) => {
      for (const identifier of ['analytics', 'reporting']) {
        const cluster = addCluster(redshift.context, { identifier });
        const tables = warehouseOf(identifier);
        tables.add({ database: 'dev', schema: 'public', table: 'orders', megaBytes: 1000 });
        tables.add({
          database: 'dev',
          schema: 'public',
          table: 'clicks',
          megaBytes: 10,
          interleavedSortKey: true,
        });
        const createTime = new Date(startTime.getTime() - 6 * 3_600_000);
        const automated = addSnapshot(redshift.context, cluster, { createTime, megaBytes: 1010 });
        await tables.capture(automated.contentKey);
        const manual = addSnapshot(redshift.context, cluster, {
          identifier: `${identifier}-weekly`,
          type: 'manual',
          createTime: new Date(startTime.getTime() - 5 * 86_400_000),
          megaBytes: 1010,
        });
        await tables.share(automated.contentKey, manual.contentKey);
        snapshots.push(automated, manual);
      }
    },
  });
  const redshift = new RedshiftClient({
    endpoint: simulator.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
    maxAttempts: 1,
  });
  const [automated] = snapshots as [Snapshot];
  return {
    simulator,
    redshift,
    tables: warehouseOf('analytics'),
    automated,
    async close() {
      redshift.destroy();
      await simulator.close();
    },
  };
}
