import type { ColumnFigures } from '../operations/expectations';
import type { ColumnKind } from '../sql/column-kind';
import type { Figure } from '../sql/aggregates';
import { shortened, thousands, verdict, type Verdict } from '../verdict';
import type { ResultRow } from './result-row';

/** The figures of the columns, from the one row of each aggregates statement and its layout. */
export function figuresOf(
  statements: readonly { layout: readonly { column: string; figure: Figure }[]; row: ResultRow }[],
): ColumnFigures[] {
  const figures = new Map<string, ColumnFigures>();
  for (const { layout, row } of statements) {
    for (const [at, { column, figure }] of layout.entries()) {
      const of = figures.get(column) ?? { column, nulls: '0' };
      figures.set(column, of);
      const value = row[at] ?? null;
      if (figure === 'nulls' || figure === 'distinct') of[figure] = String(value ?? 0);
      else of[figure] = value === null ? null : String(value);
    }
  }
  return [...figures.values()];
}

/** L3. One column against the expected figures; undefined figures where the column is not there. */
export function judgeColumn(
  column: string,
  kind: ColumnKind | undefined,
  expected: ColumnFigures | undefined,
  actual: ColumnFigures | undefined,
  suffix = '',
): Verdict {
  const same = expected !== undefined && actual !== undefined && sameFigures(kind, expected, actual);
  return verdict(
    'content',
    `column ${column}${suffix}`,
    same,
    expected ? describeFigures(expected) : 'no such column',
    actual ? describeFigures(actual) : 'no such column',
  );
}

/** Rows and their hash, as text; see rowHashStatement. */
export interface HashedRows {
  rows: string;
  hash: string;
}

/** L3. All rows, or one part of them, by their hash. */
export function judgeRows(subject: string, expected: HashedRows, actual: HashedRows): Verdict {
  const same = expected.rows === actual.rows && expected.hash === actual.hash;
  return verdict('content', subject, same, describeRows(expected), describeRows(actual));
}

const describeRows = ({ rows, hash }: HashedRows) => `${thousands(Number(rows))} rows with hash ${hash}`;

const compared: readonly Figure[] = ['nulls', 'distinct', 'min', 'max', 'sum'];

function sameFigures(kind: ColumnKind | undefined, expected: ColumnFigures, actual: ColumnFigures): boolean {
  return compared.every((figure) => {
    const [wanted, found] = [expected[figure], actual[figure]];
    if (wanted === found) return true;
    return kind === 'float' && figure === 'sum' && nearly(expected, actual);
  });
}

/** Sums of floating-point numbers differ in their last digits with the order in which the slices are added up. */
function nearly(expected: ColumnFigures, actual: ColumnFigures): boolean {
  const [a, b] = [expected.sum, actual.sum].map((sum) => (sum == null ? NaN : Number(sum))) as [
    number,
    number,
  ];
  const scale = Math.max(
    ...[a, b, Number(actual.min ?? 0), Number(actual.max ?? 0)].map((value) => Math.abs(value)),
  );
  return Math.abs(a - b) <= scale * 1e-9;
}

/** `2 nulls, 500 distinct, from 1 to 500, sum 125250`. */
function describeFigures({ nulls, distinct, min, max, sum }: ColumnFigures): string {
  const parts = [`${nulls} null${nulls === '1' ? '' : 's'}`];
  if (distinct !== undefined) parts.push(`${distinct} distinct`);
  if (min != null && max != null) parts.push(`from ${shortened(min, 60)} to ${shortened(max, 60)}`);
  if (sum != null) parts.push(`sum ${sum}`);
  return parts.join(', ');
}
