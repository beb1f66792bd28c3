import { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { startSimulator, type Simulator } from '../../../simulator';
import type { Settings } from '../../../simulator/core/settings';
import {
  addNamespace,
  addRecoveryPoint,
  addSnapshot,
  addWorkgroup,
} from '../../../simulator/redshift-serverless/setup';
import type { RecoveryPoint } from '../../../simulator/redshift-serverless/state';
import { createMemoryWarehouse, type MemoryWarehouse } from './memory-warehouse';

export const startTime = new Date('2026-03-01T12:00:00Z');
export const hoursAgo = (hours: number): Date => new Date(startTime.getTime() - hours * 3_600_000);

export interface ServerlessWorld {
  simulator: Simulator;
  serverless: RedshiftServerlessClient;
  /** The tables of namespace `adhoc`: dev.public.events 1000 MB, dev.public.clicks interleaved. */
  tables: MemoryWarehouse;
  /** Of `adhoc`, oldest first: made 23.5 hours, 2 hours and 10 minutes before the start. */
  points: [RecoveryPoint, RecoveryPoint, RecoveryPoint];
  close(): Promise<void>;
}

/**
 * A frozen world (time moves only by `simulator.advance`) with namespace and workgroup `adhoc`, its recovery points and
 * snapshot `adhoc-weekly`, and beside it namespace and workgroup `science`, reached through the real SDK client over HTTP.
 */
export async function startServerlessWorld(settings: Partial<Settings> = {}): Promise<ServerlessWorld> {
  const warehouses = new Map<string, MemoryWarehouse>();
  const warehouseOf = (name: string): MemoryWarehouse => {
    const known = warehouses.get(name) ?? createMemoryWarehouse();
    warehouses.set(name, known);
    return known;
  };
  const points: RecoveryPoint[] = [];
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
    seed: async ({ rooms: { serverless } }) => {
      const { context } = serverless;
      for (const name of ['adhoc', 'science']) {
        addNamespace(context, {
          name,
          createTime: hoursAgo(2000),
          megaBytes: 1010,
          lastRecoveryPoint: hoursAgo(1 / 6),
        });
        const workgroup = addWorkgroup(context, { name, namespaceName: name, createTime: hoursAgo(2000) });
        const tables = warehouseOf(name);
        const table = { database: 'dev', schema: 'public' };
        tables.add({ ...table, table: 'events', megaBytes: 1000 });
        tables.add({ ...table, table: 'clicks', megaBytes: 10, interleavedSortKey: true });
        for (const hours of name === 'adhoc' ? [23.5, 2, 1 / 6] : [1]) {
          const point = addRecoveryPoint(context, workgroup, {
            createTime: hoursAgo(hours),
            megaBytes: 1010,
          });
          await tables.capture(point.contentKey);
          if (name === 'adhoc') points.push(point);
        }
        const weekly = addSnapshot(context, {
          name: `${name}-weekly`,
          namespaceName: name,
          createTime: hoursAgo(120),
          megaBytes: 1010,
        });
        await tables.capture(weekly.contentKey);
      }
    },
  });
  const serverless = new RedshiftServerlessClient({
    endpoint: simulator.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
    maxAttempts: 1,
  });
  return {
    simulator,
    serverless,
    tables: warehouseOf('adhoc'),
    points: points as ServerlessWorld['points'],
    async close() {
      serverless.destroy();
      await simulator.close();
    },
  };
}
