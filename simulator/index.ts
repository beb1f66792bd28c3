import { answerControl } from './core/control';
import { dispatch, type Delivery } from './core/dispatch';
import type { FaultBook } from './core/faults';
import { startHttpServer } from './core/http-server';
import type { EffectLog, OperationLog } from './core/log';
import { silentLogger, type SimulatorLogger } from './core/logger';
import type { Settings } from './core/settings';
import type { SimWorld, WarehouseFactory } from './core/sim-world';
import type { RawRequest } from './core/types';
import { controlRoutes } from './control-routes';
import { startEpoch } from './epoch';
import type { Rooms } from './rooms';
import type { Seed, SeedOptions } from './seed';
import { createEngine } from './warehouses';

export interface SimulatorOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  seed?: Seed;
  seedOptions?: SeedOptions;
  settings?: Partial<Settings>;
  /** Virtual time at the start and after each reset; real now by default. */
  start?: Date;
  logger?: SimulatorLogger;
  /** Starts the engines of these warehouses at once, beside everything else, instead of at their first use; after a reset too. */
  warm?: string[];
  /** Another SQL engine, for tests that need none. */
  createWarehouse?: WarehouseFactory;
}

/** A running simulated AWS. After a reset `world`, `rooms`, `log`, `effects` and `faults` are new ones. */
export interface Simulator {
  /** e.g. `http://127.0.0.1:4566`: the endpoint of every service. */
  readonly url: string;
  readonly port: number;
  readonly world: SimWorld;
  readonly rooms: Rooms;
  readonly log: OperationLog;
  readonly effects: EffectLog;
  readonly faults: FaultBook;
  /** Moves virtual time forward and does everything that falls due. */
  advance(seconds: number): Promise<void>;
  /** A fresh world, by default of the same seed; settings are again those of the start. */
  reset(seed?: Seed, options?: SeedOptions): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the simulated AWS on 127.0.0.1.
 *
 * @throws Error with code EADDRINUSE when the port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const logger = options.logger ?? silentLogger;
  const worldOptions = {
    createWarehouse: options.createWarehouse ?? createEngine,
    settings: options.settings,
    start: options.start,
    logger,
  };
  let seed = options.seed ?? 'default';
  let seedOptions = options.seedOptions ?? {};
  let epoch = await startEpoch(worldOptions, seed, seedOptions);

  function warm(): void {
    for (const name of options.warm ?? []) {
      // Whoever uses the warehouse next gets the error, or a second try.
      epoch.world
        .warehouse(name)
        .catch((error: unknown) => logger.warn('engine did not start', { name, cause: String(error) }));
    }
  }

  async function reset(newSeed: Seed = seed, newOptions: SeedOptions = seedOptions): Promise<void> {
    const old = epoch;
    epoch = await startEpoch(worldOptions, newSeed, newOptions);
    seed = newSeed;
    seedOptions = newOptions;
    await old.world.close();
    warm();
  }

  const routes = controlRoutes({ epoch: () => epoch, reset });
  async function handle(request: RawRequest): Promise<Delivery> {
    const current = epoch;
    const route = current.route(request);
    if (route.kind === 'control') return { kind: 'reply', response: await answerControl(routes, request) };
    const { world, log, effects, faults, rooms } = current;
    return dispatch({ world, log, effects, faults, s3: rooms.rawS3, logger }, route, request);
  }

  const server = await startHttpServer(options.port ?? 0, handle).catch(async (error: unknown) => {
    await epoch.world.close();
    throw error;
  });
  warm();
  return {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    get world() {
      return epoch.world;
    },
    get rooms() {
      return epoch.rooms;
    },
    get log() {
      return epoch.log;
    },
    get effects() {
      return epoch.effects;
    },
    get faults() {
      return epoch.faults;
    },
    async advance(seconds) {
      epoch.world.clock.advance(seconds);
      await epoch.world.agenda.runDue();
    },
    reset,
    async close() {
      await server.close();
      await epoch.world.close();
    },
  };
}
