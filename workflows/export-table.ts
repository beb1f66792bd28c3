import type { ExportTableInput, ExportTableResult } from '../domain/operations/export-table';
import type { Carried } from '../domain/retry/carried';
import type { Parsed, RunPlan } from './run';
import { runOperation } from './run-operation';
import { exportTableStep } from './steps/export-table';

/** Exports a DynamoDB table to S3, and proves that what arrived is what the manifest says. */
export async function exportTable(input: ExportTableInput, carried?: Carried): Promise<ExportTableResult> {
  return runOperation('exportTable', { input, carried }, exportTablePlan, (run, valid) =>
    run.step('export', (step) => exportTableStep(step, valid)),
  );
}

export function exportTablePlan({ tableArn, s3Bucket }: Parsed<'exportTable'>): RunPlan {
  const title = `Export ${tableArn.split('/').pop()} to ${s3Bucket}`;
  return { title, steps: [{ name: 'export', title }] };
}
