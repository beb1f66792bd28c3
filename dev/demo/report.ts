import type { RunView } from '../../client';
import type { RecoverTableResult } from '../../domain/operations/recover-table';
import { thousands } from '../../domain/operations/verify-table';
import { displayTable } from '../../domain/table-name';
import type { SimulatorControl } from '../simulator-control';
import { listObjects, story } from './scenario';

export interface Evidence {
  rowsBefore: number;
  rowsAfterLoss: number;
  rowsRestored: number;
  restoredTable: string;
  objects: number;
  bytes: number;
  items: number;
  dataFiles: number;
  /** Effects on AWS by kind and subject, with how often each happened. */
  effects: { kind: string; subject: string; times: number }[];
}

/** What a person can check without trusting Undrop: rows counted past it, objects listed past it, AWS's own log. */
export async function gatherEvidence(
  control: SimulatorControl,
  rowsAfterLoss: number,
  run: RunView<RecoverTableResult>,
): Promise<Evidence> {
  const { restore, export: exported } = run.result!;
  const objects = await listObjects(control.url);
  const effects = new Map<string, { kind: string; subject: string; times: number }>();
  for (const { kind, businessKey, detail } of await control.effects()) {
    // The preflight reads the size and sort key of the table by a statement: a look, and no effect.
    if (String(detail?.sql).includes('from svv_table_info')) continue;
    const key = `${kind} ${businessKey}`;
    effects.set(key, { kind, subject: businessKey, times: (effects.get(key)?.times ?? 0) + 1 });
  }
  return {
    rowsBefore: story.rowsAtSnapshot,
    rowsAfterLoss,
    rowsRestored: await control.count(
      story.cluster,
      story.database,
      `"${restore.table.schema}"."${restore.table.table}"`,
    ),
    restoredTable: displayTable(restore.table),
    objects: objects.length,
    bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
    items: exported?.itemCount ?? 0,
    dataFiles: exported?.dataFiles ?? 0,
    effects: [...effects.values()],
  };
}

/** Whether the demo kept its promise: the rows are back, and nothing happened twice. */
export function isProved(evidence: Evidence): boolean {
  const kinds = ['CopyClusterSnapshot', 'RestoreTable', 'ExecuteStatement', 'ExportTableToPointInTime'];
  return (
    evidence.rowsRestored === evidence.rowsBefore &&
    evidence.rowsAfterLoss < evidence.rowsBefore &&
    kinds.every((kind) => evidence.effects.filter((effect) => effect.kind === kind).length === 1) &&
    evidence.effects.every(({ times }) => times === 1)
  );
}

export function reportLines(evidence: Evidence, run: RunView<RecoverTableResult>): string[] {
  const row = (label: string, value: string) => `  ${label.padEnd(26)} ${value}`;
  return [
    isProved(evidence)
      ? 'The table is back. What can be checked without trusting Undrop:'
      : 'Something is not as promised:',
    '',
    row(
      'rows before the loss',
      `${thousands(evidence.rowsBefore).padStart(9)}   at the moment of the snapshot`,
    ),
    row(
      'rows after the loss',
      `${thousands(evidence.rowsAfterLoss).padStart(9)}   in ${story.database}.${story.schema}.${story.table}, untouched`,
    ),
    row(
      'rows restored',
      `${thousands(evidence.rowsRestored).padStart(9)}   in ${evidence.restoredTable}, counted by a separate query`,
    ),
    row(
      'items exported',
      `${thousands(evidence.items).padStart(9)}   in ${evidence.dataFiles} data files; ${evidence.objects} objects, ${Math.ceil(evidence.bytes / 1024)} KiB in s3://${story.bucket}`,
    ),
    '',
    '  effects on AWS, from its own log',
    ...evidence.effects.map(
      ({ kind, subject, times }) => `    ${String(times)} × ${kind.padEnd(25)} ${subject}`,
    ),
    '',
    row('the run in the Temporal UI', run.links.ui),
  ];
}
