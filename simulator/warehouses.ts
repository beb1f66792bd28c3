import type { WarehouseFactory } from './core/sim-world';

/** The real SQL engine, loaded when the first warehouse is touched: a start without SQL does not pay for it. */
export const createEngine: WarehouseFactory = async (name, world) => {
  const { createSqlWarehouse } = await import('./sql/index.js');
  return createSqlWarehouse(name, world);
};
