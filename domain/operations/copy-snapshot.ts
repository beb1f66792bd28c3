import { z } from 'zod';
import { clusterIdentifierSchema } from '../warehouse';
import {
  deadlineSchema,
  manualSnapshotIdentifierSchema,
  retentionSchema,
  snapshotIdentifierSchema,
} from './common';

/** Input of `copySnapshot`: https://docs.aws.amazon.com/redshift/latest/APIReference/API_CopyClusterSnapshot.html */
export const copySnapshotInputSchema = z.strictObject({
  sourceSnapshotIdentifier: snapshotIdentifierSchema.describe('The automated snapshot to keep'),
  sourceSnapshotClusterIdentifier: clusterIdentifierSchema
    .optional()
    .describe('Cluster the snapshot was taken from; needed where IAM policies name clusters'),
  targetSnapshotIdentifier: manualSnapshotIdentifierSchema
    .optional()
    .describe('Name of the manual copy; made from the source and the run when absent'),
  manualSnapshotRetentionPeriod: retentionSchema.optional(),
  deadline: deadlineSchema,
});

export type CopySnapshotInput = z.input<typeof copySnapshotInputSchema>;

/** Result of `copySnapshot`. Times ISO, sizes in MB, retention in days (-1: for ever). */
export interface CopySnapshotResult {
  snapshotIdentifier: string;
  clusterIdentifier: string;
  /** The moment whose rows the snapshot holds. */
  snapshotCreateTime: string;
  totalBackupSizeInMegaBytes?: number;
  manualSnapshotRetentionPeriod?: number;
  /** True when an earlier attempt (or somebody else) had already made this copy of this source. */
  adopted: boolean;
}
