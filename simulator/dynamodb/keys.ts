import { typeOf, type Item } from './attribute-values';
import { errors } from './errors';
import type { KeyAttribute, Table } from './state';

const maxItemBytes = 400 * 1024;
export { maxItemBytes };

function keyAttributes(table: Table): KeyAttribute[] {
  return table.sortKey === undefined ? [table.hashKey] : [table.hashKey, table.sortKey];
}

function refuseEmpty(item: Item, { name }: KeyAttribute): void {
  const value = item[name];
  if (value?.S === '' || value?.B?.length === 0) {
    const kind = value.S === undefined ? 'binary' : 'string';
    throw errors.validation(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`,
    );
  }
}

/** @throws AwsError ValidationException unless every key attribute is in the item, with its type, and not empty */
export function proveItemKey(table: Table, item: Item): void {
  for (const attribute of keyAttributes(table)) {
    const value = item[attribute.name];
    const problem = 'One or more parameter values were invalid:';
    if (value === undefined)
      throw errors.validation(`${problem} Missing the key ${attribute.name} in the item`);
    const actual = typeOf(value);
    if (actual !== attribute.type) {
      throw errors.validation(
        `${problem} Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${actual}`,
      );
    }
    refuseEmpty(item, attribute);
  }
}

/** @throws AwsError ValidationException unless `key` is exactly the primary key */
export function proveKey(table: Table, key: Item): void {
  const attributes = keyAttributes(table);
  const fits = attributes.every(({ name, type }) => key[name] !== undefined && typeOf(key[name]) === type);
  if (!fits || Object.keys(key).length !== attributes.length) {
    throw errors.validation('The provided key element does not match the schema');
  }
  for (const attribute of attributes) refuseEmpty(key, attribute);
}
