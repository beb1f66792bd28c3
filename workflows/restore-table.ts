import type { RestoreTableInput, RestoreTableResult } from '../domain/operations/restore-table';
import { displayTable } from '../domain/table-name';
import { describeSource } from '../domain/restore-source';
import type { Carried } from '../domain/retry/carried';
import type { Parsed, RunPlan } from './run';
import { runOperation } from './run-operation';
import { chosenSource, choosing } from './steps/choose-source';
import { restoreTableStep } from './steps/restore-table';
import { resolveWarehouse } from './warehouse';

/** Restores one table from a snapshot under a name that does not exist yet, and waits until its rows are back. */
export async function restoreTable(input: RestoreTableInput, carried?: Carried): Promise<RestoreTableResult> {
  return runOperation('restoreTable', { input, carried }, restoreTablePlan, async (run, valid) => {
    const warehouse = await resolveWarehouse(valid.warehouse);
    const source = await chosenSource(run, warehouse, valid);
    const restored = await run.step('restore', (step) =>
      restoreTableStep(step, { ...valid, warehouse, source }),
    );
    return { ...restored, ...(source.choice && { choice: source.choice }) };
  });
}

export const restoreTablePlan = ({ table, source }: Parsed<'restoreTable'>): RunPlan => ({
  title: `Restore ${displayTable(table)} from ${describeSource(source)}`,
  steps: [...choosing(source), { name: 'restore', title: `Restore ${displayTable(table)}` }],
});
