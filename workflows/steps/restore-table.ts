import { workflowInfo } from '@temporalio/workflow';
import { observeTableRestore } from '../../domain/aws/table-restore';
import { durationMs } from '../../domain/duration';
import { restoredTableName } from '../../domain/names';
import type { RestoreTableResult } from '../../domain/operations/restore-table';
import { displayTable } from '../../domain/table-name';
import { waitFor } from '../poll';
import type { Parsed, Step } from '../run';
import { restoreCalls } from '../warehouse';
import { type ChosenSource, nameKey } from './choose-source';
import { earlierRestore, type RestoreRequest, submitRestore, type SubmittedRestore } from './submit-restore';

/**
 * One table from a snapshot, under a name that does not exist yet; then the wait until its rows are back.
 * @param input its warehouse resolved, see workflows/warehouse.ts
 */
export async function restoreTableStep(
  step: Step,
  input: Omit<Parsed<'restoreTable'>, 'source'> & { source: ChosenSource },
): Promise<RestoreTableResult> {
  const { table: source, warehouse } = input;
  const { named } = input.source;
  const calls = restoreCalls(warehouse, named);
  const target = {
    database: input.target?.database ?? source.database,
    schema: input.target?.schema ?? source.schema,
    table:
      input.target?.table ??
      restoredTableName(source.table, workflowInfo().workflowId, nameKey(step, input.source)),
  };
  const deadlineMs = durationMs(input.deadline);
  const request: RestoreRequest = {
    warehouse,
    calls,
    access: input.dataApi,
    sourceIdentifier: calls.sourceIdentifier,
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
      handles: { ...calls.handles, request: id, table: displayTable(target) },
      deadlineMs,
      first: restore,
      look: () => calls.look(id, `${displayTable(target)} (${id})`),
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
    source: named,
    totalDataInMegaBytes: restored.totalDataInMegaBytes,
    adopted: submitted.adopted,
    sends: submitted.sends,
  };
}
