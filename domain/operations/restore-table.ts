import { z } from 'zod';
import { identifierSchema, tableNameSchema } from '../table-name';
import { dataApiAccessSchema, type Warehouse, warehouseSchema } from '../warehouse';
import { durationSchema } from '../duration';
import { type NamedSource, type RestoreSource, restoreSourceSchema, sourceProblem } from '../restore-source';
import type { SourceChoice } from '../sources';
import { deadlineSchema, skipPreflightSchema } from './common';
import { notifySchema } from './notify';

/** Where the restored table goes; each part defaults to the source's, the table to `<table>_restored_<8 hex digits>`. */
export const restoreTargetSchema = z.strictObject({
  database: identifierSchema.optional().describe('Database of the restored table'),
  schema: identifierSchema.optional().describe('Schema of the restored table'),
  table: identifierSchema.optional().describe('Name of the restored table; must not exist'),
});

/** How long a lost answer is left to settle before the lists are believed; must exceed AWS's list lag. */
export const settleSchema = durationSchema
  .default('60 seconds')
  .describe('After a lost answer, how long to let AWS settle before looking whether it was heard');

/** Input of `restoreTable`: RestoreTableFromClusterSnapshot. */
export const restoreTableInputSchema = z
  .strictObject({
    warehouse: warehouseSchema,
    source: restoreSourceSchema,
    table: tableNameSchema.describe('The table as it was in the snapshot'),
    target: restoreTargetSchema.optional(),
    enableCaseSensitiveIdentifier: z.boolean().default(false).describe('Names are case sensitive'),
    dataApi: dataApiAccessSchema
      .optional()
      .describe('How to look at the cluster; the worker identity when absent'),
    settle: settleSchema,
    deadline: deadlineSchema,
    skipPreflight: skipPreflightSchema,
    notify: notifySchema,
  })
  .superRefine(sourceFits);

/** Refinement: a source belongs to its kind of warehouse. */
export function sourceFits(
  input: { warehouse: Warehouse; source: RestoreSource },
  context: z.RefinementCtx,
): void {
  const problem = sourceProblem(input.warehouse, input.source);
  if (problem) context.addIssue({ code: 'custom', ...problem });
}

export type RestoreTableInput = z.input<typeof restoreTableInputSchema>;

/** Result of `restoreTable`. */
export interface RestoreTableResult {
  tableRestoreRequestId: string;
  /** The restored table. */
  table: { database: string; schema: string; table: string };
  /** What it was restored from. */
  source: NamedSource;
  /** How the source was chosen, when the run was told a time instead of a name. */
  choice?: SourceChoice;
  totalDataInMegaBytes?: number;
  /** How the request was found when the answer to sending it was lost. */
  adopted: boolean;
  /** Requests sent to AWS, all attempts together. */
  sends: number;
}
