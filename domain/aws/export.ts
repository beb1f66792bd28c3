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
