import { createEffectLog, createOperationLog, type EffectLog, type OperationLog } from './core/log';
import { parseFaultRule } from './core/fault-validation';
import { createFaultBook, type FaultBook } from './core/faults';
import { createRouter, type Route } from './core/router';
import { createWorld, type SimWorld, type WorldOptions } from './core/sim-world';
import type { RawRequest } from './core/types';
import { createRooms, type Rooms } from './rooms';
import { plantSeed, type Seed, type SeedOptions } from './seed';

/** One life of the simulated AWS, from a start or reset to the next: world, rooms, logs and faults together. */
export interface Epoch {
  readonly world: SimWorld;
  readonly rooms: Rooms;
  readonly log: OperationLog;
  readonly effects: EffectLog;
  readonly faults: FaultBook;
  route(request: RawRequest): Route;
}

export async function startEpoch(
  options: WorldOptions,
  seed: Seed,
  seedOptions: SeedOptions,
): Promise<Epoch> {
  const world = createWorld(options);
  const rooms = createRooms(world);
  await plantSeed(seed, { world, rooms, options: seedOptions });
  return {
    world,
    rooms,
    log: createOperationLog(world.clock),
    effects: createEffectLog(world.clock),
    faults: createFaultBook((rule) => parseFaultRule(rule, rooms.simulates)),
    route: createRouter(rooms.services, () => world.settings.jsonErrorStatus),
  };
}
