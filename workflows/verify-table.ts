import type { VerifyTableInput, VerifyTableResult } from '../domain/operations/verify-table';
import { displayTable } from '../domain/table-name';
import { runOperation } from './run';
import { verifyTableStep } from './steps/verify-table';

/** Proves a table through the Data API; fails with VerificationMismatch when it is not what was expected. */
export async function verifyTable(input: VerifyTableInput): Promise<VerifyTableResult> {
  return runOperation(
    'verifyTable',
    input,
    ({ table }) => ({
      title: `Verify ${displayTable(table)}`,
      steps: [{ name: 'verify', title: `Count the rows of ${displayTable(table)}` }],
    }),
    (run, valid) => run.step('verify', (step) => verifyTableStep(step, valid)),
  );
}
