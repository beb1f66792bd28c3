import { ExportTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import type { ExportFacts } from '../../domain/aws/export';
import type { ExportTableInput } from '../../domain/operations/export-table';
import { callAws } from '../call';
import type { AwsClients } from '../clients';
import { exportFacts } from './export-facts';

/** The request, with the token that makes every attempt the same export. */
export type ExportRequest = Omit<ExportTableInput, 'deadline' | 'clientToken' | 'skipPreflight'> & {
  clientToken: string;
};

/**
 * Starts an export, or finds the one the same token started (valid for 8 hours after it completed).
 * @throws TableNotFound, PointInTimeRecoveryOff, InvalidExportTime, ExportConflict, ExportLimitExceeded …
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html
 */
export async function exportTableToPointInTime(
  { dynamodb }: Pick<AwsClients, 'dynamodb'>,
  input: ExportRequest,
): Promise<ExportFacts> {
  const handles = { table: input.tableArn, bucket: input.s3Bucket };
  const call = {
    service: 'dynamodb',
    operation: 'ExportTableToPointInTime',
    what: 'export of the table',
    handles,
  } as const;
  const window = input.incrementalExportSpecification;
  const { ExportDescription } = await callAws(call, () =>
    dynamodb.send(
      new ExportTableToPointInTimeCommand({
        TableArn: input.tableArn,
        ClientToken: input.clientToken,
        ExportTime: date(input.exportTime),
        S3Bucket: input.s3Bucket,
        S3BucketOwner: input.s3BucketOwner,
        S3Prefix: input.s3Prefix,
        S3SseAlgorithm: input.s3SseAlgorithm,
        S3SseKmsKeyId: input.s3SseKmsKeyId,
        ExportFormat: input.exportFormat,
        ExportType: input.exportType,
        IncrementalExportSpecification: window && {
          ExportFromTime: date(window.exportFromTime),
          ExportToTime: date(window.exportToTime),
          ExportViewType: window.exportViewType,
        },
      }),
    ),
  );
  return exportFacts(ExportDescription);
}

const date = (iso: string | undefined) => (iso === undefined ? undefined : new Date(iso));
