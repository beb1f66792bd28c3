import type { StatementRows } from '../../domain/look-ups/statements';

/** What people should know of rows besides the rows. */
export function rowNotes({ rows, totalRows, truncated, rounded }: Omit<StatementRows, 'columns'>): string[] {
  const count = truncated
    ? `the first ${grouped(rows.length)} of ${grouped(totalRows)} rows`
    : `${grouped(totalRows)} ${totalRows === 1 ? 'row' : 'rows'}`;
  return [
    truncated
      ? `${count}: --max-rows brings up to 10,000, and a megabyte at most; beyond that, UNLOAD to S3`
      : count,
    ...(rounded ? ['integers beyond 2^53 were rounded: cast such columns to varchar'] : []),
  ];
}

const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
