import type { World } from '../core/world';
import type { Item } from './attribute-values';
import { seedTable } from './seed-table';
import type { Table } from './state';

const dayMs = 24 * 3_600_000;
const cities = ['Lisbon', 'Turin', 'Graz', 'Aarhus', 'Ghent', 'Leeds', 'Brno', 'Malmö'];
const goods = ['kettle', 'lamp', 'desk', 'chair', 'rug', 'clock', 'shelf', 'mirror'];

/** A small generator with a seed: the same world every time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function order(number: number, placed: Date, random: () => number): Item {
  const pick = (from: string[]) => from[Math.floor(random() * from.length)] ?? '';
  const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
    sku: pick(goods),
    quantity: 1 + Math.floor(random() * 4),
    cents: 500 + Math.floor(random() * 20_000),
  }));
  const total = lines.reduce((sum, line) => sum + line.quantity * line.cents, 0);
  return {
    order_id: { S: `order-${String(number).padStart(7, '0')}` },
    customer_id: { N: String(1 + Math.floor(random() * 5000)) },
    status: { S: 'placed' },
    placed_at: { S: placed.toISOString() },
    total: { N: (total / 100).toFixed(2) },
    gift: { BOOL: random() < 0.1 },
    address: { M: { city: { S: pick(cities) }, door: { N: String(1 + Math.floor(random() * 200)) } } },
    lines: {
      L: lines.map(({ sku, quantity, cents }) => ({
        M: { sku: { S: sku }, quantity: { N: String(quantity) }, price: { N: (cents / 100).toFixed(2) } },
      })),
    },
    tags: { SS: [...new Set([pick(goods), pick(goods)])] },
    note: random() < 0.2 ? { S: 'leave it with the neighbour' } : { NULL: true },
  };
}

/**
 * Table `orders` (partition key `order_id`, a string) with `count` orders placed over the last 30 virtual days, PITR on
 * for the last 7. Two of three orders were shipped some hours later, so that the history has second versions.
 */
export function seedOrders(world: World, count: number): Table {
  const now = world.clock.now().getTime();
  const random = randomOf(20_260_901);
  const step = (30 * dayMs) / Math.max(1, count);
  const writes = Array.from({ length: count }, (_, index) => {
    const placed = new Date(Math.floor(now - 30 * dayMs + index * step));
    const image = order(index + 1, placed, random);
    const shipped = new Date(Math.min(now, placed.getTime() + Math.floor(random() * dayMs)));
    const key = { order_id: image.order_id ?? {} };
    return index % 3 === 0
      ? [{ time: placed, key, image }]
      : [
          { time: placed, key, image },
          { time: shipped, key, image: { ...image, status: { S: 'shipped' } } },
        ];
  });
  return seedTable(world, {
    name: 'orders',
    hashKey: { name: 'order_id', type: 'S' },
    createdAt: new Date(now - 31 * dayMs),
    pitrSince: new Date(now - 7 * dayMs),
    writes: writes.flat(),
  });
}
