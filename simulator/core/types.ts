/**
 * The contracts between the parts of the simulated AWS. Everything here is about the simulator alone: it shares no code
 * with the product, so that a misreading of AWS cannot hide by being made on both sides (docs/adr/0003).
 */

/** The services, by their SigV4 scope. */
export type ServiceName =
  'redshift' | 'redshift-serverless' | 'redshift-data' | 'dynamodb' | 's3' | 'sns' | 'sts';

/** A clock that runs at `speed` × real time and can be moved forward; never backward. Nobody else reads the wall clock. */
export interface SimClock {
  /** Virtual now. */
  now(): Date;
  /** Moves virtual time forward by `seconds` (≥ 0). */
  advance(seconds: number): void;
  speed: number;
}

/**
 * Work that becomes visible at a moment of virtual time (a snapshot turns available, a restored table appears).
 * Due work is run in order of its due time before each request is handled, and by a timer while the clock runs.
 */
export interface Agenda {
  /** @returns a function that takes the work off the agenda again. */
  at(due: Date, what: string, work: () => Promise<void> | void): () => void;
  /** Runs everything due by now, in order; awaited before every request and after every advance. */
  runDue(): Promise<void>;
}

/** One request as it came over the wire; one line of the operation log. */
export interface OperationRecord {
  seq: number;
  /** Wall-clock time, ISO. */
  wallTime: string;
  /** Virtual time, ISO. */
  time: string;
  service: ServiceName;
  operation: string;
  parameters: unknown;
  /** Real milliseconds until the answer was ready: AWS's own time, for benchmarks. */
  tookMs?: number;
  /** `amz-sdk-invocation-id`: the same for each retry made by one SDK call. */
  invocationId?: string;
  /** `amz-sdk-request`, e.g. "attempt=1; max=3". */
  attempt?: string;
  accessKeyId?: string;
  /** 'ok', or the error code that was answered; 'dropped' where a fault took the answer away. */
  outcome: string;
  /** The fault rule that fired, if one did. */
  fault?: string;
  effectIds: string[];
}

/** A change the simulated AWS really made. "Exactly once" = one effect per business key. */
export interface EffectRecord {
  effectId: string;
  /** e.g. 'CopyClusterSnapshot', 'RestoreTable', 'ExecuteStatement', 'ExportTableToPointInTime'. */
  kind: string;
  /** What the caller asked for, independent of how often: e.g. 'analytics/dev.public.orders_restored_1a2b3c4d'. */
  businessKey: string;
  time: string;
  /** `seq` of the operation that caused it. */
  requestSeq: number;
  detail?: Record<string, unknown>;
}

/** How started work is to end, by a `terminal` fault; `status` in the service's own words. */
export interface TerminalOutcome {
  status: string;
  message?: string;
}

/** What a handler may know of the request beside its decoded input. */
export interface RequestContext {
  readonly requestId: string;
  readonly service: ServiceName;
  readonly operation: string;
  readonly region: string;
  readonly accountId: string;
  readonly accessKeyId?: string;
  /** > 0 when a `stale` fault fired: this list shows the world as it was so many virtual seconds ago. */
  readonly staleSeconds: number;
  /** Set when a `terminal` fault fired: the work this request starts ends so, e.g. { status: 'FAILED', message }. */
  readonly terminal?: TerminalOutcome;
  /** Notes a change that was really made; returns the effect id. */
  effect(kind: string, businessKey: string, detail?: Record<string, unknown>): string;
}

/** One operation: decoded input in, output to encode out; throws an AwsError for a refusal. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Handler = (input: any, context: RequestContext) => Promise<object> | object;

/** A service's operations by their API name, e.g. 'CopyClusterSnapshot'. */
export type Operations = Record<string, Handler>;

/**
 * A refusal as AWS words it. `code` is the *wire* code (`InvalidClusterState`, not `InvalidClusterStateFault`);
 * `status` the HTTP status; `members` further modelled members of the error shape (`resourceName`, `ResourceId`).
 */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly members: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = code;
  }
}

/** Where a table lives. */
export interface TableName {
  database: string;
  schema: string;
  table: string;
}

export interface SqlColumn {
  name: string;
  /** Redshift's own name of the type: int4, int8, numeric, varchar, timestamp, bool, float8, super, varbyte… */
  typeName: string;
  nullable: boolean;
  length: number;
  precision: number;
  scale: number;
  columnDefault?: string;
  schemaName?: string;
  tableName?: string;
}

/** One value of a result, already in the Data API's Field union. */
export type SqlField =
  | { isNull: true }
  | { booleanValue: boolean }
  | { longValue: number }
  | { doubleValue: number }
  | { stringValue: string }
  | { blobValue: Uint8Array };

export interface SqlResult {
  /** False for statements that return no rows at all (DDL, DML without RETURNING). */
  hasResultSet: boolean;
  columns: SqlColumn[];
  rows: SqlField[][];
  /** Rows returned, or rows affected. */
  rowCount: number;
}

export interface SqlStatement {
  sql: string;
  /** Data API named parameters (`:name` in the SQL); every value is a string, cast by the engine. */
  parameters?: { name: string; value: string }[];
}

/** What a snapshot knows of one table, or the live cluster of one. */
export interface TableFacts extends TableName {
  rows: number;
  /** Size as AWS would report it: rows × the world's bytes-per-row setting, at least 1. */
  megaBytes: number;
  interleavedSortKey: boolean;
  /** `BACKUP NO` tables are in no snapshot. */
  noBackup: boolean;
}

/**
 * The SQL side of one warehouse (a provisioned cluster or a serverless namespace): real Postgres (PGlite) databases
 * whose snapshots really hold the rows of their moment. Names are folded to lower case unless `caseSensitive`.
 * Failing SQL throws SqlError with Postgres's own message.
 */
export interface SqlWarehouse {
  databases(): Promise<string[]>;
  /** Runs statements in one transaction (or each on its own with autoCommit), and returns one result each. */
  run(
    database: string,
    statements: SqlStatement[],
    options?: { autoCommit?: boolean; user?: string },
  ): Promise<SqlResult[]>;
  schemas(database: string): Promise<string[]>;
  /** Tables, views and system tables outside the simulator's own hidden schemas; type as the Data API words it. */
  tables(database: string): Promise<{ schema: string; name: string; type: string }[]>;
  columns(table: TableName): Promise<SqlColumn[]>;
  /** Undefined when there is no such table. */
  table(table: TableName, options?: { caseSensitive?: boolean }): Promise<TableFacts | undefined>;
  /** Keeps all rows of all databases as of now under `key`. */
  capture(key: string): Promise<{ tables: TableFacts[]; megaBytes: number }>;
  /** One more name for the same captured rows (CopyClusterSnapshot); freed when all are released. */
  share(key: string, copyKey: string): Promise<void>;
  release(key: string): Promise<void>;
  /** The table inside a captured snapshot; undefined when it is not in there. */
  captured(
    key: string,
    table: TableName,
    options?: { caseSensitive?: boolean },
  ): Promise<TableFacts | undefined>;
  /** Creates `target` with the captured rows of `source`, in one transaction; primary key kept, foreign keys not, as on Redshift. */
  restore(
    key: string,
    source: TableName,
    target: TableName,
    options?: { caseSensitive?: boolean },
  ): Promise<void>;
  close(): Promise<void>;
}

/** What DynamoDB's export needs of S3, and what tests look at. */
export interface ObjectStore {
  bucketExists(bucket: string): boolean;
  createBucket(bucket: string, options?: { ownerAccountId?: string }): void;
  bucketOwner(bucket: string): string | undefined;
  /** `multipart` gives the object a multipart ETag (`<md5 of md5s>-1`), as DynamoDB's exports have: no MD5 of the body. */
  put(
    bucket: string,
    key: string,
    body: Uint8Array,
    contentType?: string,
    options?: { multipart?: boolean },
  ): { etag: string };
  get(bucket: string, key: string): { body: Uint8Array; etag: string; lastModified: Date } | undefined;
  remove(bucket: string, key: string): void;
  keys(bucket: string, prefix?: string): string[];
}

/** An HTTP request that is neither query nor JSON protocol: S3's REST. Header names in lower case. */
export interface RawRequest {
  method: string;
  /** Percent-encoded as it came, without the query: `/bucket/some%20key`. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Uint8Array;
}

export interface RawResponse {
  status: number;
  headers: Record<string, string>;
  body?: Uint8Array | string;
  /** The error code inside the body, for the operation log. */
  errorCode?: string;
}

/** What `createS3(world)` returns. */
export interface S3Room {
  store: ObjectStore;
  handle(request: RawRequest, context: RequestContext): Promise<RawResponse> | RawResponse;
}
