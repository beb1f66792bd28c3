import type { ExportTableInput, ExportTableResult } from '../domain/operations/export-table';
import { runOperation } from './run';
import { exportTableStep } from './steps/export-table';

/** Exports a DynamoDB table to S3, and proves that what arrived is what the manifest says. */
export async function exportTable(input: ExportTableInput): Promise<ExportTableResult> {
  return runOperation(
    'exportTable',
    input,
    ({ tableArn, s3Bucket }) => ({
      title: `Export ${tableArn.split('/').pop()} to ${s3Bucket}`,
      steps: [{ name: 'export', title: `Export ${tableArn.split('/').pop()} to ${s3Bucket}` }],
    }),
    (run, valid) => run.step('export', (step) => exportTableStep(step, valid)),
  );
}
