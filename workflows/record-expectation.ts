import type {
  RecordExpectationInput,
  RecordExpectationResult,
} from '../domain/operations/record-expectation';
import { displayTable } from '../domain/table-name';
import type { Carried } from '../domain/retry/carried';
import type { Parsed, RunPlan } from './run';
import { runOperation } from './run-operation';
import { recordExpectationStep } from './steps/record-expectation';

/** Records row count, structure and aggregates of a table, for a later `verifyTable`. */
export async function recordExpectation(
  input: RecordExpectationInput,
  carried?: Carried,
): Promise<RecordExpectationResult> {
  return runOperation('recordExpectation', { input, carried }, recordExpectationPlan, (run, valid) =>
    run.step('record', (step) => recordExpectationStep(step, valid)),
  );
}

export const recordExpectationPlan = ({ table, moment }: Parsed<'recordExpectation'>): RunPlan => ({
  title: `Record ${displayTable(table)}${moment === undefined ? '' : `, ${moment}`}`,
  steps: [{ name: 'record', title: `Read what is in ${displayTable(table)}` }],
});
