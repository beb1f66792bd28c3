import type { SqlWarehouse } from '../core/types';
import type { ServerlessContext } from './room';
import type { Namespace } from './state';

// The captured rows of recovery points and snapshots. Recovery points come and go by the clock, also where nobody ever
// runs a statement; starting an engine for each would make every advance of time slow. Until the engine is there nobody
// can have changed a row, so what is to be kept then is what the seed plants: it is captured at the engine's start.

/** Keeps the rows of now under `key`; returns the namespace's size. */
export async function keepRows(
  { world }: ServerlessContext,
  namespace: Namespace,
  key: string,
): Promise<number> {
  if (!world.warehouseStarted(namespace.name)) {
    namespace.rowsToKeep.add(key);
    return namespace.megaBytes;
  }
  const { megaBytes } = await (await world.warehouse(namespace.name)).capture(key);
  namespace.megaBytes = megaBytes;
  return megaBytes;
}

export async function dropRows(
  { world }: ServerlessContext,
  namespace: Namespace,
  key: string,
): Promise<void> {
  if (world.warehouseStarted(namespace.name)) {
    await (await world.warehouse(namespace.name)).release(key);
  } else if (!namespace.rowsToKeep.delete(key)) {
    namespace.rowsToDrop.add(key);
  }
}

/**
 * Says how the engine of a namespace is filled when it is first touched.
 *
 * @param plant makes tables, and captures the rows of seeded recovery points and snapshots under their content keys.
 */
export function prepareNamespace(
  { world }: ServerlessContext,
  namespace: Namespace,
  plant: (warehouse: SqlWarehouse) => Promise<void>,
): void {
  world.prepareWarehouse(namespace.name, async (warehouse) => {
    await plant(warehouse);
    const [first, ...others] = namespace.rowsToKeep;
    if (first !== undefined) await warehouse.capture(first);
    for (const key of others) await warehouse.share(first ?? key, key);
    for (const key of namespace.rowsToDrop) await warehouse.release(key);
    namespace.rowsToKeep.clear();
    namespace.rowsToDrop.clear();
  });
}
