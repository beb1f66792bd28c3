import type { SqlWarehouse } from '../core/types';
import type { World } from '../core/world';
import { PgliteWarehouse } from './warehouse';

export { SqlError } from './sql-error';
export { parameterNames } from './parameters';

/**
 * The SQL engine of a provisioned cluster or a serverless namespace. It has one empty database at first; `CREATE
 * DATABASE` makes more. Each database is a Postgres (PGlite) in a thread of its own that starts at its first use; of all
 * databases in this process at most four are in memory at once.
 * @param world its settings give the reported size of tables (`bytesPerRow`), read at each use
 * @param options.database name of the first database, Redshift's default `dev`
 */
export function createSqlWarehouse(
  name: string,
  world: Pick<World, 'settings'>,
  options: { database?: string } = {},
): Promise<SqlWarehouse> {
  return Promise.resolve(new PgliteWarehouse(name, world, options.database));
}
