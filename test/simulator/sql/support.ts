import type { SqlField, SqlStatement, SqlWarehouse } from '../../../simulator/core/types';
import { createSqlWarehouse } from '../../../simulator/sql';

export const megaByte = 1024 * 1024;

/** Plain values of one Field. */
export function valueOf(field: SqlField): unknown {
  return 'isNull' in field ? null : Object.values(field)[0];
}

export interface WarehouseUnderTest {
  warehouse: SqlWarehouse;
  settings: { bytesPerRow: number };
  /** Runs each statement by itself in `dev`. */
  run(...sqls: string[]): Promise<void>;
  /** The rows of one query in `dev`, or in another database. */
  rows(sql: string, parameters?: SqlStatement['parameters'], database?: string): Promise<unknown[][]>;
}

export async function startWarehouse(...sqls: string[]): Promise<WarehouseUnderTest> {
  const settings = { bytesPerRow: megaByte };
  const warehouse = await createSqlWarehouse('analytics', { settings } as never);
  const run = async (...statements: string[]): Promise<void> => {
    for (const sql of statements) await warehouse.run('dev', [{ sql }]);
  };
  await run(...sqls);
  return {
    warehouse,
    settings,
    run,
    async rows(sql, parameters, database = 'dev') {
      const [result] = await warehouse.run(database, [{ sql, parameters }]);
      return (result?.rows ?? []).map((row) => row.map(valueOf));
    },
  };
}
