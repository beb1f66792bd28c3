import { judgeVerified } from '../../domain/plan/judge-table';
import { judgeWarehouse } from '../../domain/plan/judge-warehouse';
import { displayTable } from '../../domain/table-name';
import { warehouseHandles } from '../../domain/warehouse';
import type { Parsed } from '../run';
import { glanceAtWarehouse } from '../warehouse';
import { glance, looked } from './glance';
import type { Looks } from './looks';

/** What can be known before a table is read: the warehouse, and whether the table is listed. */
export async function looksOfReading(
  what: string,
  {
    warehouse: named,
    table,
    dataApi: access,
  }: Pick<Parsed<'verifyTable'>, 'warehouse' | 'table' | 'dataApi'>,
): Promise<Looks> {
  const lookFor = glance.findTable({ warehouse: named, access, table, caseSensitive: false });
  const [{ warehouse, state }, there] = await Promise.all([glanceAtWarehouse(named), looked(lookFor)]);
  const isGone = 'failure' in state && /^(Cluster|Workgroup)NotFound$/.test(state.failure);
  return {
    what,
    handles: { ...warehouseHandles(warehouse), table: displayTable(table) },
    findings: [...judgeWarehouse(state), ...(isGone ? [] : judgeVerified(table, there))],
    sizes: {},
  };
}

/** What can be known before SQL is run: the warehouse. */
export async function looksOfQuery({ warehouse: named, database }: Parsed<'runQuery'>): Promise<Looks> {
  const { warehouse, state } = await glanceAtWarehouse(named);
  return {
    what: 'SQL statement',
    handles: { ...warehouseHandles(warehouse), database },
    findings: judgeWarehouse(state),
    sizes: {},
  };
}
