import { z } from 'zod';
import { asOfValueSchema } from '../restore-source';
import {
  chooseSource,
  reasonAgainst,
  sourceChoiceSchema,
  type SourceFacts,
  sourceFactsSchema,
} from '../sources';
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
const sourceListedSchema = sourceFactsSchema.extend({
  ageSeconds: z.number().describe('Since the moment whose rows it holds'),
  remainingSeconds: z
    .number()
    .optional()
    .describe('Until AWS deletes it; absent when it is kept for ever, or AWS does not say'),
  problem: z.string().optional().describe('Why nothing can be restored from it now'),
  chosen: z.literal(true).optional().describe('It is what asOf would choose'),
});

export type SourceListed = z.infer<typeof sourceListedSchema>;

export const sourceListSchema = z.object({
  of: z.string().describe('Cluster or namespace'),
  sources: z.array(sourceListedSchema).describe('Newest first'),
  choice: sourceChoiceSchema
    .optional()
    .describe('What a run told this moment would choose, and why nothing else'),
});

export type SourceList = z.infer<typeof sourceListSchema>;

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
