import type { SqlWarehouse } from '../core/types';

/** Runs statements in database `dev`, in one transaction. */
export async function runAll(warehouse: SqlWarehouse, statements: string[]): Promise<void> {
  await warehouse.run(
    'dev',
    statements.map((sql) => ({ sql })),
  );
}

/** As the SQL room reports it: at least one megabyte. */
export function sizeOf(rows: number, bytesPerRow: number): number {
  return Math.max(1, Math.ceil((rows * bytesPerRow) / (1024 * 1024)));
}
