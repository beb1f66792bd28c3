import { z } from 'zod';
import { tableNameSchema } from '../table-name';
import { thousands, verdict, type Verdict } from '../verdict';
import { dataApiAccessSchema, warehouseSchema } from '../warehouse';
import { deadlineSchema, skipPreflightSchema } from './common';
import { notifySchema } from './notify';
import { expectations, expectsSomething, nothingExpected, type RowCountExpectation } from './expectations';

export { rowCountExpectationSchema, type RowCountExpectation } from './expectations';
export { thousands, type Verdict } from '../verdict';

/** Input of `verifyTable`: any of the four levels, and what was recorded earlier; at least one (docs/verify.md). */
export const verifyTableInputSchema = z
  .strictObject({
    warehouse: warehouseSchema,
    table: tableNameSchema.describe('The table to prove'),
    ...expectations,
    dataApi: dataApiAccessSchema
      .optional()
      .describe('How to sign in to the database; the worker identity when absent'),
    deadline: deadlineSchema,
    skipPreflight: skipPreflightSchema,
    notify: notifySchema,
  })
  .refine(expectsSomething, { error: nothingExpected, path: ['rowCount'], when: () => true });

export type VerifyTableInput = z.input<typeof verifyTableInputSchema>;

/** Result of `verifyTable`; only ever returned with every verdict passed, else the run fails with VerificationMismatch. */
export interface VerifyTableResult {
  table: { database: string; schema: string; table: string };
  rowCount: number;
  verdicts: Verdict[];
}

/** Judges a counted number of rows; `otherRows` is the count of the table named in `sameAs`. */
export function judgeRowCount(expectation: RowCountExpectation, rows: number, otherRows?: number): Verdict {
  const judged = (passed: boolean, expected: string): Verdict =>
    verdict('rowCount', 'row count', passed, expected, `${thousands(rows)} rows`);
  if ('exactly' in expectation)
    return judged(rows === expectation.exactly, `exactly ${thousands(expectation.exactly)} rows`);
  if ('atLeast' in expectation)
    return judged(rows >= expectation.atLeast, `at least ${thousands(expectation.atLeast)} rows`);
  if ('about' in expectation) {
    const { about, tolerancePercent } = expectation;
    return judged(
      Math.abs(rows - about) <= (about * tolerancePercent) / 100,
      `${thousands(about)} rows, give or take ${tolerancePercent} %`,
    );
  }
  if (otherRows === undefined) throw new RangeError('the other table was not counted [expectation=sameAs]');
  return judged(rows === otherRows, `as many rows as ${expectation.sameAs.table} (${thousands(otherRows)})`);
}
