import type { WarehouseFactory } from './core/sim-world';

/** The real SQL engine, loaded when the first warehouse is touched: a start without SQL does not pay for it. */
export const createEngine: WarehouseFactory = (name, world) => {
  // A require and not an import(): that would need the name of the compiled file, which is not there under Jest.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createSqlWarehouse } = require('./sql') as { createSqlWarehouse: WarehouseFactory };
  return createSqlWarehouse(name, world);
};
