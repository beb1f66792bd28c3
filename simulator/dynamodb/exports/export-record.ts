import type { Settings } from '../../core/settings';
import type { Table } from '../state';

export type ExportFormat = 'DYNAMODB_JSON' | 'ION';
export type ExportView = 'NEW_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** What an export takes out of the table: all items at a moment, or the changes of a window. Epoch ms. */
export type ExportScope =
  { kind: 'full'; time: number } | { kind: 'incremental'; from: number; to: number; view: ExportView };

/** The request as it came, but for decoded times; what replays with the same ClientToken are compared with. */
export interface ExportInput {
  TableArn: string;
  S3Bucket: string;
  ExportTime?: Date;
  ClientToken?: string;
  S3BucketOwner?: string;
  S3Prefix?: string;
  S3SseAlgorithm?: string;
  S3SseKmsKeyId?: string;
  ExportFormat?: ExportFormat;
  ExportType?: 'FULL_EXPORT' | 'INCREMENTAL_EXPORT';
  IncrementalExportSpecification?: {
    ExportFromTime?: Date;
    ExportToTime?: Date;
    ExportViewType?: ExportView;
  };
  FilterSpecification?: object;
}

export interface ExportFailure {
  code: string;
  message: string;
}

export interface ExportRecord {
  arn: string;
  /** The part of the ARN and of every S3 key that names this export. */
  id: string;
  table: Table;
  input: ExportInput;
  token: string;
  scope: ExportScope;
  startedAt: number;
  corruption: Settings['corruptNextExport'];
  /** Set at the moment it ended; until then the export is IN_PROGRESS. */
  ended?: { at: number; itemCount: number; billedSizeBytes: number; failure?: ExportFailure };
}

/** `<prefix>/AWSDynamoDB`: the prefix is kept as it came and joined by one slash (DDB-EXPORT-018). */
export function exportRoot(prefix: string | undefined): string {
  if (prefix === undefined) return 'AWSDynamoDB';
  return prefix.endsWith('/') ? `${prefix}AWSDynamoDB` : `${prefix}/AWSDynamoDB`;
}

export function manifestKey({ input, id }: ExportRecord): string {
  return `${exportRoot(input.S3Prefix)}/${id}/manifest-summary.json`;
}

/** The ExportDescription of API_ExportDescription; ExportType only when it was sent (DDB-EXPORT-017, test_export.py). */
export function describeExport(record: ExportRecord): Record<string, unknown> {
  const { input, ended, scope, table } = record;
  const failed = ended?.failure;
  return {
    ExportArn: record.arn,
    ExportStatus: exportStatus(record),
    StartTime: new Date(record.startedAt),
    TableArn: table.arn,
    TableId: table.id,
    ClientToken: record.token,
    S3Bucket: input.S3Bucket,
    S3BucketOwner: input.S3BucketOwner,
    S3Prefix: input.S3Prefix,
    S3SseAlgorithm: input.S3SseAlgorithm ?? 'AES256',
    S3SseKmsKeyId: input.S3SseKmsKeyId,
    ExportFormat: input.ExportFormat ?? 'DYNAMODB_JSON',
    ExportType: input.ExportType,
    ...(scope.kind === 'full'
      ? { ExportTime: new Date(scope.time) }
      : {
          IncrementalExportSpecification: {
            ExportFromTime: new Date(scope.from),
            ExportToTime: new Date(scope.to),
            ExportViewType: scope.view,
          },
        }),
    ...(ended === undefined ? {} : { EndTime: new Date(ended.at) }),
    ...(ended !== undefined && failed === undefined
      ? {
          ExportManifest: manifestKey(record),
          BilledSizeBytes: ended.billedSizeBytes,
          ItemCount: ended.itemCount,
        }
      : {}),
    ...(failed === undefined ? {} : { FailureCode: failed.code, FailureMessage: failed.message }),
  };
}

export function exportStatus({ ended }: ExportRecord): 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' {
  if (ended === undefined) return 'IN_PROGRESS';
  return ended.failure === undefined ? 'COMPLETED' : 'FAILED';
}
