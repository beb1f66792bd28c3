import { createAgenda, type RunningAgenda } from './agenda';
import { createClock, type AdjustableClock } from './clock';
import { createIds } from './ids';
import { silentLogger, type SimulatorLogger } from './logger';
import { defaultSettings, type Settings } from './settings';
import { AwsError, type ObjectStore, type SqlWarehouse } from './types';
import type { World } from './world';

/** Where the Data API runs its SQL. */
export interface DataTarget {
  warehouseName: string;
  paused: boolean;
}

export type WarehouseFactory = (name: string, world: World) => Promise<SqlWarehouse>;

/** The world as its owner sees it: rooms with warehouses say how theirs are found, seeds how they are filled. */
export interface SimWorld extends World {
  readonly clock: AdjustableClock;
  readonly agenda: RunningAgenda;
  readonly logger: SimulatorLogger;
  /** Filled by the room that owns clusters, and by the one that owns serverless workgroups. */
  readonly dataTargets: {
    cluster?: (identifier: string) => DataTarget | undefined;
    workgroup?: (name: string) => DataTarget | undefined;
  };
  /** Runs once, when the warehouse is first touched and before anyone gets it: seeds are that lazy. */
  prepareWarehouse(name: string, prepare: (warehouse: SqlWarehouse) => Promise<void>): void;
  /** Whether the engine was touched already: what nobody has touched is as its seed plants it. */
  warehouseStarted(name: string): boolean;
  setObjects(store: ObjectStore): void;
  close(): Promise<void>;
}

export interface WorldOptions {
  createWarehouse: WarehouseFactory;
  settings?: Partial<Settings>;
  /** Virtual time at the start; real now by default. */
  start?: Date;
  region?: string;
  accountId?: string;
  logger?: SimulatorLogger;
}

export function createWorld(options: WorldOptions): SimWorld {
  const logger = options.logger ?? silentLogger;
  const given = { ...defaultSettings, ...options.settings };
  const clock = createClock({ start: options.start, speed: given.clockSpeed });
  const agenda = createAgenda(clock, (what, error) =>
    logger.warn('due work broke inside the simulator', { what, cause: String(error) }),
  );
  const warehouses = new Map<string, Promise<SqlWarehouse>>();
  const preparations = new Map<string, (warehouse: SqlWarehouse) => Promise<void>>();
  let objects: ObjectStore | undefined;

  const world: SimWorld = {
    clock,
    agenda,
    logger,
    settings: settingsOver(clock, given),
    region: options.region ?? 'eu-central-1',
    accountId: options.accountId ?? '123456789012',
    id: createIds(),
    dataTargets: {},
    get objects() {
      if (objects === undefined) throw new Error('the object store is used before the S3 room is built');
      return objects;
    },
    setObjects: (store) => void (objects = store),
    prepareWarehouse: (name, prepare) => void preparations.set(name, prepare),
    warehouseStarted: (name) => warehouses.has(name),
    warehouse(name) {
      const known = warehouses.get(name);
      if (known !== undefined) return known;
      const started = startWarehouse(name);
      warehouses.set(name, started);
      // A start that failed is tried again at the next use, instead of failing for ever.
      started.catch(() => warehouses.delete(name));
      return started;
    },
    resolveDataTarget: (target) => resolveDataTarget(world, target),
    async close() {
      agenda.close();
      const started = await Promise.allSettled(warehouses.values());
      warehouses.clear();
      await Promise.all(
        started.map(async (one) => (one.status === 'fulfilled' ? one.value.close() : undefined)),
      );
    },
  };

  async function startWarehouse(name: string): Promise<SqlWarehouse> {
    const warehouse = await options.createWarehouse(name, world);
    try {
      await preparations.get(name)?.(warehouse);
    } catch (error) {
      await warehouse.close();
      throw error;
    }
    return warehouse;
  }

  return world;
}

/** A plain settings object whose `clockSpeed` is the clock's. */
function settingsOver(clock: AdjustableClock, given: Settings): Settings {
  return Object.defineProperty({ ...given }, 'clockSpeed', {
    enumerable: true,
    get: () => clock.speed,
    set(value: number) {
      clock.speed = value;
    },
  });
}

/** The Data API's own words for a cluster or workgroup that is not there (Airflow and dbt users' reports). */
function resolveDataTarget(
  world: SimWorld,
  { ClusterIdentifier, WorkgroupName }: { ClusterIdentifier?: string; WorkgroupName?: string },
): DataTarget {
  const target =
    ClusterIdentifier !== undefined
      ? world.dataTargets.cluster?.(ClusterIdentifier)
      : WorkgroupName !== undefined
        ? world.dataTargets.workgroup?.(WorkgroupName)
        : undefined;
  if (target === undefined) {
    throw new AwsError('ValidationException', "Redshift endpoint doesn't exist in this region.", 400);
  }
  return target;
}
