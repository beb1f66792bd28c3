import { z } from 'zod';
import type { Estimate } from './estimate';
import type { Finding } from './finding';

/** A step that a run would have. */
export interface PlannedStep extends Partial<Estimate> {
  name: string;
  title: string;
  /** Why the run will skip it. */
  notNeeded?: string;
}

/** What a run would find and do, told before anything is changed. */
export interface Plan {
  operation: string;
  /** Id of the run that the same input would start. */
  workflowId: string;
  title: string;
  findings: Finding[];
  steps: PlannedStep[];
  /** Sum over the steps that could be estimated; they run one after the other. */
  estimateSeconds?: number;
  /** True when nothing blocks. */
  feasible: boolean;
}

/** Input of the look-up `plan`: the run as it would be started. The operation's own schema is applied to `input` later. */
export const planSchema = z.strictObject({
  operation: z.string().min(1),
  workflowId: z.string().min(1).max(1000),
  input: z.record(z.string(), z.unknown()),
});

export type PlanRequest = z.infer<typeof planSchema>;
