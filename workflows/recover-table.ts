import type { RecoverTableInput, RecoverTableResult } from '../domain/operations/recover-table';
import { describeSource } from '../domain/restore-source';
import { provingTitle } from '../domain/proof/proving-title';
import { displayTable } from '../domain/table-name';
import type { Carried } from '../domain/retry/carried';
import type { Parsed } from './run';
import { runOperation } from './run-operation';
import { asOriginal } from './steps/as-original';
import { chosenSource, choosing } from './steps/choose-source';
import { exportTableStep } from './steps/export-table';
import { keepSource } from './steps/keep-source';
import { restoreTableStep } from './steps/restore-table';
import { verifyTableStep } from './steps/verify-table';
import { resolveWarehouse } from './warehouse';

/**
 * The main run: keep the source, restore the table from it, prove it right, export. Each optional but the restore. With
 * `asOf` the source is chosen first, once.
 */
export async function recoverTable(input: RecoverTableInput, carried?: Carried): Promise<RecoverTableResult> {
  return runOperation('recoverTable', { input, carried }, recoverTablePlan, async (run, valid) => {
    const warehouse = await resolveWarehouse(valid.warehouse);
    const { named, choice } = await chosenSource(run, warehouse, valid);
    const kept = await keepSource(run, { ...valid, warehouse, named });
    const restore = await run.step('restore', (step) =>
      restoreTableStep(step, { ...valid, warehouse, source: { named: kept.source, choice } }),
    );

    const { verify: expectation, export: exportInput } = valid;
    const verify =
      expectation &&
      (await run.step('verify', (step) =>
        verifyTableStep(step, {
          ...valid,
          ...asOriginal(expectation, valid.table),
          warehouse,
          table: restore.table,
        }),
      ));
    const exported = exportInput && (await run.step('export', (step) => exportTableStep(step, exportInput)));
    return {
      ...(choice && { choice }),
      ...(kept.copy && { copy: kept.copy }),
      ...(kept.keep && { keep: kept.keep }),
      restore,
      ...(verify && { verify }),
      ...(exported && { export: exported }),
    };
  });
}

export function recoverTablePlan({
  table,
  source,
  copy,
  verify,
  export: exportInput,
}: Parsed<'recoverTable'>) {
  const name = displayTable(table);
  const from = describeSource(source);
  const kept = 'asOf' in source ? 'the chosen source' : from;
  return {
    title: `Recover ${name} from ${from}`,
    steps: [
      ...choosing(source),
      ...(copy
        ? [
            {
              name: 'copy',
              title:
                'recoveryPointId' in source || 'asOf' in source
                  ? `Keep ${kept} as a snapshot`
                  : `Copy ${kept} to a manual snapshot`,
            },
          ]
        : []),
      { name: 'restore', title: `Restore ${name}` },
      ...(verify
        ? [{ name: 'verify', title: provingTitle(verify, 'the restored rows', 'the restored table') }]
        : []),
      ...(exportInput
        ? [
            {
              name: 'export',
              title: `Export ${exportInput.tableArn.split('/').pop()} to ${exportInput.s3Bucket}`,
            },
          ]
        : []),
    ],
  };
}
