import { z } from 'zod';
import { asOfValueSchema } from '../restore-source';
import { chooseSource, reasonAgainst, type SourceChoice, type SourceFacts } from '../sources';
import { provisionedWarehouseSchema, serverlessNameSchema, serverlessWarehouseSchema } from '../warehouse';

/** What has snapshots and recovery points: a cluster, or the namespace behind a workgroup. */
export const sourceHolderSchema = z.union([
  provisionedWarehouseSchema,
  serverlessWarehouseSchema,
  z.strictObject({ namespaceName: serverlessNameSchema.describe('Serverless namespace') }),
]);

export type SourceHolder = z.infer<typeof sourceHolderSchema>;

export const sourcesSchema = z.strictObject({
  warehouse: sourceHolderSchema,
  asOf: asOfValueSchema.optional(),
});

/** A source in a list. Times ISO, sizes MB. */
export interface SourceListed extends SourceFacts {
  /** Since the moment whose rows it holds. */
  ageSeconds: number;
  /** Until AWS deletes it; absent when it is kept for ever, or AWS does not say. */
  remainingSeconds?: number;
  /** Why nothing can be restored from it now. */
  problem?: string;
  /** It is what `asOf` would choose. */
  chosen?: true;
}

export interface SourceList {
  /** Cluster or namespace. */
  of: string;
  /** Newest first. */
  sources: SourceListed[];
  /** What a run told this moment would choose, and why nothing else. */
  choice?: SourceChoice;
}

/** The sources as they are listed: newest first, with ages and what is wrong with each. Moments in milliseconds since 1970. */
export function sourceList(
  candidates: readonly SourceFacts[],
  { of, now, asOf }: { of: string; now: number; asOf?: number },
): SourceList {
  const choice = asOf === undefined ? undefined : chooseSource(candidates, { of, asOf, now });
  const sources = candidates
    .map((facts): SourceListed => {
      const problem = reasonAgainst(facts, { of, asOf: Infinity, now });
      const expiry = facts.expiresAt === undefined ? undefined : Date.parse(facts.expiresAt);
      return {
        ...facts,
        ageSeconds: Math.round((now - Date.parse(facts.createdAt)) / 1000),
        ...(expiry !== undefined && { remainingSeconds: Math.round((expiry - now) / 1000) }),
        ...(problem !== undefined && { problem }),
        ...(facts === choice?.chosen && { chosen: true as const }),
      };
    })
    .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  return { of, sources, ...(choice && { choice }) };
}
