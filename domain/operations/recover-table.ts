import { z } from 'zod';
import { restoreSourceSchema } from '../restore-source';
import type { SourceChoice } from '../sources';
import { tableNameSchema } from '../table-name';
import { dataApiAccessSchema, isProvisioned, serverlessNameSchema, warehouseSchema } from '../warehouse';
import {
  deadlineSchema,
  manualSnapshotIdentifierSchema,
  retentionSchema,
  skipPreflightSchema,
} from './common';
import { notifySchema } from './notify';
import type { CopySnapshotResult } from './copy-snapshot';
import type { KeepRecoveryPointResult } from './keep-recovery-point';
import { exportStepInputSchema, type ExportTableResult } from './export-table';
import { restoreTargetSchema, sourceFits, settleSchema, type RestoreTableResult } from './restore-table';
import { expectationsOfRestored, expectsSomething, nothingExpected } from './expectations';
import type { VerifyTableResult } from './verify-table';

/** Input of `recoverTable`, the main run: copy → restore → verify → export, each optional but the restore. */
export const recoverTableInputSchema = z
  .strictObject({
    warehouse: warehouseSchema,
    source: restoreSourceSchema,
    table: tableNameSchema.describe('The table that is wrong or gone'),
    target: restoreTargetSchema.optional(),
    enableCaseSensitiveIdentifier: z.boolean().default(false).describe('Names are case sensitive'),
    dataApi: dataApiAccessSchema
      .optional()
      .describe('How to sign in to the database; the worker identity when absent'),
    copy: z
      .union([
        z.literal(false),
        z.strictObject({
          targetSnapshotIdentifier: manualSnapshotIdentifierSchema
            .optional()
            .describe('Name of the manual copy'),
          manualSnapshotRetentionPeriod: retentionSchema.optional(),
        }),
      ])
      .prefault({})
      .describe(
        'The copy of an automated snapshot that is made first; false for none. A manual snapshot is not copied',
      ),
    verify: z
      .strictObject(expectationsOfRestored)
      .refine(expectsSomething, { error: nothingExpected, path: ['rowCount'], when: () => true })
      .optional()
      .describe('What the restored table must be'),
    export: exportStepInputSchema.optional().describe('A DynamoDB export as the last step'),
    settle: settleSchema,
    deadline: deadlineSchema,
    skipPreflight: skipPreflightSchema,
    notify: notifySchema,
  })
  .superRefine(sourceFits)
  .refine(
    ({ warehouse, copy }) =>
      isProvisioned(warehouse) ||
      !copy ||
      copy.targetSnapshotIdentifier === undefined ||
      serverlessNameSchema.safeParse(copy.targetSnapshotIdentifier).success,
    {
      error: 'must be 3 to 64 lower-case letters, digits or hyphens, as for every serverless snapshot',
      path: ['copy', 'targetSnapshotIdentifier'],
    },
  );

export type RecoverTableInput = z.input<typeof recoverTableInputSchema>;

/** Result of `recoverTable`: one member a step that ran. */
export interface RecoverTableResult {
  /** How the source was chosen, when the run was told a time instead of a name. */
  choice?: SourceChoice;
  copy?: CopySnapshotResult;
  /** Serverless: the recovery point kept as a snapshot. */
  keep?: KeepRecoveryPointResult;
  restore: RestoreTableResult;
  verify?: VerifyTableResult;
  export?: ExportTableResult;
}
