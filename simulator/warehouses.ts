import type { WarehouseFactory } from './core/sim-world';

/** The real SQL engine, loaded when the first warehouse is touched: a start without SQL does not pay for it. */
export const createEngine: WarehouseFactory = async (name, world) => {
  const sqlRoom = './sql/index.js';
  const { createSqlWarehouse } = (await import(sqlRoom)) as { createSqlWarehouse: WarehouseFactory };
  return createSqlWarehouse(name, world);
};
