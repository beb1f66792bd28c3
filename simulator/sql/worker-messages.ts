/** What the main thread asks of a PGlite worker; every request is answered once, by its `id`. */
export type WorkerRequest = { id: number } & (
  | { op: 'open'; image?: Uint8Array }
  | { op: 'query'; sql: string; parameters: (string | null)[] }
  | { op: 'script'; sql: string }
  /** The whole data directory, gzipped. */
  | { op: 'dump' }
  /** `COPY … TO '/dev/blob'`. */
  | { op: 'copy-out'; sql: string }
  /** `COPY … FROM '/dev/blob'`. */
  | { op: 'copy-in'; sql: string; bytes: Uint8Array }
);

export type WorkerResponse =
  { id: number; ok: true; value: unknown } | { id: number; ok: false; message: string; code?: string };

/** A column as Postgres' RowDescription message gives it. */
export interface RawColumn {
  name: string;
  /** 0 when the column is no plain table column. */
  tableOid: number;
  columnNumber: number;
  typeOid: number;
  typeModifier: number;
}

/** One statement's outcome, every value in Postgres' text form. */
export interface RawResult {
  /** Undefined for statements that return no rows at all. */
  columns?: RawColumn[];
  rows: (string | null)[][];
  /** Rows returned or affected. */
  rowCount: number;
  /** True while a transaction is open after the statement. */
  inTransaction: boolean;
}
