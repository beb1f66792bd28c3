import { ExportTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import type { ExportFacts } from '../../domain/aws/export';
import type { ExportTableInput } from '../../domain/operations/export-table';
import { ApplicationFailure } from '@temporalio/activity';
import { callAws, heartbeating } from '../call';
import { earlierExport } from './earlier-export';
import type { AwsClients } from '../clients';
import { exportFacts } from './export-facts';

/** The request, with the token that makes every attempt the same export. */
export type ExportRequest = Omit<ExportTableInput, 'deadline' | 'clientToken' | 'skipPreflight'> & {
  clientToken: string;
  /** An earlier execution of the run may have asked for it, longer ago than AWS knows the token: look, then send. */
  lookFirst?: { notBefore: string };
};

/** The export, and how it was come by. */
export interface StartedExport extends ExportFacts {
  /** True when an earlier execution of the run had asked for it. */
  adopted: boolean;
  /** Why it could not be looked for, where that was not allowed. */
  notLookedFor?: string;
}

/**
 * Starts an export, or finds the one the same token started (valid for 8 hours after it completed; with `lookFirst`
 * for as long as AWS lists it).
 * @throws TableNotFound, PointInTimeRecoveryOff, InvalidExportTime, ExportConflict, ExportLimitExceeded …
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html
 */
export async function exportTableToPointInTime(
  clients: Pick<AwsClients, 'dynamodb'>,
  input: ExportRequest,
): Promise<StartedExport> {
  const looked = input.lookFirst ? await lookFor(clients, input, input.lookFirst) : {};
  if ('found' in looked && looked.found) return { ...looked.found, adopted: true };
  return { ...(await send(clients, input)), adopted: false, ...looked };
}

/** Without the right to look, the token has to do, which AWS knows for 8 hours. */
async function lookFor(
  clients: Pick<AwsClients, 'dynamodb'>,
  { clientToken, ...request }: ExportRequest,
  { notBefore }: { notBefore: string },
): Promise<{ found?: ExportFacts } | { notLookedFor: string }> {
  try {
    const input = { ...request, clientTokens: [clientToken], notBefore };
    const found = await heartbeating(() => earlierExport(clients, input));
    return found ? { found } : {};
  } catch (error) {
    if (!(error instanceof ApplicationFailure && error.type === 'AccessDenied')) throw error;
    return { notLookedFor: error.message };
  }
}

async function send({ dynamodb }: Pick<AwsClients, 'dynamodb'>, input: ExportRequest): Promise<ExportFacts> {
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
