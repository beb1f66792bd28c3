import { createHash } from 'node:crypto';
import { errors } from './errors';

/** DynamoDB's AttributeValue as the codec hands it over: one member set, binary as bytes. */
export interface AttributeValue {
  S?: string;
  N?: string;
  B?: Uint8Array;
  SS?: string[];
  NS?: string[];
  BS?: Uint8Array[];
  M?: Record<string, AttributeValue>;
  L?: AttributeValue[];
  NULL?: boolean;
  BOOL?: boolean;
}

export type Item = Record<string, AttributeValue>;

export type TypeName = keyof AttributeValue;

const typeNames: TypeName[] = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'NULL', 'BOOL'];

export function typeOf(value: AttributeValue): TypeName {
  const set = typeNames.filter((name) => value[name] !== undefined);
  const [type] = set;
  if (type === undefined) {
    throw errors.validation(
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    );
  }
  if (set.length > 1) {
    throw errors.validation(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  return type;
}

/** A decimal number as digits × 10^exponent, without leading or trailing zeros. */
export interface Decimal {
  negative: boolean;
  digits: string;
  exponent: number;
}

/** @throws AwsError ValidationException for what is no number, and for more than 38 significant digits */
export function parseDecimal(text: string): Decimal {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  const [, sign = '', whole = '', fraction = '', power = '0'] = match ?? [];
  if (match === null || whole + fraction === '') {
    throw errors.validation(`The parameter cannot be converted to a numeric value: ${text}`);
  }
  const significant = (whole + fraction).replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  if (digits === '') return { negative: false, digits: '0', exponent: 0 };
  if (digits.length > 38) {
    throw errors.validation('Attempting to store more than 38 significant digits in a Number');
  }
  const exponent = Number(power) - fraction.length + (significant.length - digits.length);
  return { negative: sign === '-', digits, exponent };
}

/** A number as DynamoDB gives it back: plain digits, no superfluous zeros (`1.50` → `1.5`, `6e2` → `600`). */
export function canonicalNumber(text: string): string {
  const { negative, digits, exponent } = parseDecimal(text);
  const sign = negative ? '-' : '';
  if (exponent >= 0) return sign + digits + '0'.repeat(exponent);
  const point = digits.length + exponent;
  return point > 0
    ? `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
    : `${sign}0.${'0'.repeat(-point)}${digits}`;
}

/** The value as it is stored: numbers canonical, everything else as it came. @throws AwsError ValidationException */
export function canonical(value: AttributeValue): AttributeValue {
  switch (typeOf(value)) {
    case 'N':
      return { N: canonicalNumber(value.N ?? '') };
    case 'NS':
      return { NS: (value.NS ?? []).map(canonicalNumber) };
    case 'L':
      return { L: (value.L ?? []).map(canonical) };
    case 'M':
      return { M: canonicalItem(value.M ?? {}) };
    default:
      return value;
  }
}

export function canonicalItem(item: Item): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, canonical(value)]));
}

const utf8 = (text: string) => Buffer.byteLength(text);

function sizeOf(value: AttributeValue): number {
  if (value.S !== undefined) return utf8(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.B !== undefined) return value.B.length;
  if (value.SS !== undefined) return value.SS.reduce((sum, text) => sum + utf8(text), 0);
  if (value.NS !== undefined) return value.NS.reduce((sum, text) => sum + Math.ceil(text.length / 2) + 1, 0);
  if (value.BS !== undefined) return value.BS.reduce((sum, bytes) => sum + bytes.length, 0);
  if (value.L !== undefined) return value.L.reduce((sum, member) => sum + 1 + sizeOf(member), 3);
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemSize(value.M);
  return 1;
}

/** Bytes of an item by DynamoDB's rules: names and values (CapacityUnitCalculations). */
export function itemSize(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + utf8(name) + sizeOf(value), 0);
}

/** A key value as text that is equal exactly when the values are. */
export function keyText(value: AttributeValue): string {
  if (value.B !== undefined) return `B:${Buffer.from(value.B).toString('base64')}`;
  return value.N === undefined ? `S:${value.S ?? ''}` : `N:${canonicalNumber(value.N)}`;
}

/** Where a partition key lands in the hashed key space: 32 hexadecimal digits. */
export function partitionHash(value: AttributeValue): string {
  return createHash('md5').update(keyText(value)).digest('hex');
}

/** Sort-key order: numbers by value, strings and binary by their bytes. */
export function compareSortKeys(left: AttributeValue, right: AttributeValue): number {
  if (left.N !== undefined && right.N !== undefined) return Number(left.N) - Number(right.N);
  return Buffer.compare(Buffer.from(left.B ?? left.S ?? ''), Buffer.from(right.B ?? right.S ?? ''));
}
