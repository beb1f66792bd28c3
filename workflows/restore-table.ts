import type { RestoreTableInput, RestoreTableResult } from '../domain/operations/restore-table';
import { displayTable } from '../domain/table-name';
import { describeSource } from '../domain/restore-source';
import { runOperation } from './run';
import { restoreTableStep } from './steps/restore-table';

/** Restores one table from a snapshot under a name that does not exist yet, and waits until its rows are back. */
export async function restoreTable(input: RestoreTableInput): Promise<RestoreTableResult> {
  return runOperation(
    'restoreTable',
    input,
    ({ table, source }) => ({
      title: `Restore ${displayTable(table)} from ${describeSource(source)}`,
      steps: [{ name: 'restore', title: `Restore ${displayTable(table)}` }],
    }),
    (run, valid) => run.step('restore', (step) => restoreTableStep(step, valid)),
  );
}
