import { subjectOf, type OperationInputs, type OperationName } from '../domain/operations';
import type { ExportTableInput } from '../domain/operations/export-table';
import type { RestoreTableInput } from '../domain/operations/restore-table';
import { describeQuery, type RunQueryInput } from '../domain/operations/run-query';
import { describeSource } from '../domain/restore-source';

/** One line about a run with this (valid) input: the summary in the Temporal UI and in the run's memo. */
export function runTitle(operation: OperationName, input: OperationInputs[OperationName]): string {
  const { warehouse, table } = subjectOf(operation, input);
  switch (operation) {
    case 'copySnapshot':
      return `keep snapshot ${table}${warehouse === 'snapshots' ? '' : ` of ${warehouse}`}`;
    case 'keepRecoveryPoint':
      return `keep recovery point ${table} of ${warehouse}`;
    case 'restoreTable':
      return `restore ${table} on ${warehouse} from ${describeSource((input as RestoreTableInput).source)}`;
    case 'recoverTable':
      return `recover ${table} on ${warehouse} from ${describeSource((input as RestoreTableInput).source)}`;
    case 'runQuery':
      return `query ${table} on ${warehouse}: ${describeQuery(input as RunQueryInput, 50)}`;
    case 'recordExpectation':
      return `record ${table} on ${warehouse}`;
    case 'verifyTable':
      return `verify ${table} on ${warehouse}`;
    case 'exportTable':
      return `export ${table} (${warehouse}) to s3://${(input as ExportTableInput).s3Bucket}`;
  }
}
