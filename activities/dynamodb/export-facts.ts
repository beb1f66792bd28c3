import type { ExportDescription } from '@aws-sdk/client-dynamodb';
import type { ExportFacts } from '../../domain/aws/export';

/** AWS's export description as the plain facts Undrop keeps. */
export function exportFacts(description: ExportDescription | undefined): ExportFacts {
  return {
    exportArn: description?.ExportArn ?? '',
    exportStatus: description?.ExportStatus ?? '',
    tableArn: description?.TableArn,
    s3Bucket: description?.S3Bucket,
    s3Prefix: description?.S3Prefix,
    exportManifest: description?.ExportManifest,
    exportTime: description?.ExportTime?.toISOString(),
    startTime: description?.StartTime?.toISOString(),
    endTime: description?.EndTime?.toISOString(),
    clientToken: description?.ClientToken,
    exportFormat: description?.ExportFormat,
    exportType: description?.ExportType,
    exportFromTime: description?.IncrementalExportSpecification?.ExportFromTime?.toISOString(),
    exportToTime: description?.IncrementalExportSpecification?.ExportToTime?.toISOString(),
    exportViewType: description?.IncrementalExportSpecification?.ExportViewType,
    s3BucketOwner: description?.S3BucketOwner,
    s3SseAlgorithm: description?.S3SseAlgorithm,
    s3SseKmsKeyId: description?.S3SseKmsKeyId,
    itemCount: description?.ItemCount,
    billedSizeBytes: description?.BilledSizeBytes,
    failureCode: description?.FailureCode,
    failureMessage: description?.FailureMessage,
  };
}
