import type { TableName } from '../table-name';
import { quoteTable } from './identifiers';

/** One SQL statement for the Data API: text, and values as named parameters. */
export interface SqlStatement {
  text: string;
  parameters: { name: string; value: string }[];
}

/** `select count(*)` of a table; one row, one bigint column named `row_count`. */
export function rowCountStatement(table: TableName): SqlStatement {
  return { text: `select count(*) as row_count from ${quoteTable(table)}`, parameters: [] };
}
