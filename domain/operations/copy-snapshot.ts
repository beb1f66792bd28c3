import { z } from 'zod';
import { asOfValueSchema } from '../restore-source';
import type { SourceChoice } from '../sources';
import { clusterIdentifierSchema } from '../warehouse';
import {
  deadlineSchema,
  manualSnapshotIdentifierSchema,
  retentionSchema,
  snapshotIdentifierSchema,
  skipPreflightSchema,
} from './common';
import { notifySchema } from './notify';

/**
 * Input of `copySnapshot`: https://docs.aws.amazon.com/redshift/latest/APIReference/API_CopyClusterSnapshot.html
 * The snapshot is named, or chosen by time among the automated ones of the cluster.
 */
export const copySnapshotInputSchema = z
  .strictObject({
    sourceSnapshotIdentifier: snapshotIdentifierSchema.optional().describe('The automated snapshot to keep'),
    asOf: asOfValueSchema
      .optional()
      .describe('Instead of its name: the newest automated snapshot at or before this moment is kept'),
    sourceSnapshotClusterIdentifier: clusterIdentifierSchema
      .optional()
      .describe(
        'Cluster the snapshot was taken from; needed with asOf, and where IAM policies name clusters',
      ),
    targetSnapshotIdentifier: manualSnapshotIdentifierSchema
      .optional()
      .describe('Name of the manual copy; made from the source and the run when absent'),
    manualSnapshotRetentionPeriod: retentionSchema.optional(),
    deadline: deadlineSchema,
    skipPreflight: skipPreflightSchema,
    notify: notifySchema,
  })
  // Told beside whatever else is wrong, hence `when`.
  .refine((input) => told(input, 'sourceSnapshotIdentifier') || told(input, 'asOf'), {
    error: 'is missing, and so is asOf: give one of them',
    path: ['sourceSnapshotIdentifier'],
    when: ({ value }) => isObject(value),
  })
  .refine((input) => !(told(input, 'sourceSnapshotIdentifier') && told(input, 'asOf')), {
    error: 'must not be given beside sourceSnapshotIdentifier: the snapshot is named, or chosen by time',
    path: ['asOf'],
    when: ({ value }) => isObject(value),
  })
  .refine((input) => !told(input, 'asOf') || told(input, 'sourceSnapshotClusterIdentifier'), {
    error: 'is missing; asOf needs to know the cluster',
    path: ['sourceSnapshotClusterIdentifier'],
    when: ({ value }) => isObject(value),
  });

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const told = (input: object, field: string) => (input as Record<string, unknown>)[field] !== undefined;

export type CopySnapshotInput = z.input<typeof copySnapshotInputSchema>;

/** Result of `copySnapshot`. Times ISO, sizes in MB, retention in days (-1: for ever). */
export interface CopySnapshotResult {
  snapshotIdentifier: string;
  clusterIdentifier: string;
  /** The moment whose rows the snapshot holds. */
  snapshotCreateTime: string;
  totalBackupSizeInMegaBytes?: number;
  manualSnapshotRetentionPeriod?: number;
  /** How the source was chosen, when the run was told a time instead of a name. */
  choice?: SourceChoice;
  /** True when an earlier attempt (or somebody else) had already made this copy of this source. */
  adopted: boolean;
}
