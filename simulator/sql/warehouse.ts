import type { SqlResult, SqlStatement, SqlWarehouse, TableFacts, TableName } from '../core/types';
import type { Settings } from '../core/settings';
import { captureDatabase, dropCapture, exportRows, restoreTable, type CapturedTable } from './captures';
import { countRows, listColumns, listSchemas, listTables, userTables } from './catalog';
import { Engine } from './engine';
import type { EngineWorker } from './engine-worker';
import { foldedName, isCode, keyword, tokenize } from './lexer';
import { inSession, runStatements } from './session';
import { SqlError } from './sql-error';
import type { TableAttributes } from './table-attributes';

const bytesPerMegaByte = 1024 * 1024;

interface Capture {
  number: number;
  tables: CapturedTable[];
  /** All names of this capture; its rows go when the last one does. */
  keys: Set<string>;
  databases: string[];
}

/** `CREATE DATABASE x` → x. A database is a Postgres instance of its own here, so Postgres cannot make it. */
function databaseToCreate(sql: string): string | undefined {
  const [create, database, name, end] = tokenize(sql).filter(isCode);
  if (keyword(create) !== 'CREATE' || keyword(database) !== 'DATABASE' || !name) return undefined;
  return end && end.text !== ';' ? undefined : foldedName(name);
}

function folded(table: TableName, options?: { caseSensitive?: boolean }): TableName {
  if (options?.caseSensitive) return table;
  const { database, schema, table: name } = table;
  return { database: database.toLowerCase(), schema: schema.toLowerCase(), table: name.toLowerCase() };
}

/** The engine behind one cluster or serverless namespace: one Postgres per database, captures across all of them. */
export class PgliteWarehouse implements SqlWarehouse {
  private readonly engines = new Map<string, Engine>();
  private readonly captures = new Map<string, Capture>();
  private lastCapture = 0;

  constructor(
    readonly name: string,
    private readonly world: { readonly settings: Pick<Settings, 'bytesPerRow'> },
    firstDatabase = 'dev',
  ) {
    this.engines.set(firstDatabase, new Engine(firstDatabase));
  }

  databases(): Promise<string[]> {
    return Promise.resolve([...this.engines.keys()].sort());
  }

  async run(
    database: string,
    statements: SqlStatement[],
    options: { autoCommit?: boolean; user?: string } = {},
  ): Promise<SqlResult[]> {
    const only = statements.length === 1 ? statements[0] : undefined;
    const created = only && databaseToCreate(only.sql);
    if (created !== undefined) return [this.createDatabase(created)];
    return this.session(database, (worker) => runStatements(worker, statements, options.autoCommit ?? false));
  }

  schemas(database: string): Promise<string[]> {
    return this.session(database, listSchemas);
  }

  tables(database: string): Promise<{ schema: string; name: string; type: string }[]> {
    return this.session(database, listTables);
  }

  columns(table: TableName) {
    return this.session(table.database, (worker) => listColumns(worker, table.schema, table.table));
  }

  async table(table: TableName, options?: { caseSensitive?: boolean }): Promise<TableFacts | undefined> {
    const name = folded(table, options);
    if (!this.engines.has(name.database)) return undefined;
    return this.session(name.database, async (worker) => {
      const [found] = await userTables(worker, name);
      return found && this.facts(name, await countRows(worker, name.schema, name.table), found.attributes);
    });
  }

  async capture(key: string): Promise<{ tables: TableFacts[]; megaBytes: number }> {
    if (this.captures.has(key))
      throw new Error(`capture exists already [warehouse=${this.name}, key=${key}]`);
    const databases = [...this.engines.keys()];
    const capture: Capture = { number: ++this.lastCapture, tables: [], keys: new Set([key]), databases };
    this.captures.set(key, capture);
    try {
      for (const database of databases) {
        const tables = await this.session(database, (worker) =>
          captureDatabase(worker, database, capture.number),
        );
        capture.tables.push(...tables);
      }
    } catch (error) {
      await this.release(key);
      throw error;
    }
    const tables = capture.tables.map((table) => this.capturedFacts(table));
    return { tables, megaBytes: tables.reduce((sum, table) => sum + table.megaBytes, 0) };
  }

  async share(key: string, copyKey: string): Promise<void> {
    const capture = this.mustHave(key);
    if (this.captures.has(copyKey)) {
      throw new Error(`capture exists already [warehouse=${this.name}, key=${copyKey}]`);
    }
    capture.keys.add(copyKey);
    this.captures.set(copyKey, capture);
  }

  async release(key: string): Promise<void> {
    const capture = this.captures.get(key);
    if (!capture) return;
    this.captures.delete(key);
    capture.keys.delete(key);
    if (capture.keys.size > 0) return;
    for (const database of capture.databases) {
      await this.session(database, (worker) => dropCapture(worker, capture.number));
    }
  }

  async captured(
    key: string,
    table: TableName,
    options?: { caseSensitive?: boolean },
  ): Promise<TableFacts | undefined> {
    const found = this.find(key, folded(table, options));
    return found && this.capturedFacts(found);
  }

  async restore(
    key: string,
    source: TableName,
    target: TableName,
    options?: { caseSensitive?: boolean },
  ): Promise<void> {
    const from = folded(source, options);
    const to = folded(target, options);
    const table = this.find(key, from);
    if (!table) {
      throw new SqlError(`relation "${from.schema}.${from.table}" does not exist`, '42P01');
    }
    const rows =
      to.database === from.database
        ? undefined
        : await this.session(from.database, (worker) => exportRows(worker, table));
    await this.session(to.database, (worker) => restoreTable(worker, table, to, rows));
  }

  async close(): Promise<void> {
    await Promise.all([...this.engines.values()].map((engine) => engine.close()));
  }

  private session<T>(database: string, work: (worker: EngineWorker) => Promise<T>): Promise<T> {
    const engine = this.engines.get(database);
    if (!engine) return Promise.reject(new SqlError(`database "${database}" does not exist`, '3D000'));
    return engine.use((worker) => inSession(worker, this.world.settings.bytesPerRow, () => work(worker)));
  }

  private createDatabase(database: string): SqlResult {
    if (this.engines.has(database)) throw new SqlError(`database "${database}" already exists`, '42P04');
    this.engines.set(database, new Engine(database));
    return { hasResultSet: false, columns: [], rows: [], rowCount: 0 };
  }

  private mustHave(key: string): Capture {
    const capture = this.captures.get(key);
    if (!capture) throw new Error(`no such capture [warehouse=${this.name}, key=${key}]`);
    return capture;
  }

  private find(key: string, name: TableName): CapturedTable | undefined {
    return this.mustHave(key).tables.find(
      ({ database, schema, table }) =>
        database === name.database && schema === name.schema && table === name.table,
    );
  }

  private capturedFacts(table: CapturedTable): TableFacts {
    return this.facts(table, table.rows, table.attributes);
  }

  private facts(name: TableName, rows: number, attributes: TableAttributes): TableFacts {
    const { bytesPerRow } = this.world.settings;
    return {
      database: name.database,
      schema: name.schema,
      table: name.table,
      rows,
      megaBytes: Math.max(1, Math.ceil((rows * bytesPerRow) / bytesPerMegaByte)),
      interleavedSortKey: attributes.interleaved,
      noBackup: attributes.noBackup,
    };
  }
}
