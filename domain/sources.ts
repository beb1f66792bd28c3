import type { NamedSource } from './restore-source';

export type SourceKind = 'automated snapshot' | 'manual snapshot' | 'serverless snapshot' | 'recovery point';

/** Something a table can be restored from, as AWS lists it. Times ISO. */
export interface SourceFacts {
  source: NamedSource;
  kind: SourceKind;
  /** Cluster or namespace it was taken from. */
  of: string;
  status: string;
  usable: boolean;
  /** The moment whose rows it holds. */
  createdAt: string;
  /** When AWS deletes it; absent when it is kept for ever, or AWS does not say. */
  expiresAt?: string;
  sizeMegaBytes?: number;
}

export interface RejectedSource {
  source: NamedSource;
  kind: SourceKind;
  createdAt: string;
  reason: string;
}

/** How a source was chosen by time; part of the run's record. */
export interface SourceChoice {
  asOf: string;
  chosen?: SourceFacts;
  /** Between the moment asked for and the moment the chosen source holds. */
  ageSeconds?: number;
  rejected: RejectedSource[];
}

/** A source that ends sooner than this after now cannot be relied on to last through a restore. */
const expiryMarginMs = 5 * 60_000;

/** What is wanted; moments in milliseconds since 1970. */
export interface WantedSource {
  /** Cluster or namespace. */
  of: string;
  asOf: number;
  now: number;
  /** The only kind that will do, when not every one does. */
  kind?: SourceKind;
}

/** The newest usable source at or before a moment, and why each other one was not taken. */
export function chooseSource(candidates: readonly SourceFacts[], wanted: WantedSource): SourceChoice {
  const newestFirst = [...candidates].sort(byPreference);
  const rejected: RejectedSource[] = [];
  let chosen: SourceFacts | undefined;
  for (const candidate of newestFirst) {
    const reason = reasonAgainst(candidate, wanted) ?? (chosen && reasonBehind(candidate, chosen));
    if (reason === undefined) chosen = candidate;
    else {
      const { source, kind, createdAt } = candidate;
      rejected.push({ source, kind, createdAt, reason });
    }
  }
  return {
    asOf: new Date(wanted.asOf).toISOString(),
    ...(chosen && { chosen, ageSeconds: Math.round((wanted.asOf - Date.parse(chosen.createdAt)) / 1000) }),
    rejected,
  };
}

/** The newest first; of one moment (a snapshot and its copy) the one that AWS keeps longest. */
function byPreference(a: SourceFacts, b: SourceFacts): number {
  const end = ({ expiresAt }: SourceFacts) => (expiresAt === undefined ? Infinity : Date.parse(expiresAt));
  const later = Date.parse(b.createdAt) - Date.parse(a.createdAt);
  return later !== 0 || end(a) === end(b) ? later : end(b) - end(a);
}

function reasonBehind({ createdAt }: SourceFacts, chosen: SourceFacts): string {
  return Date.parse(createdAt) === Date.parse(chosen.createdAt)
    ? 'of the same moment as the chosen one'
    : 'older than the chosen one';
}

/** Why a source cannot be taken; undefined when it can. */
export function reasonAgainst(
  candidate: SourceFacts,
  { of, asOf, now, kind }: WantedSource,
): string | undefined {
  if (candidate.of !== of) return `of another warehouse: ${candidate.of}`;
  if (kind !== undefined && candidate.kind !== kind) return `a ${candidate.kind}, which is kept already`;
  if (Date.parse(candidate.createdAt) > asOf) return 'later than asked for';
  if (/delet/i.test(candidate.status)) return 'being deleted';
  if (!candidate.usable) return `not available: ${candidate.status}`;
  if (candidate.expiresAt !== undefined) {
    const leftMs = Date.parse(candidate.expiresAt) - now;
    if (leftMs <= 0) return `expired at ${candidate.expiresAt}`;
    if (leftMs < expiryMarginMs) return `expires within minutes, at ${candidate.expiresAt}`;
  }
  return undefined;
}
