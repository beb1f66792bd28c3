import { workflowInfo } from '@temporalio/workflow';
import { observeTableRestore } from '../../domain/aws/table-restore';
import { durationMs } from '../../domain/duration';
import { restoredTableName } from '../../domain/names';
import type { RestoreTableResult } from '../../domain/operations/restore-table';
import { displayTable } from '../../domain/table-name';
import { waitFor } from '../poll';
import { look } from '../proxies';
import type { Parsed, Step } from '../run';
import { earlierRestore, type RestoreRequest, submitRestore, type SubmittedRestore } from './submit-restore';

/** One table from a snapshot, under a name that does not exist yet; then the wait until its rows are back. */
export async function restoreTableStep(
  step: Step,
  input: Parsed<'restoreTable'>,
): Promise<RestoreTableResult> {
  const { warehouse, table: source } = input;
  const snapshot = input.source.snapshotIdentifier;
  const target = {
    database: input.target?.database ?? source.database,
    schema: input.target?.schema ?? source.schema,
    table: input.target?.table ?? restoredTableName(source.table, workflowInfo().workflowId, step.name),
  };
  const deadlineMs = durationMs(input.deadline);
  const request: RestoreRequest = {
    warehouse,
    access: input.dataApi,
    sourceIdentifier: snapshot,
    source,
    target,
    caseSensitive: input.enableCaseSensitiveIdentifier,
    nameIsOurs: input.target?.table === undefined,
    settleMs: durationMs(input.settle),
    deadlineMs,
  };
  const untilRestored = async ({ restore }: SubmittedRestore) => {
    const id = restore.tableRestoreRequestId;
    step.made('table restore request', id);
    return waitFor({
      step,
      what: `table restore ${id}`,
      handles: { cluster: warehouse.clusterIdentifier, request: id, table: displayTable(target) },
      deadlineMs,
      first: restore,
      look: () =>
        look.describeTableRestoreStatus.executeWithOptions({ summary: `${displayTable(target)} (${id})` }, [
          { clusterIdentifier: warehouse.clusterIdentifier, tableRestoreRequestId: id },
        ]),
      observe: observeTableRestore,
      notYet: { type: 'NotFound', forMs: 300_000 },
      abandon: () =>
        step.orphan(
          'table restore request',
          id,
          `AWS has no way to cancel a table restore: ${displayTable(target)} will still appear; drop it if it is not wanted`,
        ),
    });
  };
  let submitted = await submitRestore(step, request);
  const restored = await untilRestored(submitted).catch(async (error: unknown) => {
    submitted = await earlierRestore(step, request, submitted, error);
    return untilRestored(submitted);
  });
  step.made('restored table', displayTable(target));
  return {
    tableRestoreRequestId: submitted.restore.tableRestoreRequestId,
    table: target,
    snapshotIdentifier: snapshot,
    totalDataInMegaBytes: restored.totalDataInMegaBytes,
    adopted: submitted.adopted,
    sends: submitted.sends,
  };
}
