import type { Backup } from '../backups/backup';
import type { TableRestore as CommonTableRestore } from '../table-restore/table-restore';

/** The data: databases, and the recovery points and snapshots made of them. */
export interface Namespace {
  name: string;
  id: string;
  databaseName: string;
  adminUsername: string;
  createTime: Date;
  status: 'AVAILABLE' | 'MODIFYING' | 'DELETING';
  /** Size when it was last seen. */
  megaBytes: number;
  lastRecoveryPoint: Date;
  /** After a table restore the namespace stays busy although everything says AVAILABLE. */
  busyUntil?: Date;
  /** Keys of rows to capture, and to drop, as soon as the engine is there (see rows.ts). */
  rowsToKeep: Set<string>;
  rowsToDrop: Set<string>;
}

/** The compute: what statements run on. */
export interface Workgroup {
  name: string;
  id: string;
  namespaceName: string;
  createTime: Date;
  status: 'AVAILABLE' | 'CREATING' | 'MODIFYING' | 'DELETING';
}

export interface RecoveryPoint {
  id: string;
  namespaceName: string;
  workgroupName: string;
  createTime: Date;
  megaBytes: number;
  contentKey: string;
}

export interface Tag {
  key?: string;
  value?: string;
}

export interface Snapshot extends Backup {
  name: string;
  id: string;
  namespaceName: string;
  createTime: Date;
  /** Id of the recovery point it was made of. */
  convertedFrom?: string;
  tags: Tag[];
}

export interface TableRestore extends CommonTableRestore {
  namespaceName: string;
  workgroupName: string;
  recoveryPointId?: string;
  snapshotName?: string;
}

/** Everything the serverless room knows; plain maps in order of creation. */
export interface ServerlessState {
  namespaces: Map<string, Namespace>;
  workgroups: Map<string, Workgroup>;
  recoveryPoints: Map<string, RecoveryPoint>;
  snapshots: Map<string, Snapshot>;
  restores: Map<string, TableRestore>;
}

export function emptyState(): ServerlessState {
  return {
    namespaces: new Map(),
    workgroups: new Map(),
    recoveryPoints: new Map(),
    snapshots: new Map(),
    restores: new Map(),
  };
}
