import { displayTable } from '../../domain/table-name';
import { type Warehouse, warehouseHandles } from '../../domain/warehouse';
import { fail } from '../failure';
import { look } from '../proxies';
import type { Parsed } from '../run';

/**
 * A name that was chosen for the restored table must be free, and is looked for before the source is copied: a run that
 * cannot end well begins nothing. The restore step looks again before it sends.
 * @throws TargetTableExists, ClusterNotFound, DatabaseUnavailable …
 */
export async function requireFreeTarget(
  warehouse: Warehouse,
  { table: source, target, dataApi, enableCaseSensitiveIdentifier: caseSensitive }: Parsed<'recoverTable'>,
): Promise<void> {
  if (target?.table === undefined) return;
  const table = { ...source, ...target, table: target.table };
  const { exists } = await look.findTable.executeWithOptions(
    { summary: `is there a ${displayTable(table)}?` },
    [{ warehouse, access: dataApi, table, caseSensitive }],
  );
  if (!exists) return;
  throw fail(
    'TargetTableExists',
    'restore of the table',
    { ...warehouseHandles(warehouse), table: displayTable(table) },
    `${displayTable(table)} exists already; nothing was begun`,
  );
}
