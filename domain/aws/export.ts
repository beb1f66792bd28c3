import type { FailureType } from '../failures';
import { type Observation, unknownStatus } from './observation';

/** What Undrop keeps of a DynamoDB export. Times ISO. */
export interface ExportFacts {
  exportArn: string;
  exportStatus: string;
  tableArn?: string;
  s3Bucket?: string;
  s3Prefix?: string;
  exportManifest?: string;
  exportTime?: string;
  startTime?: string;
  endTime?: string;
  clientToken?: string;
  exportFormat?: string;
  exportType?: string;
  /** Of an incremental export. */
  exportFromTime?: string;
  exportToTime?: string;
  exportViewType?: string;
  s3BucketOwner?: string;
  s3SseAlgorithm?: string;
  s3SseKmsKeyId?: string;
  itemCount?: number;
  billedSizeBytes?: number;
  failureCode?: string;
  failureMessage?: string;
}

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
