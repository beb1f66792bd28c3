// The one place in the workflows that knows two kinds of warehouse. Everything else calls what it gets from here.
import type { SendOutcome } from '../activities/redshift/restore-table-from-cluster-snapshot';
import type { RestoreIdentity, TableRestoreFacts } from '../domain/aws/table-restore';
import { isProvisioned, warehouseHandles, type Warehouse } from '../domain/warehouse';
import { type NamedSource, sourceIdentifier } from '../domain/restore-source';
import type { SourceFacts } from '../domain/sources';
import { displayTable } from '../domain/table-name';
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
export async function resolveWarehouse(warehouse: Warehouse): Promise<Warehouse> {
  if (isProvisioned(warehouse) || warehouse.namespaceName !== undefined) return warehouse;
  const { workgroupName } = warehouse;
  const { namespaceName } = await look.getWorkgroup.executeWithOptions({ summary: workgroupName }, [
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
export async function listSources(warehouse: Warehouse): Promise<{ of: string; sources: SourceFacts[] }> {
  if (isProvisioned(warehouse)) {
    const { clusterIdentifier } = warehouse;
    const sources = await look.listClusterSources.executeWithOptions({ summary: clusterIdentifier }, [
      { clusterIdentifier },
    ]);
    return { of: clusterIdentifier, sources };
  }
  const { namespaceName = '' } = warehouse;
  const sources = await look.listServerlessSources.executeWithOptions({ summary: namespaceName }, [
    { namespaceName },
  ]);
  return { of: namespaceName, sources };
}
