import type { TableName } from '../table-name';
import type { SqlStatement } from './row-count';

/** The folded name is looked for, and the exact one preferred by the reader: Redshift folds what it is not told to keep. */
const named = ({ schema, table }: TableName) => [
  { name: 'schema', value: schema },
  { name: 'table', value: table },
];

/**
 * The columns of a table, from SVV_REDSHIFT_COLUMNS: every schema (PG_TABLE_DEF has only those of the search path), empty
 * tables too (SVV_TABLE_INFO leaves them out), for every user with a right to the table.
 * Columns: schema, table, column, type, nullable (YES or NO), distribution key, place in the sort key (0: none; signs
 * alternate for an interleaved one). https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_REDSHIFT_COLUMNS.html
 */
export function columnsStatement(table: TableName): SqlStatement {
  return {
    text: `select schema_name, table_name, column_name, data_type, is_nullable, distkey, sortkey
from svv_redshift_columns
where database_name = current_database()
  and lower(schema_name) = lower(:schema) and lower(table_name) = lower(:table)
order by schema_name, table_name, ordinal_position`,
    parameters: named(table),
  };
}

/**
 * The distribution style, from PG_CLASS_INFO, which has empty tables and needs no superuser. On its own, because Redshift
 * refuses to join it with SVV_REDSHIFT_COLUMNS. Columns: schema, table, style (a code, see distributionOf).
 * https://docs.aws.amazon.com/redshift/latest/dg/r_PG_CLASS_INFO.html
 */
export function distributionStatement(table: TableName): SqlStatement {
  return {
    text: `select n.nspname, c.relname, c.releffectivediststyle
from pg_class_info c join pg_namespace n on n.oid = c.relnamespace
where lower(n.nspname) = lower(:schema) and lower(c.relname) = lower(:table)
order by n.nspname, c.relname`,
    parameters: named(table),
  };
}
