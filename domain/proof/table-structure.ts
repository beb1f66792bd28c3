import type { ResultRow } from './result-row';
import type { TableName } from '../table-name';

export interface ColumnFacts {
  name: string;
  type: string;
  nullable: boolean;
}

/** A table as the catalog has it. */
export interface TableStructure {
  columns: ColumnFacts[];
  /** `EVEN`, `ALL`, `KEY(column)`, `AUTO`; undefined when this database user is not shown it. */
  distribution?: string;
  /** `placed_at, order_id`, `interleaved a, b`, or `none`. */
  sortKey: string;
}

/** Reads the rows of columnsStatement and distributionStatement; no columns when there is no such table to be seen. */
export function tableStructureOf(
  table: TableName,
  columnRows: readonly ResultRow[],
  distributionRows?: readonly ResultRow[],
): TableStructure {
  const rows = ofTheTable(table, columnRows);
  const columns = rows.map(([, , name, type, nullable]) => ({
    name: String(name),
    type: String(type),
    nullable: nullable !== 'NO',
  }));
  const key = rows.find((row) => isTrue(row[5]))?.[2];
  const style = distributionRows && ofTheTable(table, distributionRows)[0]?.[2];
  const distribution = distributionOf(style ?? undefined, key === undefined ? undefined : String(key));
  return { columns, sortKey: sortKeyOf(rows), ...(distribution !== undefined && { distribution }) };
}

/** The rows of the table of exactly this name, else of its folded name: the look-up finds both. */
function ofTheTable({ schema, table }: TableName, rows: readonly ResultRow[]): readonly ResultRow[] {
  const of = (wantedSchema: string, wantedTable: string) =>
    rows.filter(([s, t]) => s === wantedSchema && t === wantedTable);
  const exact = of(schema, table);
  return exact.length > 0 ? exact : of(schema.toLowerCase(), table.toLowerCase());
}

/**
 * RELEFFECTIVEDISTSTYLE: https://docs.aws.amazon.com/redshift/latest/dg/r_PG_CLASS_INFO.html. What AUTO chose is left
 * out, for it changes while the table grows.
 */
function distributionOf(style: ResultRow[number] | undefined, key: string | undefined): string | undefined {
  switch (style === undefined ? undefined : Number(style)) {
    case undefined:
      return key === undefined ? undefined : `KEY(${key})`;
    case 0:
      return 'EVEN';
    case 1:
      return `KEY(${key ?? '?'})`;
    case 8:
      return 'ALL';
    case 10:
    case 11:
    case 12:
      return 'AUTO';
    default:
      return `style ${String(style)}`;
  }
}

function sortKeyOf(rows: readonly ResultRow[]): string {
  const keyed = rows
    .map((row) => ({ column: String(row[2]), place: Number(row[6] ?? 0) }))
    .filter(({ place }) => place !== 0)
    .sort((a, b) => Math.abs(a.place) - Math.abs(b.place));
  return describeSortKey(
    keyed.map(({ column }) => column),
    keyed.some(({ place }) => place < 0),
  );
}

export function describeSortKey(columns: readonly string[], interleaved = false): string {
  if (columns.length === 0) return 'none';
  return `${interleaved ? 'interleaved ' : ''}${columns.join(', ')}`;
}

const isTrue = (value: ResultRow[number] | undefined) =>
  value === true || value === 'true' || value === 't' || value === 1;

/** The column of this name: exactly, or as Redshift folds it. */
export function findColumn<T extends { name: string }>(columns: readonly T[], name: string): T | undefined {
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name === name.toLowerCase())
  );
}
