import type { TableName } from '../table-name';
import type { ColumnKind, KindedColumn } from './column-kind';
import { quoteIdentifier, quoteTable } from './identifiers';
import type { SqlStatement } from './row-count';

/** The figures of a column; each comes back as text, because sums and counts go beyond 2^53. */
export type Figure = 'nulls' | 'distinct' | 'min' | 'max' | 'sum';

const figuresOf: Record<ColumnKind, readonly Figure[]> = {
  integer: ['nulls', 'distinct', 'min', 'max', 'sum'],
  decimal: ['nulls', 'distinct', 'min', 'max', 'sum'],
  float: ['nulls', 'distinct', 'min', 'max', 'sum'],
  text: ['nulls', 'distinct', 'min', 'max'],
  moment: ['nulls', 'distinct', 'min', 'max'],
  'zoned moment': ['nulls', 'distinct', 'min', 'max'],
  // Redshift has no min and max of booleans; the sum counts the true ones.
  boolean: ['nulls', 'distinct', 'sum'],
  interval: ['nulls', 'distinct'],
  bytes: ['nulls'],
  super: ['nulls'],
  opaque: ['nulls'],
};

/** So many columns are looked at in one statement: each distinct count keeps its values in memory. */
const columnsAtOnce = 12;

/** Characters of a text's min and max that are compared and kept; the row hash covers the rest. */
const textLength = 100;

export interface AggregatesStatement extends SqlStatement {
  /** What the columns of the one row are, in order. */
  layout: { column: string; figure: Figure }[];
}

/** Aggregates of the columns in as few statements as is wise; one row each. */
export function aggregateStatements(
  table: TableName,
  columns: readonly KindedColumn[],
): AggregatesStatement[] {
  const statements: AggregatesStatement[] = [];
  for (let from = 0; from < columns.length; from += columnsAtOnce) {
    const figures = columns
      .slice(from, from + columnsAtOnce)
      .flatMap((column) => figuresOf[column.kind].map((figure) => ({ column, figure })));
    const selected = figures.map(({ column, figure }, n) => `${expressionOf(column, figure)} as f${n}`);
    statements.push({
      text: `select ${selected.join(',\n  ')}\nfrom ${quoteTable(table)}`,
      parameters: [],
      layout: figures.map(({ column, figure }) => ({ column: column.name, figure })),
    });
  }
  return statements;
}

/** Always with a length: a bare VARCHAR is VARCHAR(256) on Redshift, and cuts without a word. */
function expressionOf({ name, kind }: KindedColumn, figure: Figure): string {
  const column = quoteIdentifier(name);
  switch (figure) {
    case 'nulls':
      return `cast(count(*) - count(${column}) as varchar(40))`;
    case 'distinct':
      return `cast(count(distinct ${column}) as varchar(40))`;
    case 'sum':
      return kind === 'boolean'
        ? `cast(sum(case when ${column} then 1 else 0 end) as varchar(40))`
        : `cast(sum(${column}) as varchar(64))`;
    case 'min':
    case 'max':
      if (kind === 'text') return `left(${figure}(${column}), ${textLength})`;
      // Else the text would depend on the time zone of the session.
      if (kind === 'zoned moment') return `cast(${figure}(${column}) at time zone 'UTC' as varchar(64))`;
      return `cast(${figure}(${column}) as varchar(64))`;
  }
}
