import type { Agenda, ObjectStore, SimClock, SqlWarehouse } from './types';
import type { Settings } from './settings';

/**
 * The one shared context of all services. Each service keeps its own plain-map state in its own folder; what they need
 * of each other goes through here.
 */
export interface World {
  readonly clock: SimClock;
  readonly agenda: Agenda;
  readonly settings: Settings;
  readonly region: string;
  readonly accountId: string;
  /** A fresh id, deterministic after a reset: same requests, same ids. */
  id(kind: string): string;
  readonly objects: ObjectStore;
  /** The SQL engine of a provisioned cluster or of a serverless namespace, started on first use. */
  warehouse(name: string): Promise<SqlWarehouse>;
  /** For the Data API: what a ClusterIdentifier or WorkgroupName leads to; throws the AwsError the Data API answers. */
  resolveDataTarget(target: { ClusterIdentifier?: string; WorkgroupName?: string }): {
    warehouseName: string;
    paused: boolean;
  };
}
