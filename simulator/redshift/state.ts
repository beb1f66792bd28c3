import type { TableName, TerminalOutcome } from '../core/types';

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
  /** After a table restore the cluster stays busy although it says `available` (aws-facts §1.3). */
  busyUntil?: Date;
}

export interface Snapshot {
  identifier: string;
  clusterIdentifier: string;
  type: 'automated' | 'manual';
  /** The moment whose rows it holds; a copy keeps its source's. */
  createTime: Date;
  /** When it was asked for here, and when it is there. */
  requestTime: Date;
  readyTime: Date;
  /** Seconds at the start of the backup in which no data moves. */
  setupSeconds: number;
  megaBytes: number;
  /** Days, -1 for ever. */
  retentionDays: number;
  retentionStart: Date;
  /** Key of the captured rows in the cluster's warehouse. */
  contentKey: string;
  /** Name of the automated snapshot that a manual one was copied from. */
  copiedFrom?: string;
  tags: { Key?: string; Value?: string }[];
  authorizedAccounts: string[];
  /** Ends so instead of `available`, by a fault. */
  terminal?: TerminalOutcome;
}

export interface TableRestore {
  id: string;
  requestTime: Date;
  clusterIdentifier: string;
  snapshotIdentifier: string;
  source: TableName;
  target: TableName;
  caseSensitive: boolean;
  megaBytes: number;
  /** Own name of the captured rows, so that deleting the snapshot does not take them away. */
  contentKey: string;
  /** Unset while it waits for an earlier restore. */
  startTime?: Date;
  endTime?: Date;
  setupSeconds: number;
  /** How it really ended. */
  outcome?: { status: string; message?: string };
  terminal?: TerminalOutcome;
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
