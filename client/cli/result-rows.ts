import type { QueryResult, RunQueryResult } from '../../domain/operations/run-query';
import type { Painter } from './painter';
import { type Table, tableLines } from './table';

/** The rows of a query as a table. */
export const tableOf = ({ columns, rows }: QueryResult): Table => ({
  columns: columns.map(({ name }) => name),
  rows,
});

/** What of a query's result is a table: its own rows, or those of the statements of its batch. */
export const tablesOf = (result: RunQueryResult): Table[] =>
  (result.statements ?? [result]).filter(({ columns }) => columns.length > 0).map(tableOf);

/** A section for each table of a run's result, when it is that of a query. */
export function rowLines(result: unknown, paint: Painter): string[] {
  if (!isQueryResult(result)) return [];
  return tablesOf(result).flatMap((table) => [
    '',
    paint.bold('Rows'),
    ...tableLines(table, paint).map((line) => `  ${line}`),
  ]);
}

const isQueryResult = (result: unknown): result is RunQueryResult =>
  typeof result === 'object' &&
  result !== null &&
  'rows' in result &&
  'columns' in result &&
  'statementId' in result;
