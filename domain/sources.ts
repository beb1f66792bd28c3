import { z } from 'zod';

const sourceKindSchema = z.enum([
  'automated snapshot',
  'manual snapshot',
  'serverless snapshot',
  'recovery point',
]);

export type SourceKind = z.infer<typeof sourceKindSchema>;

const time = z.string().describe('ISO 8601');

/** A NamedSource as AWS lists it: its names are AWS's own, and not ours to judge. */
const listedNameSchema = z.union([
  z.object({ snapshotIdentifier: z.string() }),
  z.object({ snapshotName: z.string() }),
  z.object({ recoveryPointId: z.string() }),
]);

/** Something a table can be restored from, as AWS lists it. Times ISO. */
export const sourceFactsSchema = z.object({
  source: listedNameSchema,
  kind: sourceKindSchema,
  of: z.string().describe('Cluster or namespace it was taken from'),
  status: z.string(),
  usable: z.boolean(),
  createdAt: time.describe('The moment whose rows it holds'),
  expiresAt: time
    .optional()
    .describe('When AWS deletes it; absent when it is kept for ever, or AWS does not say'),
  sizeMegaBytes: z.number().optional(),
});

export type SourceFacts = z.infer<typeof sourceFactsSchema>;

const rejectedSourceSchema = z.object({
  source: listedNameSchema,
  kind: sourceKindSchema,
  createdAt: time,
  reason: z.string(),
});

export type RejectedSource = z.infer<typeof rejectedSourceSchema>;

/** How a source was chosen by time; part of the run's record. */
export const sourceChoiceSchema = z.object({
  asOf: time,
  chosen: sourceFactsSchema.optional(),
  ageSeconds: z
    .number()
    .optional()
    .describe('Between the moment asked for and the moment the chosen source holds'),
  rejected: z.array(rejectedSourceSchema),
});

export type SourceChoice = z.infer<typeof sourceChoiceSchema>;

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
