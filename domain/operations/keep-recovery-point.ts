import { z } from 'zod';
import { asOfSchema, recoveryPointSchema } from '../restore-source';
import type { SourceChoice } from '../sources';
import { serverlessNameSchema } from '../warehouse';
import { deadlineSchema, retentionSchema, skipPreflightSchema } from './common';
import { notifySchema } from './notify';

/**
 * Input of `keepRecoveryPoint`, serverless's counterpart of `copySnapshot`:
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ConvertRecoveryPointToSnapshot.html
 */
export const keepRecoveryPointInputSchema = z.strictObject({
  namespaceName: serverlessNameSchema.describe('Namespace of the recovery point'),
  source: z.union([recoveryPointSchema, asOfSchema]),
  snapshotName: serverlessNameSchema
    .optional()
    .describe('Name of the snapshot; made from the run when absent'),
  retentionPeriod: retentionSchema
    .optional()
    .describe('Days to keep the snapshot: -1 (for ever) or 1 to 3653'),
  deadline: deadlineSchema,
  skipPreflight: skipPreflightSchema,
  notify: notifySchema,
});

export type KeepRecoveryPointInput = z.input<typeof keepRecoveryPointInputSchema>;

/** Result of `keepRecoveryPoint`. Times ISO, sizes MB, retention days (-1: for ever). */
export interface KeepRecoveryPointResult {
  snapshotName: string;
  namespaceName: string;
  recoveryPointId: string;
  snapshotCreateTime: string;
  totalBackupSizeInMegaBytes?: number;
  snapshotRetentionPeriod?: number;
  /** How the recovery point was chosen, when the run was told a time instead of a name. */
  choice?: SourceChoice;
  /** True when an earlier attempt had made this snapshot already. */
  adopted: boolean;
}
