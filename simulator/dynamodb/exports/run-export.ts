import { AwsError, type TerminalOutcome } from '../../core/types';
import type { World } from '../../core/world';
import { exportLines } from './export-lines';
import { exportRoot, type ExportFailure, type ExportRecord } from './export-record';
import { writeExportFiles } from './export-files';

/** The smallest billed size of an incremental export (DDB-EXPORT-019). */
const incrementalFloorBytes = 10_000_000;

function s3Failure(
  code: string,
  text: string,
  status: number,
  s3Code: string,
  requestId: string,
): ExportFailure {
  const suffix = `(Service: Amazon S3; Status Code: ${status}; Error Code: ${s3Code}; Request ID: ${requestId}; Proxy: null)`;
  return { code, message: `${text} ${suffix}` };
}

/** Why the bucket or the key cannot be used; AWS finds out only after it accepted the export (DDB-EXPORT-005, -010, -011). */
function destinationFailure(world: World, { input }: ExportRecord): ExportFailure | undefined {
  const requestId = world.id('s3-request').toUpperCase();
  const owner = world.objects.bucketOwner(input.S3Bucket);
  if (owner === undefined) {
    return s3Failure('S3NoSuchBucket', 'The specified bucket does not exist', 404, 'NoSuchBucket', requestId);
  }
  if ((input.S3BucketOwner ?? world.accountId) !== owner) {
    return s3Failure('S3AccessDenied', 'Access Denied', 403, 'AccessDenied', requestId);
  }
  const keyRegion = /^arn:aws:kms:([^:]+):/.exec(input.S3SseKmsKeyId ?? '')?.[1];
  if (keyRegion !== undefined && keyRegion !== world.region) {
    return s3Failure(
      'KmsNotFoundException',
      `Invalid arn ${keyRegion}`,
      400,
      'KMS.NotFoundException',
      requestId,
    );
  }
  return undefined;
}

/** A scripted end. `Code: text` in the fault's message sets the FailureCode too. */
function scriptedFailure(outcome: TerminalOutcome | undefined): ExportFailure | undefined {
  if (outcome?.status !== 'FAILED') return undefined;
  const match = /^([A-Z]\w+): (.*)$/s.exec(outcome.message ?? '');
  if (match?.[1] !== undefined && match[2] !== undefined) return { code: match[1], message: match[2] };
  return { code: 'InternalServerError', message: outcome.message ?? 'Internal server error' };
}

/**
 * Puts the rest of an export on the agenda: soon after its start it proves that it can write (`_started`), at its end
 * the files appear. What it writes is taken from the table now, so that it survives the table's deletion.
 */
export function runExport(world: World, record: ExportRecord, terminal?: TerminalOutcome): void {
  const lines = exportLines(record);
  const { exportSeconds, exportPartitions } = world.settings;
  const at = (secondsLater: number) => new Date(record.startedAt + secondsLater * 1000);
  const fail = (due: Date, failure: ExportFailure) => {
    record.ended = { at: due.getTime(), itemCount: 0, billedSizeBytes: 0, failure };
  };
  const started = at(Math.min(2, exportSeconds / 2));
  world.agenda.at(started, `export ${record.id} starts to write`, () => {
    const failure = destinationFailure(world, record);
    if (failure !== undefined) return fail(started, failure);
    const key = `${exportRoot(record.input.S3Prefix)}/${record.id}/_started`;
    world.objects.put(record.input.S3Bucket, key, new Uint8Array());
  });
  const finished = at(exportSeconds);
  world.agenda.at(finished, `export ${record.id} ends`, async () => {
    if (record.ended !== undefined) return;
    const failure = scriptedFailure(terminal) ?? destinationFailure(world, record);
    if (failure !== undefined) return fail(finished, failure);
    const size = lines.reduce((sum, { bytes }) => sum + bytes(), 0);
    const billedSizeBytes = record.scope.kind === 'full' ? size : Math.max(size, incrementalFloorBytes);
    const options = { partitions: exportPartitions, endedAt: finished.getTime(), billedSizeBytes };
    try {
      await writeExportFiles(world.objects, record, lines, options);
      record.ended = { at: finished.getTime(), itemCount: lines.length, billedSizeBytes };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      fail(finished, destinationFailure(world, record) ?? { code: error.code, message: error.message });
    }
  });
}
