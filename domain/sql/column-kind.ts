/** How the values of a column can be counted, compared and hashed. */
export type ColumnKind =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'text'
  | 'boolean'
  | 'moment'
  | 'zoned moment'
  | 'interval'
  | 'bytes'
  | 'super'
  /** GEOMETRY, GEOGRAPHY, HLLSKETCH and what is not known: only its nulls are counted. */
  | 'opaque';

/** A column as the catalog names it, with what its type allows. */
export interface KindedColumn {
  name: string;
  kind: ColumnKind;
}

const kinds: Record<string, ColumnKind> = {
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  numeric: 'decimal',
  real: 'float',
  'double precision': 'float',
  character: 'text',
  'character varying': 'text',
  boolean: 'boolean',
  date: 'moment',
  'timestamp without time zone': 'moment',
  'timestamp with time zone': 'zoned moment',
  'time without time zone': 'moment',
  'time with time zone': 'moment',
  'binary varying': 'bytes',
  super: 'super',
};

/** The names that people write for the catalog's. */
const aliases: Record<string, string> = {
  int2: 'smallint',
  int: 'integer',
  int4: 'integer',
  int8: 'bigint',
  decimal: 'numeric',
  float4: 'real',
  float: 'double precision',
  float8: 'double precision',
  bool: 'boolean',
  char: 'character',
  nchar: 'character',
  bpchar: 'character',
  varchar: 'character varying',
  nvarchar: 'character varying',
  text: 'character varying',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
  varbyte: 'binary varying',
  varbinary: 'binary varying',
  bytea: 'binary varying',
};

/** `VARCHAR ( 16 )` → `character varying(16)`: one spelling for each type. */
export function canonicalType(type: string): string {
  const { base, size, tail } = partsOf(type);
  const name = `${base}${tail}`;
  return `${aliases[name] ?? name}${size}`;
}

/** Whether a type is the expected one; a type expected without length or precision is met by any. */
export function sameType(expected: string, actual: string): boolean {
  const [wanted, found] = [canonicalType(expected), canonicalType(actual)];
  return wanted === found || (!wanted.includes('(') && wanted === found.replace(/\(.*\)/, ''));
}

export function kindOf(type: string): ColumnKind {
  const name = canonicalType(type).replace(/\(.*\)/, '');
  if (name.startsWith('interval')) return 'interval';
  return kinds[name] ?? 'opaque';
}

/** `timestamp(6) without time zone` has its size in the middle. */
function partsOf(type: string): { base: string; size: string; tail: string } {
  const plain = type.trim().toLowerCase().replace(/\s+/g, ' ');
  const match = /^([^()]*?) ?\(([^()]*)\)(.*)$/.exec(plain);
  if (!match) return { base: plain, size: '', tail: '' };
  const [, base, size, tail] = match as unknown as [string, string, string, string];
  return { base, size: `(${size.replace(/\s+/g, '')})`, tail };
}
