import type { RecoverTableInput, RecoverTableResult } from '../domain/operations/recover-table';
import { displayTable } from '../domain/table-name';
import { look } from './proxies';
import { type Parsed, type Run, runOperation } from './run';
import { copySnapshotStep } from './steps/copy-snapshot';
import { exportTableStep } from './steps/export-table';
import { restoreTableStep } from './steps/restore-table';
import { verifyTableStep } from './steps/verify-table';

/** The main run: keep the snapshot, restore the table from it, prove it right, export. Each optional but the restore. */
export async function recoverTable(input: RecoverTableInput): Promise<RecoverTableResult> {
  return runOperation('recoverTable', input, plan, async (run, valid) => {
    const copy = await keepSnapshot(run, valid);
    const source = copy ? { snapshotIdentifier: copy.snapshotIdentifier } : valid.source;
    const restore = await run.step('restore', (step) => restoreTableStep(step, { ...valid, source }));

    const { verify: expectation, export: exportInput } = valid;
    const verify =
      expectation &&
      (await run.step('verify', (step) =>
        verifyTableStep(step, { ...valid, ...expectation, table: restore.table }),
      ));
    const exported = exportInput && (await run.step('export', (step) => exportTableStep(step, exportInput)));
    return {
      ...(copy && { copy }),
      restore,
      ...(verify && { verify }),
      ...(exported && { export: exported }),
    };
  });
}

function plan({ table, source, copy, verify, export: exportInput }: Parsed<'recoverTable'>) {
  const name = displayTable(table);
  return {
    title: `Recover ${name} from ${source.snapshotIdentifier}`,
    steps: [
      ...(copy ? [{ name: 'copy', title: `Copy ${source.snapshotIdentifier} to a manual snapshot` }] : []),
      { name: 'restore', title: `Restore ${name}` },
      ...(verify ? [{ name: 'verify', title: 'Count the restored rows' }] : []),
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

/** An automated snapshot is copied before it can expire under the restore; a manual one is kept already. */
async function keepSnapshot(run: Run, input: Parsed<'recoverTable'>) {
  const { source, warehouse, copy, deadline } = input;
  if (copy === false) return undefined;
  const snapshot = await look.describeClusterSnapshot.executeWithOptions(
    { summary: source.snapshotIdentifier },
    [source],
  );
  if (snapshot.snapshotType === 'manual') {
    run.skip('copy', `${source.snapshotIdentifier} is a manual snapshot already`);
    return undefined;
  }
  return run.step('copy', (step) =>
    copySnapshotStep(step, {
      ...copy,
      sourceSnapshotIdentifier: source.snapshotIdentifier,
      sourceSnapshotClusterIdentifier: warehouse.clusterIdentifier,
      deadline,
    }),
  );
}
