import { z } from 'zod';
import type { FailureType } from '../failures';
import { type Observation, unknownStatus } from './observation';

const text = z.string().optional();
const time = z.string().optional().describe('ISO 8601');

/** What Undrop keeps of a DynamoDB export. Times ISO. */
export const exportFactsSchema = z.object({
  exportArn: z.string(),
  exportStatus: z.string().describe("In AWS's words: IN_PROGRESS, COMPLETED, FAILED"),
  tableArn: text,
  s3Bucket: text,
  s3Prefix: text,
  exportManifest: text.describe('Key of the manifest in the bucket'),
  exportTime: time.describe('Moment whose items it holds'),
  startTime: time,
  endTime: time,
  clientToken: text,
  exportFormat: text,
  exportType: text,
  exportFromTime: time.describe('Of an incremental export'),
  exportToTime: time.describe('Of an incremental export'),
  exportViewType: text.describe('Of an incremental export'),
  s3BucketOwner: text,
  s3SseAlgorithm: text,
  s3SseKmsKeyId: text,
  itemCount: z.number().optional(),
  billedSizeBytes: z.number().optional(),
  failureCode: text,
  failureMessage: text,
});

export type ExportFacts = z.infer<typeof exportFactsSchema>;

/** Failure codes of a finished export that have a row of their own; a missing bucket is found out only while exporting. */
const failureOfCode: ReadonlyMap<string | undefined, FailureType> = new Map([
  ['S3NoSuchBucket', 'ExportBucketMissing'],
  ['S3AccessDenied', 'ExportAccessDenied'],
  ['AccessDenied', 'ExportAccessDenied'],
]);

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportDescription.html: ExportStatus. */
export function observeExport(description: ExportFacts): Observation {
  const { exportStatus: status } = description;
  switch (status) {
    case 'IN_PROGRESS':
      return { kind: 'pending', status, progress: { awsStatus: status } };
    case 'COMPLETED':
      return { kind: 'succeeded', status };
    case 'FAILED':
      return {
        kind: 'failed',
        status,
        failure: failureOfCode.get(description.failureCode) ?? 'ExportFailed',
        message:
          [description.failureCode, description.failureMessage].filter(Boolean).join(': ') ||
          'AWS gave no reason',
      };
    default:
      return unknownStatus('export', status);
  }
}

/** What of a request for an export makes it another one. */
export interface ExportIdentity {
  s3Bucket: string;
  s3Prefix?: string;
  exportTime?: string;
  exportFormat?: string;
  exportType?: string;
  incrementalExportSpecification?: { exportFromTime: string; exportToTime?: string };
}

/** Whether an export is what is asked for: its token alone may have been given to another one since. */
export function isSameExport(wanted: ExportIdentity, found: ExportFacts): boolean {
  const window = wanted.incrementalExportSpecification;
  const sameSecond = (iso: string | undefined, other: string | undefined) =>
    iso === undefined ||
    (other !== undefined && Math.floor(Date.parse(iso) / 1000) === Math.floor(Date.parse(other) / 1000));
  return (
    found.s3Bucket === wanted.s3Bucket &&
    (found.s3Prefix ?? '') === (wanted.s3Prefix ?? '') &&
    (found.exportFormat ?? 'DYNAMODB_JSON') === (wanted.exportFormat ?? 'DYNAMODB_JSON') &&
    (found.exportType ?? 'FULL_EXPORT') === (wanted.exportType ?? 'FULL_EXPORT') &&
    sameSecond(wanted.exportTime, found.exportTime) &&
    sameSecond(window?.exportFromTime, found.exportFromTime) &&
    sameSecond(window?.exportToTime, found.exportToTime)
  );
}
