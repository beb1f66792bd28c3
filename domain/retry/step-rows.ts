import { canonicalJson } from '../hash';
import type { OperationInputs, OperationName } from '../operations';
import type { RecoverTableInput } from '../operations/recover-table';

/** A step of an operation, as a retry sees it. */
export interface StepRow {
  step: string;
  /** Members of the input that it depends on; a change of one of them is a change of every later step too. */
  fields: readonly string[];
  /** Steps whose leavings it works on: of these the first that was done. */
  uses: readonly string[];
  /** What it leaves is wanted for itself, not only by later steps. */
  keeps?: true;
}

const row = (step: string, fields: string[], uses: string[] = []): StepRow => ({ step, fields, uses });
const keeping = (step: string, fields: string[], uses: string[]): StepRow => ({
  ...row(step, fields, uses),
  keeps: true,
});

const preflight = row('preflight', []);

/** The steps of each operation in their order, those too that a run may do without. */
export const stepRows: Record<OperationName, readonly StepRow[]> = {
  copySnapshot: [
    preflight,
    row('choose', ['asOf', 'sourceSnapshotIdentifier', 'sourceSnapshotClusterIdentifier']),
    keeping('copy', ['targetSnapshotIdentifier', 'manualSnapshotRetentionPeriod'], ['choose']),
  ],
  keepRecoveryPoint: [
    preflight,
    row('choose', ['namespaceName', 'source']),
    keeping('keep', ['snapshotName', 'retentionPeriod'], ['choose']),
  ],
  restoreTable: [
    preflight,
    row('choose', ['warehouse', 'source']),
    row('restore', ['table', 'target', 'enableCaseSensitiveIdentifier'], ['choose']),
  ],
  verifyTable: [
    preflight,
    row('verify', ['warehouse', 'table', 'rowCount', 'structure', 'content', 'assertions', 'expectation']),
  ],
  recordExpectation: [preflight, row('record', ['warehouse', 'table', 'moment', 'rowHash'])],
  exportTable: [
    preflight,
    row('export', [
      'tableArn',
      's3Bucket',
      'exportTime',
      'clientToken',
      's3BucketOwner',
      's3Prefix',
      's3SseAlgorithm',
      's3SseKmsKeyId',
      'exportFormat',
      'exportType',
      'incrementalExportSpecification',
    ]),
  ],
  recoverTable: [
    preflight,
    row('choose', ['warehouse', 'source']),
    keeping('copy', ['copy'], ['choose']),
    // A copied snapshot holds every table: another table is restored from the same copy.
    row('restore', ['table', 'target', 'enableCaseSensitiveIdentifier'], ['copy', 'choose']),
    row('verify', ['verify'], ['restore']),
    row('export', ['export']),
  ],
  runQuery: [
    preflight,
    row('query', [
      'warehouse',
      'database',
      'sql',
      'sqls',
      'executionMode',
      'parameters',
      'statementName',
      'withEvent',
      'maxRows',
    ]),
  ],
};

/** Members that say how patiently, under which login and with which message a thing is done: no result depends on them. */
export const mannerFields: readonly string[] = ['deadline', 'settle', 'dataApi', 'skipPreflight', 'notify'];

/** Whether a run with this (valid) input has the step. */
export function hasStep(
  operation: OperationName,
  step: string,
  input: OperationInputs[OperationName],
): boolean {
  const { source, asOf } = input as { source?: object; asOf?: string };
  const { copy, verify, export: exported } = input as RecoverTableInput;
  if (step === 'choose') return asOf !== undefined || (source !== undefined && 'asOf' in source);
  if (operation !== 'recoverTable') return true;
  if (step === 'copy') return copy !== false;
  return step === 'verify' ? verify !== undefined : step !== 'export' || exported !== undefined;
}

/** Position of a step among all that the operation can have; those that every run may end with come last. */
export function positionOf(operation: OperationName, step: string): number {
  const at = stepRows[operation].findIndex((known) => known.step === step);
  return at === -1 ? stepRows[operation].length : at;
}

/** Fields in which two inputs differ. */
export function changedFields(before: object, after: object): string[] {
  const [old, now] = [before, after] as Record<string, unknown>[];
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].filter(
    (field) => canonicalJson(old![field] ?? null) !== canonicalJson(now![field] ?? null),
  );
}

/** The first step that depends on one of the fields; undefined when none does. What nobody foresaw changes everything. */
export function firstStepOf(operation: OperationName, fields: readonly string[]): string | undefined {
  const rows = stepRows[operation];
  const positions = fields
    .filter((field) => !mannerFields.includes(field))
    .map((field) => rows.findIndex((known) => known.fields.includes(field)));
  return positions.length === 0 ? undefined : rows[Math.max(0, Math.min(...positions))]!.step;
}
