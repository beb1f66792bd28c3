import { z } from 'zod';
import { exportFactsSchema } from '../aws/export';
import { tableArnSchema } from '../operations/export-table';
import { nextPageTokenSchema, pageFields } from './data-target';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeExport.html: ExportArn. */
export const exportArnSchema = z
  .string()
  .regex(
    /^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[a-zA-Z0-9_.-]{1,255}\/export\/[a-zA-Z0-9-]+$/,
    'must be the ARN of an export, such as arn:aws:dynamodb:us-east-1:123456789012:table/orders/export/01700000000000-abcdef12',
  )
  .describe('ARN of the export');

export const exportsSchema = z.strictObject({
  tableArn: tableArnSchema.optional().describe('Exports of this table only'),
  ...pageFields(1000, 100),
});

export const exportSchema = z.strictObject({ exportArn: exportArnSchema });

/** Exports in a list, as they are answered. */
export const exportListSchema = z.object({
  exports: z.array(
    exportFactsSchema.pick({ exportArn: true, exportStatus: true, exportType: true }).extend({
      startedAt: z.string().optional().describe('ISO 8601; from the ARN, whose id begins with it'),
    }),
  ),
  nextPageToken: nextPageTokenSchema,
});

export type ExportList = z.infer<typeof exportListSchema>;

/** When an export began, from the 14 digits of milliseconds in its ARN; undefined for an ARN that has none. */
export function exportStartMs(exportArn: string): number | undefined {
  const digits = /\/export\/(\d{14})-/.exec(exportArn)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
