import { z } from 'zod';
import { tableNameSchema } from '../table-name';
import { dataApiAccessSchema, warehouseSchema } from '../warehouse';
import { deadlineSchema, skipPreflightSchema } from './common';
import { notifySchema } from './notify';
import type { RecordedExpectation } from './expectations';

/** Input of `recordExpectation`. */
export const recordExpectationInputSchema = z.strictObject({
  warehouse: warehouseSchema,
  table: tableNameSchema.describe('The table whose state is recorded'),
  moment: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('What the moment is called, such as "before release 42"; asking again is then another run'),
  rowHash: z.boolean().default(false).describe('Also hash all rows, which reads the whole table once more'),
  dataApi: dataApiAccessSchema
    .optional()
    .describe('How to sign in to the database; the worker identity when absent'),
  deadline: deadlineSchema,
  skipPreflight: skipPreflightSchema,
  notify: notifySchema,
});

export type RecordExpectationInput = z.input<typeof recordExpectationInputSchema>;

/** Result of `recordExpectation`: give `expectation` to `verifyTable` as it is. */
export interface RecordExpectationResult {
  expectation: RecordedExpectation;
}
