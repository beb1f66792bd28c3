import type { World } from '../core/world';
import { canonicalItem, type Item } from './attribute-values';
import { proveItemKey } from './keys';
import { stateOf, write, type Table } from './state';
import { newTable } from './tables';

/** A table with a past. */
export interface TableSeed {
  name: string;
  hashKey: { name: string; type: 'S' | 'N' | 'B' };
  sortKey?: { name: string; type: 'S' | 'N' | 'B' };
  /** Virtual time of CreateTable; the table is ACTIVE from then on. */
  createdAt: Date;
  /** Point-in-time recovery has been on since then; off when left out. */
  pitrSince?: Date;
  recoveryPeriodInDays?: number;
  /** Writes in the order of their times; an item without `image` was deleted. */
  writes: Iterable<{ time: Date; key: Item; image?: Item }>;
}

/**
 * Puts a table into the world as if it had been there for long; for seeding and tests, not for clients.
 *
 * @throws AwsError ValidationException for an item that DynamoDB would refuse
 */
export function seedTable(world: World, seed: TableSeed): Table {
  const keys = seed.sortKey === undefined ? [seed.hashKey] : [seed.hashKey, seed.sortKey];
  const createdAt = seed.createdAt.getTime();
  const table = newTable(
    world,
    {
      TableName: seed.name,
      AttributeDefinitions: keys.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
      KeySchema: keys.map(({ name }, index) => ({
        AttributeName: name,
        KeyType: index === 0 ? 'HASH' : 'RANGE',
      })),
      BillingMode: 'PAY_PER_REQUEST',
    },
    createdAt,
    createdAt,
  );
  if (seed.pitrSince !== undefined) {
    const since = seed.pitrSince.getTime();
    table.pitr = { since, shownAt: since, recoveryPeriodInDays: seed.recoveryPeriodInDays ?? 35 };
  }
  stateOf(world).tables.push(table);
  for (const { time, key, image } of seed.writes) {
    if (image !== undefined) proveItemKey(table, image);
    write(world, table, key, image === undefined ? undefined : canonicalItem(image), time.getTime());
  }
  return table;
}
