import { hashOf } from './hash';
import { utf8Length } from './table-name';

/**
 * Idempotency token of one submit: from the run's identity, so that every attempt, every worker and every reset sends
 * the same one. `generation` moves on only when AWS itself ended the operation and it must be asked for anew.
 * 64 characters at most (both ExportTableToPointInTime and ExecuteStatement).
 */
export function clientToken(workflowId: string, step: string, generation = 1): string {
  return `undrop-${hashOf(workflowId, step, String(generation)).slice(0, 40)}`;
}

/** Name of a statement, found again by prefix with ListStatements; at most 500 characters. */
export function statementName(workflowId: string, step: string, generation = 1): string {
  return `undrop:${workflowId}:${step}:${generation}`.slice(0, 500);
}

/**
 * Default name of a restored table: `<table>_restored_<8 hex digits of the run and step>`. Unique to the run, because
 * AWS has no token for a table restore: it refuses an existing name, so even a late second request cannot make a second table.
 */
export function restoredTableName(table: string, workflowId: string, step: string): string {
  const suffix = `_restored_${hashOf(workflowId, step).slice(0, 8)}`;
  let stem = table;
  while (utf8Length(stem) + suffix.length > 127) stem = Array.from(stem).slice(0, -1).join('');
  return stem + suffix;
}

/**
 * Default name of the snapshot that a recovery point is kept as: `<namespace>-keep-<8 hex digits>`, 64 characters at
 * most. It is of this recovery point: a run that chooses by time and is started again may choose another one.
 */
export function keptRecoveryPointName(
  namespace: string,
  recoveryPointId: string,
  workflowId: string,
  step: string,
): string {
  const suffix = `-keep-${hashOf(workflowId, step, recoveryPointId).slice(0, 8)}`;
  return namespace.slice(0, 64 - suffix.length).replace(/-+$/, '') + suffix;
}

/** Default name of a manual copy: `<source>-keep-<8 hex digits>`, valid as a snapshot identifier (1–255 characters). */
export function snapshotCopyName(source: string, workflowId: string, step: string): string {
  const suffix = `-keep-${hashOf(workflowId, step).slice(0, 8)}`;
  const stem = source
    .replace(/^[a-z]+:/i, '')
    .replace(/[^a-z0-9-]+/gi, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[^a-z]+/i, '')
    .slice(0, 255 - suffix.length)
    .replace(/-+$/, '')
    .toLowerCase();
  return (stem || 'snapshot') + suffix;
}
