import type { TableName, TerminalOutcome } from '../core/types';

/** Which table is wanted back, and under which name. */
export interface RestoreTables {
  source: TableName;
  target: TableName;
  caseSensitive: boolean;
}

/** A request to bring one table back; the same for a cluster and a serverless namespace. */
export interface TableRestore extends RestoreTables {
  id: string;
  requestTime: Date;
  megaBytes: number;
  /** Own name of the captured rows, so that deleting their snapshot does not take them away. */
  contentKey: string;
  /** Unset while it waits for an earlier restore. */
  startTime?: Date;
  endTime?: Date;
  setupSeconds: number;
  /** How it really ended. */
  outcome?: TerminalOutcome;
  terminal?: TerminalOutcome;
}

/** A restore whose time is over says IN_PROGRESS until its table is really there. */
export function restoreStatus({ outcome, startTime }: TableRestore, now: Date): string {
  if (outcome !== undefined) return outcome.status;
  return startTime === undefined || now < startTime ? 'PENDING' : 'IN_PROGRESS';
}

/** Megabytes done and to do; undefined while the total is not known, and then there is no progress either (docs/aws-notes.md, 4). */
export function restoreProgress(
  restore: TableRestore,
  now: Date,
  totalUnknownSeconds: number,
): { done: number; total: number } | undefined {
  const { requestTime, startTime, endTime, setupSeconds, megaBytes, outcome } = restore;
  if (outcome?.status === 'SUCCEEDED') return { done: megaBytes, total: megaBytes };
  if (now.getTime() < requestTime.getTime() + totalUnknownSeconds * 1000) return undefined;
  const seen = outcome === undefined || endTime === undefined ? now : endTime;
  const moving = ((endTime?.getTime() ?? 0) - (startTime?.getTime() ?? 0)) / 1000 - setupSeconds;
  const elapsed = startTime === undefined ? 0 : (seen.getTime() - startTime.getTime()) / 1000 - setupSeconds;
  const share = moving <= 0 || elapsed <= 0 ? 0 : Math.min(1, elapsed / moving);
  return { done: Math.floor(megaBytes * share + 1e-6), total: megaBytes };
}
