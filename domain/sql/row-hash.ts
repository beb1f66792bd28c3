import { utf8Length, type TableName } from '../table-name';
import type { KindedColumn } from './column-kind';
import { quoteIdentifier, quoteTable } from './identifiers';
import type { SqlStatement } from './row-count';

/** Which of several parts of the rows a statement hashes. */
export interface Chunk {
  /** From 0 to `of` - 1. */
  index: number;
  of: number;
  /** The column whose value says which part a row is in; the whole row when absent. */
  by?: KindedColumn;
}

/** ExecuteStatement takes 100 KB of SQL; https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html */
const longestSql = 100_000;

/**
 * Rows and their hash, independent of their order: one row, `row_count` and `row_hash`, both text.
 *
 * FNV_HASH(value, seed) goes on where the seed's hash ended, so that chaining it over the columns is the FNV-1a of all
 * their bytes in a row (https://docs.aws.amazon.com/redshift/latest/dg/r_FNV_HASH.html) — and `('ab','c')` would be
 * `('a','bc')`. Hence each value is told in a way that ends by itself: text with its length before it, all else with `;`
 * behind it, null as a mark that no value has. Values are hashed as text, so that INTEGER 5 is BIGINT 5; floating-point
 * numbers as they are, for their text is rounded. The row's hash is hashed once more: FNV-1a hardly mixes its last bytes,
 * and without that, a value swapped between two rows could leave their sum as it was. The sum (not XOR, in which a
 * doubled row would cancel itself out) does not depend on the order of the rows.
 * @throws RangeError when no column can be hashed, or the statement would be longer than AWS takes.
 */
export function rowHashStatement(
  table: TableName,
  columns: readonly KindedColumn[],
  chunk?: Chunk,
): SqlStatement {
  const hashed = columns.filter(canBeHashed);
  if (hashed.length === 0) throw new RangeError('no column can be hashed');
  const row = `fnv_hash(${hashed.reduce<string | undefined>((seed, column) => hashOf(column, seed), undefined)!})`;
  const parts = chunk !== undefined && chunk.of > 1;
  const bucket = !parts ? '' : chunk.by ? hashOf(chunk.by) : 'row_hash';
  const where = parts ? `\nwhere abs(mod(${bucket}, cast(:chunks as bigint))) = cast(:chunk as bigint)` : '';
  const inner = `select ${row} as row_hash from ${quoteTable(table)}${parts && chunk.by ? where : ''}`;
  const text = `select cast(count(*) as varchar(40)) as row_count,
  cast(coalesce(sum(cast(row_hash as decimal(38,0))), 0) as varchar(64)) as row_hash
from (${inner}) as hashed${parts && !chunk.by ? where : ''}`;
  if (utf8Length(text) > longestSql)
    throw new RangeError(`${hashed.length} columns are too many for one statement: name some of them`);
  return {
    text,
    parameters: parts
      ? [
          { name: 'chunks', value: String(chunk.of) },
          { name: 'chunk', value: String(chunk.index) },
        ]
      : [],
  };
}

/** GEOMETRY, GEOGRAPHY and HLLSKETCH have no text that a hash could be made of. */
export const canBeHashed = ({ kind }: KindedColumn): boolean => kind !== 'opaque';

/** The hash of a value, going on from a seed. */
function hashOf({ name, kind }: KindedColumn, seed?: string): string {
  const column = quoteIdentifier(name);
  const hash = (value: string, from?: string) =>
    from === undefined ? `fnv_hash(${value})` : `fnv_hash(${value}, ${from})`;
  switch (kind) {
    case 'text':
      return hash(`coalesce(${column}, '')`, hash(lengthOf(column, column), seed));
    case 'super':
    case 'bytes': {
      const text = kind === 'super' ? `json_serialize(${column})` : `to_hex(${column})`;
      return hash(`coalesce(${text}, '')`, hash(lengthOf(column, text), seed));
    }
    case 'float':
      return hash(
        `case when ${column} is null then 0 else ${column} end`,
        hash(`case when ${column} is null then 'N;' else 'V;' end`, seed),
      );
    case 'boolean':
      return hash(
        `case when ${column} is null then 'N;' when ${column} then 'true;' else 'false;' end`,
        seed,
      );
    case 'zoned moment':
      return hash(endedText(`${column} at time zone 'UTC'`), seed);
    default:
      return hash(endedText(column), seed);
  }
}

/** No number, date, time or interval has `;` in its text, or `N` for it. */
const endedText = (value: string) => `coalesce(cast(${value} as varchar(64)), 'N') || ';'`;

const lengthOf = (column: string, text: string) =>
  `case when ${column} is null then 'N;' else cast(octet_length(${text}) as varchar(12)) || ':' end`;
