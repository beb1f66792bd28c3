import type { World } from '../core/world';
import { compareSortKeys, keyText, partitionHash, type Item } from './attribute-values';
import type { ExportRecord } from './exports/export-record';
import { errors } from './errors';

/** An item as it was from `time` (virtual, epoch ms) on; no image means deleted. */
export interface Version {
  time: number;
  /** Order of writes within one millisecond, and the microseconds of their timestamps. */
  seq: number;
  image?: Item;
}

/** Everything that ever stood under one primary key, oldest version first; never removed, for point-in-time recovery. */
export interface ItemRecord {
  key: Item;
  /** Place in the hashed key space. */
  hash: string;
  versions: Version[];
}

export interface KeyAttribute {
  name: string;
  type: 'S' | 'N' | 'B';
}

export interface Table {
  name: string;
  id: string;
  arn: string;
  hashKey: KeyAttribute;
  sortKey?: KeyAttribute;
  attributeDefinitions: { AttributeName: string; AttributeType: string }[];
  billing: { mode: 'PROVISIONED' | 'PAY_PER_REQUEST'; read: number; write: number };
  /** All epoch ms of virtual time. */
  createdAt: number;
  activeAt: number;
  deletedAt?: number;
  goneAt?: number;
  /** Point-in-time recovery: counted from `since`, shown as ENABLED from `shownAt`. */
  pitr?: { since: number; shownAt: number; recoveryPeriodInDays: number };
  records: Map<string, ItemRecord>;
  /** Records in scan order; undefined after a new key was written. */
  ordered?: ItemRecord[];
}

export interface DynamoDbState {
  /** Deleted ones stay, for what hangs on their ids. */
  tables: Table[];
  exports: ExportRecord[];
  writes: number;
}

const states = new WeakMap<World, DynamoDbState>();

/** The one DynamoDB of a world: operations and seeding meet here. */
export function stateOf(world: World): DynamoDbState {
  const known = states.get(world);
  if (known !== undefined) return known;
  const fresh: DynamoDbState = { tables: [], exports: [], writes: 0 };
  states.set(world, fresh);
  return fresh;
}

export function tableArn(world: Pick<World, 'region' | 'accountId'>, name: string): string {
  return `arn:aws:dynamodb:${world.region}:${world.accountId}:table/${name}`;
}

/** True until the last moment of DELETING. */
export function exists(world: World, table: Table): boolean {
  return table.goneAt === undefined || world.clock.now().getTime() < table.goneAt;
}

export function tableStatus(world: World, table: Table): 'CREATING' | 'ACTIVE' | 'DELETING' {
  if (table.deletedAt !== undefined) return 'DELETING';
  return world.clock.now().getTime() < table.activeAt ? 'CREATING' : 'ACTIVE';
}

/** The table by name or ARN; undefined when there is none. */
export function findTable(world: World, nameOrArn: string): Table | undefined {
  const name = nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1) : nameOrArn;
  return stateOf(world).tables.find((table) => table.name === name && exists(world, table));
}

/** The table items can be read from and written to. @throws AwsError ResourceNotFoundException unless ACTIVE */
export function activeTable(world: World, nameOrArn: string): Table {
  const table = findTable(world, nameOrArn);
  if (table === undefined || tableStatus(world, table) !== 'ACTIVE') throw errors.resourceNotFound();
  return table;
}

/** The primary key as text, for a map. */
export function recordKey(table: Table, item: Item): string {
  const sort = table.sortKey === undefined ? undefined : item[table.sortKey.name];
  const hash = keyText(item[table.hashKey.name] ?? {});
  return sort === undefined ? hash : `${hash}\u0000${keyText(sort)}`;
}

export function keyOf(table: Table, item: Item): Item {
  const names = table.sortKey === undefined ? [table.hashKey.name] : [table.hashKey.name, table.sortKey.name];
  return Object.fromEntries(names.map((name) => [name, item[name] ?? {}]));
}

/**
 * Writes one version of an item (no image = delete) at `time`, by default now. The item must be canonical and its key
 * proved.
 */
export function write(world: World, table: Table, key: Item, image: Item | undefined, time?: number): void {
  const state = stateOf(world);
  const at = time ?? world.clock.now().getTime();
  const id = recordKey(table, key);
  let record = table.records.get(id);
  if (record === undefined) {
    if (image === undefined) return;
    record = { key: keyOf(table, key), hash: partitionHash(key[table.hashKey.name] ?? {}), versions: [] };
    table.records.set(id, record);
    delete table.ordered;
  }
  const current = record.versions.at(-1)?.image;
  if (image === undefined && current === undefined) return;
  state.writes += 1;
  record.versions.push({ time: at, seq: state.writes, ...(image === undefined ? {} : { image }) });
}

/** Records in the order Scan meets them: by hash of the partition key, then by sort key. */
export function orderedRecords(table: Table): ItemRecord[] {
  const sort = table.sortKey?.name;
  table.ordered ??= [...table.records.values()].sort((left, right) => {
    if (left.hash !== right.hash) return left.hash < right.hash ? -1 : 1;
    return sort === undefined ? 0 : compareSortKeys(left.key[sort] ?? {}, right.key[sort] ?? {});
  });
  return table.ordered;
}

export function liveImage(record: ItemRecord | undefined): Item | undefined {
  return record?.versions.at(-1)?.image;
}
