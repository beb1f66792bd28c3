import type { VerifyTableInput, VerifyTableResult } from '../domain/operations/verify-table';
import { provingTitle } from '../domain/proof/proving-title';
import { displayTable } from '../domain/table-name';
import type { Carried } from '../domain/retry/carried';
import type { Parsed, RunPlan } from './run';
import { runOperation } from './run-operation';
import { verifyTableStep } from './steps/verify-table';

/** Proves a table through the Data API, in levels; fails with VerificationMismatch when it is not what was expected. */
export async function verifyTable(input: VerifyTableInput, carried?: Carried): Promise<VerifyTableResult> {
  return runOperation('verifyTable', { input, carried }, verifyTablePlan, (run, valid) =>
    run.step('verify', (step) => verifyTableStep(step, valid)),
  );
}

export function verifyTablePlan(valid: Parsed<'verifyTable'>): RunPlan {
  const name = displayTable(valid.table);
  return {
    title: `Verify ${name}`,
    steps: [{ name: 'verify', title: provingTitle(valid, `the rows of ${name}`, name) }],
  };
}
