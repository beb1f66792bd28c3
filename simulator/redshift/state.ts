import type { Backup } from '../backups/backup';
import type { TableRestore as CommonTableRestore } from '../table-restore/table-restore';

/** A provisioned cluster. What AWS shows of it is derived from these facts and the clock. */
export interface Cluster {
  identifier: string;
  databaseName: string;
  nodeType: string;
  numberOfNodes: number;
  masterUsername: string;
  createTime: Date;
  /** Days that automated snapshots are kept; AWS's default is 1. */
  automatedRetentionDays: number;
  state: 'available' | 'paused';
  /** A pause, resume or reboot under way. */
  transition?: { status: string; until: Date; afterwards: 'available' | 'paused' };
  /** After a table restore the cluster stays busy although it says `available` (docs/aws-notes.md, 1). */
  busyUntil?: Date;
}

export interface Snapshot extends Backup {
  identifier: string;
  clusterIdentifier: string;
  type: 'automated' | 'manual';
  /** The moment whose rows it holds; a copy keeps its source's. */
  createTime: Date;
  /** Name of the automated snapshot that a manual one was copied from. */
  copiedFrom?: string;
  tags: { Key?: string; Value?: string }[];
  authorizedAccounts: string[];
}

export interface TableRestore extends CommonTableRestore {
  clusterIdentifier: string;
  snapshotIdentifier: string;
}

/** Everything the Redshift room knows; plain maps in order of creation. */
export interface RedshiftState {
  clusters: Map<string, Cluster>;
  snapshots: Map<string, Snapshot>;
  restores: Map<string, TableRestore>;
}

export function emptyState(): RedshiftState {
  return { clusters: new Map(), snapshots: new Map(), restores: new Map() };
}
