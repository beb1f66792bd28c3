import { z } from 'zod';
import { identifierSchema, tableNameSchema } from '../table-name';
import { dataApiAccessSchema, warehouseSchema } from '../warehouse';
import { deadlineSchema } from './common';

const rowsSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What the row count must be: one of four. */
export const rowCountExpectationSchema = z.union([
  z.strictObject({ exactly: rowsSchema.describe('Exactly this many rows') }),
  z.strictObject({ atLeast: rowsSchema.describe('This many rows or more') }),
  z.strictObject({
    about: rowsSchema.describe('This many rows, within the tolerance'),
    tolerancePercent: z.number().min(0).max(100).describe('Tolerance in percent of the expected rows'),
  }),
  z.strictObject({
    sameAs: z
      .strictObject({
        database: identifierSchema.optional(),
        schema: identifierSchema.optional(),
        table: identifierSchema,
      })
      .describe('As many rows as this other table has now'),
  }),
]);

export type RowCountExpectation = z.infer<typeof rowCountExpectationSchema>;

/** Input of `verifyTable`. */
export const verifyTableInputSchema = z.strictObject({
  warehouse: warehouseSchema,
  table: tableNameSchema.describe('The table to prove'),
  rowCount: rowCountExpectationSchema,
  dataApi: dataApiAccessSchema
    .optional()
    .describe('How to sign in to the database; the worker identity when absent'),
  deadline: deadlineSchema,
});

export type VerifyTableInput = z.input<typeof verifyTableInputSchema>;

/** What was found out about one expectation. */
export interface Verdict {
  subject: 'row count';
  passed: boolean;
  /** In words a person can compare: `exactly 120,000 rows`. */
  expected: string;
  actual: string;
}

/** Result of `verifyTable`; only ever returned with every verdict passed, else the run fails with VerificationMismatch. */
export interface VerifyTableResult {
  table: { database: string; schema: string; table: string };
  rowCount: number;
  verdicts: Verdict[];
}

/** Judges a counted number of rows; `otherRows` is the count of the table named in `sameAs`. */
export function judgeRowCount(expectation: RowCountExpectation, rows: number, otherRows?: number): Verdict {
  const verdict = (passed: boolean, expected: string): Verdict => ({
    subject: 'row count',
    passed,
    expected,
    actual: `${thousands(rows)} rows`,
  });
  if ('exactly' in expectation)
    return verdict(rows === expectation.exactly, `exactly ${thousands(expectation.exactly)} rows`);
  if ('atLeast' in expectation)
    return verdict(rows >= expectation.atLeast, `at least ${thousands(expectation.atLeast)} rows`);
  if ('about' in expectation) {
    const { about, tolerancePercent } = expectation;
    return verdict(
      Math.abs(rows - about) <= (about * tolerancePercent) / 100,
      `${thousands(about)} rows, give or take ${tolerancePercent} %`,
    );
  }
  if (otherRows === undefined) throw new RangeError('the other table was not counted [expectation=sameAs]');
  return verdict(rows === otherRows, `as many rows as ${expectation.sameAs.table} (${thousands(otherRows)})`);
}

/** 120000 → `120,000`, without the platform's locale data (this runs inside workflows). */
export function thousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
