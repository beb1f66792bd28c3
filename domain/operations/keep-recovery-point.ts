import { z } from 'zod';
import { asOfSchema, recoveryPointSchema } from '../restore-source';
import type { SourceChoice } from '../sources';
import { serverlessNameSchema } from '../warehouse';
import { deadlineSchema, retentionSchema } from './common';

/** A serverless snapshot's name: letters, digits and single hyphens, as for clusters. */
export const serverlessSnapshotNameSchema = z
  .string()
  .regex(
    /^(?=.{1,235}$)[a-z](?:-?[a-z0-9])*$/,
    'must be 1 to 235 lower-case letters, digits or single hyphens, beginning with a letter',
  );

/**
 * Input of `keepRecoveryPoint`, serverless's counterpart of `copySnapshot`:
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ConvertRecoveryPointToSnapshot.html
 */
export const keepRecoveryPointInputSchema = z.strictObject({
  namespaceName: serverlessNameSchema.describe('Namespace of the recovery point'),
  source: z.union([recoveryPointSchema, asOfSchema]),
  snapshotName: serverlessSnapshotNameSchema
    .optional()
    .describe('Name of the snapshot; made from the run when absent'),
  retentionPeriod: retentionSchema
    .optional()
    .describe('Days to keep the snapshot: -1 (for ever) or 1 to 3653'),
  deadline: deadlineSchema,
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
  choice?: SourceChoice;
  /** True when an earlier attempt had made this snapshot already. */
  adopted: boolean;
}
