import { z } from 'zod';
import { deadlineSchema, instantSchema, skipPreflightSchema } from './common';
import { notifySchema } from './notify';

export const s3BucketSchema = z
  .string()
  .regex(
    /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'must be a bucket name: 3 to 63 lower-case letters, digits, dots or hyphens',
  );

export const tableArnSchema = z
  .string()
  .regex(
    /^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[a-zA-Z0-9_.-]{1,255}$/,
    'must be the ARN of a DynamoDB table, such as arn:aws:dynamodb:us-east-1:123456789012:table/orders',
  );

/**
 * Every parameter of
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html, times as ISO text.
 */
const exportFields = {
  tableArn: tableArnSchema.describe('ARN of the table; point-in-time recovery must be on'),
  s3Bucket: s3BucketSchema.describe('Bucket that receives the export'),
  exportTime: instantSchema.optional().describe('Moment to export; now when absent'),
  clientToken: z.string().min(1).max(64).optional().describe('Idempotency token; from the run when absent'),
  s3BucketOwner: z
    .string()
    .regex(/^\d{12}$/, 'must be a 12-digit account id')
    .optional()
    .describe('Account that owns the bucket; required when it is another account'),
  s3Prefix: z.string().max(1024).optional().describe('Prefix of the exported objects'),
  s3SseAlgorithm: z.enum(['AES256', 'KMS']).optional().describe('Encryption of the exported objects'),
  s3SseKmsKeyId: z.string().min(1).max(2048).optional().describe('KMS key, with KMS encryption'),
  exportFormat: z.enum(['DYNAMODB_JSON', 'ION']).optional().describe('Format of the data files'),
  exportType: z
    .enum(['FULL_EXPORT', 'INCREMENTAL_EXPORT'])
    .optional()
    .describe('Whole table, or changes of a window'),
  incrementalExportSpecification: z
    .strictObject({
      exportFromTime: instantSchema.describe('Begin of the window, inclusive'),
      exportToTime: instantSchema
        .optional()
        .describe('End of the window, exclusive; the latest possible when absent'),
      exportViewType: z
        .enum(['NEW_IMAGE', 'NEW_AND_OLD_IMAGES'])
        .optional()
        .describe('What is exported of each changed item'),
    })
    .optional(),
  deadline: deadlineSchema,
  skipPreflight: skipPreflightSchema,
};

/** Every contradiction is told, also when a field by itself is wrong: every problem is reported at once. */
const consistent = {
  tell: (input: Fields, context: z.RefinementCtx) => {
    for (const [field, message] of contradictions(input))
      context.addIssue({ code: 'custom', path: [field], message });
  },
  when: { when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null },
};

/** The export as a step of another operation. */
export const exportStepInputSchema = z
  .strictObject(exportFields)
  .superRefine(consistent.tell, consistent.when);

/** Input of `exportTable`. */
export const exportTableInputSchema = z
  .strictObject({ ...exportFields, notify: notifySchema })
  .superRefine(consistent.tell, consistent.when);

export type ExportTableInput = z.input<typeof exportTableInputSchema>;

type Fields = Partial<
  Pick<
    z.output<typeof exportTableInputSchema>,
    'exportType' | 'exportTime' | 's3SseAlgorithm' | 's3SseKmsKeyId' | 'incrementalExportSpecification'
  >
>;

/** What does not go together, as [field, problem]; fields may be missing or of the wrong kind. */
function contradictions(input: Fields): [keyof Fields, string][] {
  const found: [keyof Fields, string][] = [];
  const window = input.incrementalExportSpecification;
  const incremental = input.exportType === 'INCREMENTAL_EXPORT';
  if (incremental && window === undefined)
    found.push(['incrementalExportSpecification', 'is needed with exportType INCREMENTAL_EXPORT']);
  if (!incremental && window !== undefined)
    found.push(['exportType', 'must be INCREMENTAL_EXPORT when incrementalExportSpecification is given']);
  if (incremental && input.exportTime !== undefined)
    found.push(['exportTime', 'belongs to a full export; use incrementalExportSpecification']);
  if (input.s3SseKmsKeyId !== undefined && input.s3SseAlgorithm !== 'KMS')
    found.push(['s3SseKmsKeyId', 'needs s3SseAlgorithm KMS']);
  if (window?.exportToTime !== undefined) {
    const minutes = (Date.parse(window.exportToTime) - Date.parse(window.exportFromTime)) / 60_000;
    if (minutes < 15 || minutes > 1440)
      found.push([
        'incrementalExportSpecification',
        'must span from 15 minutes to 24 hours between exportFromTime and exportToTime',
      ]);
  }
  return found;
}

/** Result of `exportTable`: what the manifest says, each proved against S3. Times ISO. */
export interface ExportTableResult {
  exportArn: string;
  tableArn: string;
  s3Bucket: string;
  /** Key of manifest-summary.json. */
  exportManifest: string;
  /** Of a full export, the moment that it holds. */
  exportTime?: string;
  /** Of an incremental export, its window and what it holds of each changed item. */
  window?: { exportFromTime: string; exportToTime: string; outputView: string };
  exportType: 'FULL_EXPORT' | 'INCREMENTAL_EXPORT';
  outputFormat: string;
  itemCount: number;
  billedSizeBytes?: number;
  dataFiles: number;
  /** Objects of the export: manifests, their checksums, the start mark and the data files. */
  objects: number;
  /** True when an earlier execution of this run had asked for it: it was taken over, not asked for again. */
  adopted: boolean;
}
