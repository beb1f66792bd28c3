import type { SimWorld } from './core/sim-world';
import { plantDefault } from './seeds/default';
import type { Rooms } from './rooms';

/** What a seed may be told; a size of 0 is allowed. */
export interface SeedOptions {
  /** Rows of `public.orders` at the moment of the snapshots (default 120,000). */
  orderRows?: number;
  /** Items of the DynamoDB table `orders` (default 2,500). */
  orderItems?: number;
  /** Rows of `adhoc`'s `public.events_live` before the loss (default 20,000). */
  eventRows?: number;
}

export interface SeedGround {
  world: SimWorld;
  rooms: Rooms;
  options: SeedOptions;
}

export const seedNames = ['default', 'empty'] as const;
export type SeedName = (typeof seedNames)[number];
/** A seed by name, or a test's own. */
export type Seed = SeedName | ((ground: SeedGround) => Promise<void> | void);

export async function plantSeed(seed: Seed, ground: SeedGround): Promise<void> {
  if (typeof seed === 'function') await seed(ground);
  else if (seed === 'default') plantDefault(ground);
}
