// The one place in the workflows that knows two kinds of warehouse. Everything else calls what it gets from here.
import type { SendOutcome } from '../activities/redshift/restore-table-from-cluster-snapshot';
import type { RestoreIdentity, TableRestoreFacts } from '../domain/aws/table-restore';
import { isProvisioned, warehouseHandles, type Warehouse } from '../domain/warehouse';
import { type NamedSource, sourceIdentifier } from '../domain/restore-source';
import type { SourceFacts } from '../domain/sources';
import { displayTable } from '../domain/table-name';
import type { Looked } from '../domain/plan/finding';
import { missingSource } from '../domain/plan/judge-source';
import type { WarehouseState } from '../domain/plan/judge-warehouse';
import { sourceOfSnapshot } from '../domain/plan/snapshot-source';
import { glance, looked } from './looks/glance';
import { look, sendOnce } from './proxies';

/** The calls of a table restore, for the kind of warehouse and source at hand. */
export interface RestoreCalls {
  /** How messages name the warehouse and the source. */
  handles: Record<string, string>;
  sourceIdentifier: string;
  send: (identity: RestoreIdentity) => Promise<SendOutcome>;
  list: (match: RestoreIdentity) => Promise<TableRestoreFacts[]>;
  look: (tableRestoreRequestId: string, summary: string) => Promise<TableRestoreFacts>;
}

/** A warehouse with its namespace filled in, where it has one. */
export async function resolveWarehouse(
  warehouse: Warehouse,
  via: Pick<typeof look, 'getWorkgroup'> = look,
): Promise<Warehouse> {
  if (isProvisioned(warehouse) || warehouse.namespaceName !== undefined) return warehouse;
  const { workgroupName } = warehouse;
  const { namespaceName } = await via.getWorkgroup.executeWithOptions({ summary: workgroupName }, [
    { workgroupName },
  ]);
  return { workgroupName, namespaceName };
}

/** @param warehouse resolved, see resolveWarehouse */
export function restoreCalls(warehouse: Warehouse, source: NamedSource): RestoreCalls {
  const handles = { ...warehouseHandles(warehouse), source: sourceIdentifier(source) };
  const summaryOf = ({ source: from, target }: RestoreIdentity) =>
    `${displayTable(from)} → ${displayTable(target)}`;
  const listSummary = ({ target }: RestoreIdentity) => `requests for ${displayTable(target)}`;
  if (isProvisioned(warehouse)) {
    const { clusterIdentifier } = warehouse;
    return {
      handles,
      sourceIdentifier: handles.source,
      send: (identity) =>
        sendOnce.restoreTableFromClusterSnapshot.executeWithOptions({ summary: summaryOf(identity) }, [
          { clusterIdentifier, ...identity },
        ]),
      list: (match) =>
        look.listTableRestores.executeWithOptions({ summary: listSummary(match) }, [
          { clusterIdentifier, match },
        ]),
      look: (tableRestoreRequestId, summary) =>
        look.describeTableRestoreStatus.executeWithOptions({ summary }, [
          { clusterIdentifier, tableRestoreRequestId },
        ]),
    };
  }
  const { workgroupName, namespaceName = '' } = warehouse;
  const restore =
    'recoveryPointId' in source ? sendOnce.restoreTableFromRecoveryPoint : sendOnce.restoreTableFromSnapshot;
  return {
    handles,
    sourceIdentifier: handles.source,
    send: (identity) =>
      restore.executeWithOptions({ summary: summaryOf(identity) }, [
        { workgroupName, namespaceName, ...identity },
      ]),
    list: (match) =>
      look.listTableRestoreStatus.executeWithOptions({ summary: listSummary(match) }, [
        { workgroupName, namespaceName, match },
      ]),
    look: (tableRestoreRequestId, summary) =>
      look.getTableRestoreStatus.executeWithOptions({ summary }, [{ tableRestoreRequestId }]),
  };
}

/** Everything a table of the warehouse can be restored from. @param warehouse resolved, see resolveWarehouse */
export async function listSources(
  warehouse: Warehouse,
  via: Pick<typeof look, 'listClusterSources' | 'listServerlessSources'> = look,
): Promise<{ of: string; sources: SourceFacts[] }> {
  if (isProvisioned(warehouse)) {
    const { clusterIdentifier } = warehouse;
    const sources = await via.listClusterSources.executeWithOptions({ summary: clusterIdentifier }, [
      { clusterIdentifier },
    ]);
    return { of: clusterIdentifier, sources };
  }
  const { namespaceName = '' } = warehouse;
  const sources = await via.listServerlessSources.executeWithOptions({ summary: namespaceName }, [
    { namespaceName },
  ]);
  return { of: namespaceName, sources };
}

/** What a preflight sees of a warehouse: its state, and itself with its namespace where it has one. */
export async function glanceAtWarehouse(
  warehouse: Warehouse,
): Promise<{ warehouse: Warehouse; state: Looked<WarehouseState> }> {
  if (isProvisioned(warehouse)) {
    const { clusterIdentifier } = warehouse;
    return { warehouse, state: await looked(glance.describeCluster({ clusterIdentifier })) };
  }
  const { workgroupName } = warehouse;
  const group = await looked(glance.getWorkgroup({ workgroupName }));
  if ('failure' in group) return { warehouse, state: group };
  const { status, namespaceName } = group.seen;
  return {
    warehouse: { namespaceName, ...warehouse },
    state: { seen: { what: `workgroup ${workgroupName}`, status } },
  };
}

/** The table restores that run there. @param warehouse with its namespace, see glanceAtWarehouse */
export function glanceAtRestores(warehouse: Warehouse): Promise<Looked<TableRestoreFacts[]>> {
  if (isProvisioned(warehouse)) {
    const { clusterIdentifier } = warehouse;
    return looked(glance.listRunningRestores({ clusterIdentifier }));
  }
  const { workgroupName, namespaceName = '' } = warehouse;
  return looked(glance.listRunningServerlessRestores({ workgroupName, namespaceName }));
}

/** What a preflight sees of a source. @param warehouse with its namespace, see glanceAtWarehouse */
export async function glanceAtSource(
  warehouse: Warehouse,
  source: NamedSource,
): Promise<Looked<(automatedDays: number | undefined) => SourceFacts>> {
  if ('snapshotIdentifier' in source) {
    const snapshot = await looked(glance.describeClusterSnapshot(source));
    if ('failure' in snapshot) return snapshot;
    return { seen: (automatedDays) => sourceOfSnapshot(snapshot.seen, automatedDays) };
  }
  const { namespace = '' } = warehouseHandles(warehouse);
  const sources = await looked(glance.listServerlessSources({ namespaceName: namespace }));
  if ('failure' in sources) return sources;
  const id = sourceIdentifier(source);
  const found = sources.seen.find((each) => sourceIdentifier(each.source) === id);
  if (found) return { seen: () => found };
  return { failure: missingSource(source), why: `AWS lists no ${id} in namespace ${namespace}` };
}
