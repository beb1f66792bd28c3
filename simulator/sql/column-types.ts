import type { SqlColumn, SqlField } from '../core/types';

/** Postgres type oids whose values have a member of their own in the Data API's Field union. */
const booleans = new Set([16]);
const integers = new Set([20, 21, 23, 26]);
const floats = new Set([700, 701]);
const binaries = new Set([17]);

/** Redshift's names where they differ from Postgres'. */
const redshiftNames: Record<string, string> = {
  text: 'varchar',
  json: 'super',
  jsonb: 'super',
  bytea: 'varbyte',
};

/** Precision of fixed-size types as the Redshift driver states it: digits, or characters of the longest value. */
const precisions: Record<string, number> = {
  bool: 1,
  int2: 5,
  int4: 10,
  int8: 19,
  float4: 8,
  float8: 17,
  date: 13,
  time: 15,
  timetz: 21,
  timestamp: 29,
  timestamptz: 35,
};
const unbounded = 65_535;

export function redshiftTypeName(postgresName: string): string {
  return redshiftNames[postgresName] ?? postgresName;
}

/** Length, precision and scale of a type with its modifier (−1: none). */
export function typeSize(
  typeName: string,
  modifier: number,
): Pick<SqlColumn, 'length' | 'precision' | 'scale'> {
  if (typeName === 'numeric') {
    const precision = modifier < 0 ? 38 : (modifier - 4) >> 16;
    const scale = modifier < 0 ? 0 : (modifier - 4) & 0xffff;
    return { length: precision, precision, scale };
  }
  if (typeName === 'varchar' || typeName === 'bpchar') {
    const length = modifier < 0 ? unbounded : modifier - 4;
    return { length, precision: length, scale: 0 };
  }
  const precision = precisions[typeName] ?? 0;
  const scale = typeName.startsWith('time') ? 6 : 0;
  return { length: precision, precision, scale };
}

/** One value in Postgres' text form as a Field; everything without a member of its own is a string. */
export function toField(value: string | null, typeOid: number): SqlField {
  if (value === null) return { isNull: true };
  if (booleans.has(typeOid)) return { booleanValue: value === 't' };
  if (integers.has(typeOid)) return { longValue: Number(value) };
  if (floats.has(typeOid)) return { doubleValue: Number(value.replace('inf', 'Inf')) };
  if (binaries.has(typeOid)) return { blobValue: Uint8Array.from(Buffer.from(value.slice(2), 'hex')) };
  return { stringValue: value };
}
