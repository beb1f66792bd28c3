import { z } from 'zod';
import type { AwsHandle } from '../run-state';

/** A run of Temporal: workflow id and run id. */
export const runReferenceSchema = z.strictObject({
  workflowId: z.string().min(1).max(1000),
  runId: z.string().min(1).max(100),
});

export type RunReference = z.infer<typeof runReferenceSchema>;

const handleKinds = [
  'snapshot',
  'table restore request',
  'restored table',
  'statement',
  'export',
] as const satisfies readonly AwsHandle['kind'][];

/**
 * Second argument of an operation's workflow: what a run with a changed input takes over from the run that it goes on
 * from. The steps it holds results of are not run; all others are.
 */
export const carriedSchema = z.strictObject({
  of: runReferenceSchema.describe('The run that this one goes on from'),
  from: z.string().min(1).describe('First step that is run'),
  results: z.record(z.string(), z.unknown()).describe('Results of the steps before it, by name'),
  aws: z
    .array(
      z.strictObject({
        kind: z.enum(handleKinds),
        id: z.string(),
        step: z.string(),
        orphaned: z.boolean().optional(),
      }),
    )
    .describe('What those steps left on AWS'),
});

export type Carried = z.infer<typeof carriedSchema>;
