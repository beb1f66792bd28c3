import { z } from 'zod';
import { instantSchema, snapshotIdentifierSchema } from './operations/common';
import { parseDurationMs } from './duration';
import { isProvisioned, type Warehouse } from './warehouse';

/** A snapshot of a provisioned cluster. */
const clusterSnapshotSchema = z.strictObject({
  snapshotIdentifier: snapshotIdentifierSchema.describe('Snapshot of the same cluster'),
});

/** A snapshot of a serverless namespace. */
const serverlessSnapshotSchema = z.strictObject({
  snapshotName: z
    .string()
    .regex(/^[a-zA-Z0-9-]{1,255}$/, 'must be a snapshot name: letters, digits and hyphens')
    .describe('Snapshot of the namespace'),
});

/** A recovery point of a serverless namespace; AWS keeps it for 24 hours. */
export const recoveryPointSchema = z.strictObject({
  recoveryPointId: z.string().min(1).max(255).describe('Recovery point of the namespace'),
});

/** Further back nothing is kept: AWS's longest retention is ten years. */
const farthestMs = 3_660 * 24 * 3_600_000;

const isDurationBefore = (text: string) => {
  const before = parseDurationMs(text.replace(/^-/, '')) ?? 0;
  return before > 0 && before <= farthestMs;
};

/** An ISO time, or a duration before the start of the run such as `24h`. */
export const asOfValueSchema = z
  .string()
  .refine((text) => instantSchema.safeParse(text).success || isDurationBefore(text), {
    error:
      'must be an ISO 8601 time with a zone, such as 2026-11-20T08:00:00Z, or a duration before now, such as 24h',
  })
  .describe('Moment whose rows are wanted: the newest usable source at or before it is chosen');

export const asOfSchema = z.strictObject({ asOf: asOfValueSchema });

/** What a table is restored from: named, or chosen by time. */
export const restoreSourceSchema = z.union([
  clusterSnapshotSchema,
  serverlessSnapshotSchema,
  recoveryPointSchema,
  asOfSchema,
]);

/** A source with a name. */
export type NamedSource =
  | z.infer<typeof clusterSnapshotSchema>
  | z.infer<typeof serverlessSnapshotSchema>
  | z.infer<typeof recoveryPointSchema>;

export type RestoreSource = z.infer<typeof restoreSourceSchema>;

/** Its name on AWS. */
export function sourceIdentifier(source: NamedSource): string {
  if ('snapshotIdentifier' in source) return source.snapshotIdentifier;
  return 'snapshotName' in source ? source.snapshotName : source.recoveryPointId;
}

/** For titles: the name, or the moment. */
export function describeSource(source: RestoreSource): string {
  return 'asOf' in source ? `the newest source at or before ${source.asOf}` : sourceIdentifier(source);
}

/** For ids and lists: the name, or the moment in short. */
export function sourceLabel(source: RestoreSource): string {
  return 'asOf' in source ? `as of ${source.asOf}` : sourceIdentifier(source);
}

/** The problem of a source that belongs to the other kind of warehouse; undefined when they fit. */
export function sourceProblem(
  warehouse: Warehouse,
  source: RestoreSource,
): { path: string[]; message: string } | undefined {
  if ('asOf' in source || 'snapshotIdentifier' in source === isProvisioned(warehouse)) return undefined;
  return isProvisioned(warehouse)
    ? {
        path: ['source'],
        message: 'must be a snapshotIdentifier or asOf: the warehouse is a provisioned cluster',
      }
    : {
        path: ['source'],
        message: 'must be a recoveryPointId, a snapshotName or asOf: the warehouse is a serverless workgroup',
      };
}

/** Whether `asOf` is an age (`24h`), and so another moment whenever it is said. */
export const isAge = (asOf: string) => parseDurationMs(asOf.replace(/^-/, '')) !== undefined;

/** The moment that `asOf` means, in milliseconds since 1970. */
export function asOfMs(asOf: string, nowMs: number): number {
  const before = parseDurationMs(asOf.replace(/^-/, ''));
  return before === undefined ? Date.parse(asOf) : nowMs - before;
}
