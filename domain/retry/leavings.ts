import { restoredTableName } from '../names';
import { isUnderWay } from './beginning';
import type { OperationInputs, OperationName } from '../operations';
import type { CopySnapshotInput } from '../operations/copy-snapshot';
import type { RecoverTableInput } from '../operations/recover-table';
import { type NamedSource, type RestoreSource, sourceIdentifier } from '../restore-source';
import type { AwsHandle, RunState } from '../run-state';
import type { TableName } from '../table-name';
import { isProvisioned, type Warehouse } from '../warehouse';
import type { Leaving } from './standing';

type Input = OperationInputs[OperationName];

/** As much of an input as tells where its leavings are. */
interface Place {
  warehouse?: Warehouse;
  table?: { database: string; schema?: string; table: string };
  target?: { database?: string; schema?: string; table?: string };
  enableCaseSensitiveIdentifier?: boolean;
  dataApi?: RecoverTableInput['dataApi'];
}

/** The source that the input names; undefined where it is chosen by time, and where there is none. */
export function namedSource(operation: OperationName, input: Input): NamedSource | undefined {
  if (operation === 'copySnapshot') {
    const { sourceSnapshotIdentifier: snapshotIdentifier } = input as CopySnapshotInput;
    return snapshotIdentifier === undefined ? undefined : { snapshotIdentifier };
  }
  const { source } = input as { source?: RestoreSource };
  return source === undefined || 'asOf' in source ? undefined : source;
}

export function leavingOfSource(source: NamedSource): Leaving {
  if ('snapshotIdentifier' in source) return { kind: 'cluster snapshot', ...source };
  return 'snapshotName' in source
    ? { kind: 'serverless snapshot', ...source }
    : { kind: 'recovery point', ...source };
}

/** What a finished step left on AWS that later steps work on, from its result; undefined for those that leave nothing. */
export function leavingOfStep(input: Input, step: string, result: unknown): Leaving | undefined {
  const told = (result ?? {}) as {
    named?: NamedSource;
    snapshotIdentifier?: string;
    snapshotName?: string;
    table?: TableName;
    exportArn?: string;
  };
  switch (step) {
    case 'choose':
      return told.named && leavingOfSource(told.named);
    case 'copy':
    case 'keep':
      if (told.snapshotIdentifier !== undefined)
        return { kind: 'cluster snapshot', snapshotIdentifier: told.snapshotIdentifier };
      return told.snapshotName === undefined
        ? undefined
        : { kind: 'serverless snapshot', snapshotName: told.snapshotName };
    case 'restore':
      return told.table && tableLeaving(input, told.table);
    case 'export':
      return told.exportArn === undefined ? undefined : { kind: 'export', exportArn: told.exportArn };
    default:
      return undefined;
  }
}

function tableLeaving(input: Input, table: TableName): Leaving | undefined {
  const { warehouse, enableCaseSensitiveIdentifier = false, dataApi } = input as Place;
  if (warehouse === undefined) return undefined;
  return {
    kind: 'table',
    warehouse,
    table,
    caseSensitive: enableCaseSensitiveIdentifier,
    ...(dataApi && { dataApi }),
  };
}

/** What a step that did not finish may have on AWS all the same: from the run's record, and from the names it gives. */
export function leavingsUnderWay(
  operation: OperationName,
  workflowId: string,
  input: Input,
  state: RunState,
  step: string,
): Leaving[] {
  const recorded = state.aws.filter((handle) => handle.step === step);
  const known = recorded.flatMap((handle) => leavingOfHandle(input, handle) ?? []);
  const target = step === 'restore' ? targetOf(workflowId, input, state) : undefined;
  const { warehouse } = input as Place;
  if (target === undefined || warehouse === undefined) return known;
  const record = state.steps.find(({ name }) => name === step);
  const asked = record?.submittedEventId !== undefined && isUnderWay(record, state.failure);
  const table = asked || isOfOwnName(operation, input) ? tableLeaving(input, target) : undefined;
  return [...known, { kind: 'table restore', warehouse, target }, ...(table ? [table] : [])];
}

/**
 * A table under a name of the run's own can only be of its restore. One of another name proves nothing, unless AWS had
 * taken the run's request for it.
 */
function isOfOwnName(operation: OperationName, input: Input): boolean {
  const restores = operation === 'restoreTable' || operation === 'recoverTable';
  return restores && (input as Place).target?.table === undefined;
}

/** Where the run restores to; as steps/restore-table.ts has it. */
export function targetOf(workflowId: string, input: Input, state: RunState): TableName | undefined {
  const { table: source, target } = input as Place;
  if (source === undefined) return undefined;
  const chosen = state.choice?.chosen;
  const copied = state.aws.find(({ kind, step }) => kind === 'snapshot' && step === 'copy');
  const key = chosen === undefined ? 'restore' : `restore ${copied?.id ?? sourceIdentifier(chosen.source)}`;
  return {
    database: target?.database ?? source.database,
    schema: target?.schema ?? source.schema ?? 'public',
    table: target?.table ?? restoredTableName(source.table, workflowId, key),
  };
}

function leavingOfHandle(input: Input, { kind, id }: AwsHandle): Leaving | undefined {
  if (kind === 'export') return { kind, exportArn: id };
  if (kind === 'statement') return { kind, id };
  if (kind !== 'snapshot') return undefined;
  const { warehouse } = input as Place;
  const serverless = 'namespaceName' in input || (warehouse !== undefined && !isProvisioned(warehouse));
  return serverless
    ? { kind: 'serverless snapshot', snapshotName: id }
    : { kind: 'cluster snapshot', snapshotIdentifier: id };
}
