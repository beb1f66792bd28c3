import { refusals } from './errors';

/** Letters, digits and hyphens; a letter first; no hyphen last or twice (CopyClusterSnapshot, CreateClusterSnapshot). */
const manualIdentifier = /^[a-z](?:-?[a-z0-9])*$/i;

/** Identifiers of clusters and snapshots are stored in lower case. */
export function folded(identifier: string): string {
  return identifier.toLowerCase();
}

/** @returns the identifier as AWS stores it. */
export function requireIdentifier(parameter: string, value: string): string {
  if (value.length < 1 || value.length > 255 || !manualIdentifier.test(value)) {
    throw refusals.invalidParameter(
      `The parameter ${parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; must not end with a hyphen or contain two consecutive hyphens; and must be 1 to 255 characters long.`,
    );
  }
  return folded(value);
}

/** @returns days, -1 for ever. */
export function requireRetention(days: number | undefined, otherwise: number): number {
  if (days === undefined) return otherwise;
  if (days !== -1 && (!Number.isInteger(days) || days < 1 || days > 3653)) throw refusals.invalidRetention();
  return days;
}

/** Name of an automated snapshot, e.g. `rs:analytics-2026-11-21-03-00-00`. */
export function automatedName(clusterIdentifier: string, time: Date): string {
  return `rs:${clusterIdentifier}-${time.toISOString().slice(0, 19).replace(/[T:]/g, '-')}`;
}
