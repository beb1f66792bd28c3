import { createHash } from 'node:crypto';
import type { Operations } from '../core/types';
import type { World } from '../core/world';
import { itemSize } from './attribute-values';
import { errors, refuseViolations, violation } from './errors';
import {
  exists,
  findTable,
  liveImage,
  stateOf,
  tableArn,
  tableStatus,
  type KeyAttribute,
  type Table,
} from './state';

interface CreateTableInput {
  TableName: string;
  AttributeDefinitions?: { AttributeName: string; AttributeType: string }[];
  KeySchema?: { AttributeName: string; KeyType: string }[];
  BillingMode?: 'PROVISIONED' | 'PAY_PER_REQUEST';
  ProvisionedThroughput?: { ReadCapacityUnits: number; WriteCapacityUnits: number };
  [other: string]: unknown;
}

/** An id in the form of a UUID, the same after a reset for the same requests. */
export function uuid(world: World, kind: string): string {
  const hex = createHash('sha256').update(world.id(kind)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

function keyAttribute(input: CreateTableInput, keyType: string): KeyAttribute | undefined {
  const element = input.KeySchema?.find((key) => key.KeyType === keyType);
  if (element === undefined) return undefined;
  const definition = input.AttributeDefinitions?.find(
    ({ AttributeName }) => AttributeName === element.AttributeName,
  );
  const type = definition?.AttributeType;
  if (type !== 'S' && type !== 'N' && type !== 'B') {
    throw errors.validation(
      `One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${element.AttributeName}]`,
    );
  }
  return { name: element.AttributeName, type };
}

/** What a table is made of, at its creation; shared by CreateTable and the seeding. */
export function newTable(world: World, input: CreateTableInput, createdAt: number, activeAt: number): Table {
  const hashKey = keyAttribute(input, 'HASH');
  if (hashKey === undefined || input.KeySchema?.[0]?.KeyType !== 'HASH') {
    throw errors.validation('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  const sortKey = keyAttribute(input, 'RANGE');
  const used = sortKey === undefined ? [hashKey.name] : [hashKey.name, sortKey.name];
  const definitions = input.AttributeDefinitions ?? [];
  if (definitions.length !== used.length) {
    throw errors.validation(
      'One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  const mode = input.BillingMode ?? 'PROVISIONED';
  const throughput = input.ProvisionedThroughput;
  if (mode === 'PROVISIONED' && throughput === undefined) {
    throw errors.validation(
      'One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  return {
    name: input.TableName,
    id: uuid(world, 'table'),
    arn: tableArn(world, input.TableName),
    hashKey,
    ...(sortKey === undefined ? {} : { sortKey }),
    attributeDefinitions: definitions,
    billing: { mode, read: throughput?.ReadCapacityUnits ?? 0, write: throughput?.WriteCapacityUnits ?? 0 },
    createdAt,
    activeAt,
    records: new Map(),
  };
}

function describe(world: World, table: Table): object {
  const images = [...table.records.values()].map(liveImage).filter((image) => image !== undefined);
  const keys = [
    { ...table.hashKey, KeyType: 'HASH' },
    ...(table.sortKey ? [{ ...table.sortKey, KeyType: 'RANGE' }] : []),
  ];
  return {
    AttributeDefinitions: table.attributeDefinitions,
    TableName: table.name,
    KeySchema: keys.map(({ name, KeyType }) => ({ AttributeName: name, KeyType })),
    TableStatus: tableStatus(world, table),
    CreationDateTime: new Date(table.createdAt),
    ProvisionedThroughput: {
      NumberOfDecreasesToday: 0,
      ReadCapacityUnits: table.billing.read,
      WriteCapacityUnits: table.billing.write,
    },
    ...(table.billing.mode === 'PAY_PER_REQUEST'
      ? { BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } }
      : {}),
    TableSizeBytes: images.reduce((sum, image) => sum + itemSize(image), 0),
    ItemCount: images.length,
    TableArn: table.arn,
    TableId: table.id,
    DeletionProtectionEnabled: false,
  };
}

function named(world: World, name: string): Table {
  const table = findTable(world, name);
  if (table === undefined) throw errors.resourceNotFound(`: Table: ${name} not found`);
  return table;
}

/** CreateTable, DescribeTable, DeleteTable, ListTables. Indexes and streams are refused by name. */
export function tableOperations(world: World): Operations {
  const seconds = (count: number) => world.clock.now().getTime() + count * 1000;
  return {
    CreateTable(input: CreateTableInput) {
      const name = input.TableName;
      if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(name)) {
        refuseViolations([
          violation(name, 'tableName', 'satisfy regular expression pattern: [a-zA-Z0-9_.-]+'),
        ]);
      }
      for (const part of ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'StreamSpecification']) {
        if (input[part] !== undefined) throw errors.notSimulated(part);
      }
      if (findTable(world, name) !== undefined) throw errors.tableInUse(`Table already exists: ${name}`);
      const table = newTable(world, input, seconds(0), seconds(world.settings.tableChangeSeconds));
      stateOf(world).tables.push(table);
      return { TableDescription: { ...describe(world, table), TableStatus: 'CREATING' } };
    },
    DescribeTable: (input: { TableName: string }) => ({
      Table: describe(world, named(world, input.TableName)),
    }),
    DeleteTable(input: { TableName: string }) {
      const table = named(world, input.TableName);
      const status = tableStatus(world, table);
      if (status !== 'ACTIVE') {
        const change = status === 'CREATING' ? 'created' : 'deleted';
        throw errors.tableInUse(
          `Attempt to change a resource which is still in use: Table is being ${change}: ${table.name}`,
        );
      }
      table.deletedAt = seconds(0);
      table.goneAt = seconds(world.settings.tableChangeSeconds);
      return { TableDescription: describe(world, table) };
    },
    ListTables(input: { Limit?: number; ExclusiveStartTableName?: string }) {
      const limit = input.Limit ?? 100;
      if (limit < 1) refuseViolations([violation(limit, 'limit', 'have value greater than or equal to 1')]);
      if (limit > 100) refuseViolations([violation(limit, 'limit', 'have value less than or equal to 100')]);
      const start = input.ExclusiveStartTableName ?? '';
      const live = stateOf(world).tables.filter((table) => exists(world, table));
      const names = live.map(({ name }) => name).filter((name) => name > start);
      const page = names.sort().slice(0, limit);
      return {
        TableNames: page,
        ...(page.length < names.length ? { LastEvaluatedTableName: page.at(-1) } : {}),
      };
    },
  };
}
