import type { Operations } from '../core/types';
import type { World } from '../core/world';
import { canonical, itemSize, keyText, type AttributeValue, type Item } from './attribute-values';
import { errors, refuseViolations, violation } from './errors';
import { proveKey } from './keys';
import { activeTable, liveImage, orderedRecords, recordKey, type ItemRecord, type Table } from './state';

const pageBytes = 1024 * 1024;

interface ReadInput {
  TableName: string;
  Limit?: number;
  ExclusiveStartKey?: Item;
  Select?: string;
  [other: string]: unknown;
}

interface QueryInput extends ReadInput {
  KeyConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
  ScanIndexForward?: boolean;
}

const unsupported = [
  'IndexName',
  'FilterExpression',
  'ProjectionExpression',
  'ScanFilter',
  'QueryFilter',
  'KeyConditions',
  'AttributesToGet',
  'Segment',
  'TotalSegments',
];

/** One page over the records in their order: at most `Limit` items and 1 MB, then LastEvaluatedKey. */
function page(table: Table, records: ItemRecord[], input: ReadInput): object {
  for (const name of unsupported) if (input[name] !== undefined) throw errors.notSimulated(name);
  const { Limit: limit = Infinity, ExclusiveStartKey: start } = input;
  if (limit < 1) refuseViolations([violation(limit, 'limit', 'have value greater than or equal to 1')]);
  let from = 0;
  if (start !== undefined) {
    proveKey(table, start);
    const id = recordKey(table, start);
    // A key that was never written has no place to go on from; AWS would hash it, we refuse it.
    const found = records.findIndex((record) => recordKey(table, record.key) === id);
    if (found < 0) throw errors.validation('The provided starting key is invalid');
    from = found + 1;
  }
  const items: Item[] = [];
  let bytes = 0;
  let last: ItemRecord | undefined;
  let at = from;
  for (; at < records.length && items.length < limit && bytes < pageBytes; at += 1) {
    const image = liveImage(records[at]);
    last = records[at];
    if (image === undefined) continue;
    items.push(image);
    bytes += itemSize(image);
  }
  const more = at < records.length && last !== undefined;
  return {
    ...(input.Select === 'COUNT' ? {} : { Items: items }),
    Count: items.length,
    ScannedCount: items.length,
    ...(more ? { LastEvaluatedKey: last?.key } : {}),
  };
}

/** The equalities of a KeyConditionExpression: `pk = :v`, or `pk = :v AND sk = :w`; anything else is refused by name. */
function equalities(input: QueryInput): Map<string, AttributeValue> {
  const expression = input.KeyConditionExpression ?? '';
  const parts = expression.split(/\s+and\s+/i).map((part) => {
    const match = /^\(*\s*([#\w.-]+)\s*=\s*(:\w+)\s*\)*$/.exec(part.trim());
    const [, name = '', placeholder = ''] = match ?? [];
    const value = input.ExpressionAttributeValues?.[placeholder];
    if (match === null) throw errors.notSimulated(`KeyConditionExpression ${expression}`);
    if (value === undefined) {
      throw errors.validation(
        `Invalid KeyConditionExpression: An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
      );
    }
    return [input.ExpressionAttributeNames?.[name] ?? name, canonical(value)] as const;
  });
  return new Map(parts);
}

/** Scan and Query over a table. Queries know equality only; filters, projections, indexes and segments are refused. */
export function readOperations(world: World): Operations {
  return {
    Scan(input: ReadInput) {
      const table = activeTable(world, input.TableName);
      return page(table, orderedRecords(table), input);
    },
    Query(input: QueryInput) {
      const table = activeTable(world, input.TableName);
      const wanted = equalities(input);
      const names = [table.hashKey.name, ...(table.sortKey === undefined ? [] : [table.sortKey.name])];
      if (!wanted.has(table.hashKey.name)) {
        throw errors.validation(`Query condition missed key schema element: ${table.hashKey.name}`);
      }
      if ([...wanted.keys()].some((name) => !names.includes(name))) {
        throw errors.validation('Query key condition not supported');
      }
      const records = orderedRecords(table).filter((record) =>
        [...wanted].every(([name, value]) => keyText(record.key[name] ?? {}) === keyText(value)),
      );
      return page(table, input.ScanIndexForward === false ? records.reverse() : records, input);
    },
  };
}
