import type { Operations } from '../core/types';
import type { World } from '../core/world';
import { canonicalItem, itemSize, type Item } from './attribute-values';
import { errors } from './errors';
import { maxItemBytes, proveItemKey, proveKey } from './keys';
import { activeTable, liveImage, recordKey, write, type Table } from './state';

interface Condition {
  ConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  [other: string]: unknown;
}

interface WriteRequest {
  PutRequest?: { Item: Item };
  DeleteRequest?: { Key: Item };
}

/**
 * `attribute_exists(name)` and `attribute_not_exists(name)` are evaluated; any other condition is refused by name.
 *
 * @throws AwsError ConditionalCheckFailedException, ValidationException
 */
function proveCondition(input: Condition, current: Item | undefined): void {
  for (const legacy of ['Expected', 'ConditionalOperator', 'ReturnValuesOnConditionCheckFailure']) {
    if (input[legacy] !== undefined) throw errors.notSimulated(legacy);
  }
  const expression = input.ConditionExpression;
  if (expression === undefined) return;
  const match = /^\s*attribute_(not_)?exists\s*\(\s*([#\w.-]+)\s*\)\s*$/.exec(expression);
  if (match?.[2] === undefined) throw errors.notSimulated(`ConditionExpression ${expression}`);
  const name = input.ExpressionAttributeNames?.[match[2]] ?? match[2];
  const wanted = match[1] === undefined;
  if ((current?.[name] !== undefined) !== wanted) throw errors.conditionFailed();
}

function oldImage(returnValues: unknown, old: Item | undefined): object {
  if (returnValues !== undefined && returnValues !== 'NONE' && returnValues !== 'ALL_OLD') {
    throw errors.validation('Return values set to invalid value');
  }
  return returnValues === 'ALL_OLD' && old !== undefined ? { Attributes: old } : {};
}

function putImage(table: Table, given: Item): Item {
  proveItemKey(table, given);
  const item = canonicalItem(given);
  if (itemSize(item) > maxItemBytes)
    throw errors.validation('Item size has exceeded the maximum allowed size');
  return item;
}

function current(table: Table, key: Item): Item | undefined {
  return liveImage(table.records.get(recordKey(table, key)));
}

/** All writes of a batch, proved first, so that a refused batch changes nothing. */
function batchWrites(world: World, requests: Record<string, WriteRequest[]>) {
  const count = Object.values(requests).flat().length;
  if (count > 25) throw errors.validation('Too many items requested for the BatchWriteItem call');
  if (count === 0)
    throw errors.validation('The batch write request list for a table cannot be null or empty');
  const seen = new Set<string>();
  return Object.entries(requests).flatMap(([name, list]) => {
    const table = activeTable(world, name);
    return list.map((request) => {
      const image = request.PutRequest === undefined ? undefined : putImage(table, request.PutRequest.Item);
      const key = image ?? request.DeleteRequest?.Key ?? {};
      if (image === undefined) proveKey(table, key);
      const id = `${table.id}\u0000${recordKey(table, key)}`;
      if (seen.has(id)) throw errors.validation('Provided list of item keys contains duplicates');
      seen.add(id);
      return { table, key, image };
    });
  });
}

/** PutItem, GetItem, DeleteItem, BatchWriteItem, BatchGetItem. Reads are always consistent; projections are refused. */
export function itemOperations(world: World): Operations {
  return {
    PutItem(input: { TableName: string; Item: Item; ReturnValues?: string } & Condition) {
      const table = activeTable(world, input.TableName);
      const image = putImage(table, input.Item);
      const old = current(table, image);
      const output = oldImage(input.ReturnValues, old);
      proveCondition(input, old);
      write(world, table, image, image);
      return output;
    },
    GetItem(input: {
      TableName: string;
      Key: Item;
      ProjectionExpression?: string;
      AttributesToGet?: string[];
    }) {
      const table = activeTable(world, input.TableName);
      proveKey(table, input.Key);
      if (input.ProjectionExpression ?? input.AttributesToGet)
        throw errors.notSimulated('projection in GetItem');
      const item = current(table, input.Key);
      return item === undefined ? {} : { Item: item };
    },
    DeleteItem(input: { TableName: string; Key: Item; ReturnValues?: string } & Condition) {
      const table = activeTable(world, input.TableName);
      proveKey(table, input.Key);
      const old = current(table, input.Key);
      const output = oldImage(input.ReturnValues, old);
      proveCondition(input, old);
      write(world, table, input.Key, undefined);
      return output;
    },
    BatchWriteItem(input: { RequestItems: Record<string, WriteRequest[]> }) {
      for (const { table, key, image } of batchWrites(world, input.RequestItems))
        write(world, table, key, image);
      return { UnprocessedItems: {} };
    },
    BatchGetItem(input: { RequestItems: Record<string, { Keys: Item[]; ProjectionExpression?: string }> }) {
      const requests = Object.entries(input.RequestItems);
      if (requests.flatMap(([, { Keys }]) => Keys).length > 100) {
        throw errors.validation('Too many items requested for the BatchGetItem call');
      }
      const responses = requests.map(([name, { Keys, ProjectionExpression }]) => {
        if (ProjectionExpression !== undefined) throw errors.notSimulated('projection in BatchGetItem');
        const table = activeTable(world, name);
        return [
          name,
          Keys.flatMap((key) => {
            proveKey(table, key);
            return current(table, key) ?? [];
          }),
        ];
      });
      return { Responses: Object.fromEntries(responses), UnprocessedKeys: {} };
    },
  };
}
