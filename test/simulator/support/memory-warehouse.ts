import type { SqlResult, SqlWarehouse, TableFacts, TableName } from '../../../simulator/core/types';

export interface MemoryTable extends TableName {
  megaBytes: number;
  interleavedSortKey?: boolean;
}

/** A warehouse without an engine, for tests of what AWS says *about* tables: names and sizes, no rows, no SQL. */
export interface MemoryWarehouse extends SqlWarehouse {
  add(table: MemoryTable): void;
  drop(table: TableName): void;
  /** Keys of captured contents that were not released. */
  kept(): string[];
}

const keyOf = ({ database, schema, table }: TableName): string => `${database}.${schema}.${table}`;

export function createMemoryWarehouse(schemas: string[] = ['public', 'sales']): MemoryWarehouse {
  const live = new Map<string, TableFacts>();
  const captures = new Map<string, TableFacts[]>();
  const named = (table: TableName, sensitive = false): string =>
    sensitive ? keyOf(table) : keyOf(table).toLowerCase();
  return {
    add(table) {
      live.set(keyOf(table), { rows: 1, noBackup: false, interleavedSortKey: false, ...table });
    },
    drop: (table) => void live.delete(keyOf(table)),
    kept: () => [...captures.keys()],
    databases: () => Promise.resolve(['dev']),
    run: (): Promise<SqlResult[]> => Promise.reject(new Error('no SQL here')),
    schemas: () => Promise.resolve(schemas),
    tables: () => Promise.resolve([]),
    columns: () => Promise.resolve([]),
    table: (table, options) => Promise.resolve(live.get(named(table, options?.caseSensitive))),
    capture(key) {
      const tables = [...live.values()];
      captures.set(key, tables);
      return Promise.resolve({
        tables,
        megaBytes: tables.reduce((sum, { megaBytes }) => sum + megaBytes, 0),
      });
    },
    share(key, copyKey) {
      captures.set(copyKey, captures.get(key) ?? []);
      return Promise.resolve();
    },
    release: (key) => Promise.resolve(void captures.delete(key)),
    captured: (key, table, options) =>
      Promise.resolve(
        (captures.get(key) ?? []).find((facts) => keyOf(facts) === named(table, options?.caseSensitive)),
      ),
    restore(key, source, target) {
      const facts = (captures.get(key) ?? []).find((one) => keyOf(one) === keyOf(source));
      if (facts === undefined) return Promise.reject(new Error(`no table ${keyOf(source)}`));
      live.set(keyOf(target), { ...facts, ...target });
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
