import type { TableName } from '../table-name';
import type { SqlStatement } from './row-count';

/**
 * Size in MB, rows and first sort key of a table: one row, or none for an empty table. Names are values here, not
 * identifiers; they are folded as Redshift folds them, unless it is told that case matters.
 */
export function tableInfoStatement({ schema, table }: TableName, caseSensitive: boolean): SqlStatement {
  const fold = (name: string) => (caseSensitive ? name : name.toLowerCase());
  return {
    text: 'select "size", tbl_rows, sortkey1 from svv_table_info where "schema" = :schema_name and "table" = :table_name',
    parameters: [
      { name: 'schema_name', value: fold(schema) },
      { name: 'table_name', value: fold(table) },
    ],
  };
}
