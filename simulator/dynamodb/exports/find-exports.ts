import type { RequestContext } from '../../core/types';
import type { World } from '../../core/world';
import { errors, refuseViolations, violation } from '../errors';
import { exists, stateOf } from '../state';
import { describeExport, exportStatus, type ExportRecord } from './export-record';

const maxPage = 25;
/** Export records are kept for 90 days (S3DataExport_Requesting). */
const keptMs = 90 * 24 * 3_600_000;

function kept(world: World, record: ExportRecord, lagSeconds: number): boolean {
  const now = world.clock.now().getTime();
  return record.startedAt > now - keptMs && record.startedAt <= now - lagSeconds * 1000;
}

/**
 * DescribeExport.
 *
 * @throws AwsError ValidationException (no export ARN), AccessDeniedException (another account),
 *   ExportNotFoundException (another region, or unknown; also while a `stale` fault hides it) — DDB-EXPORT-006
 */
export function findExport(world: World, input: { ExportArn: string }, context: RequestContext): object {
  const arn = input.ExportArn;
  const parts = /^arn:[^:]*:[^:]*:([^:]*):([^:]*):(.*)$/.exec(arn);
  if (parts !== null && parts[2] !== world.accountId) throw errors.accessDenied();
  if (parts === null || !/^table\/[^/]+\/export\/[^/]+$/.test(parts[3] ?? '')) {
    throw errors.validation('Invalid Export ARN');
  }
  if (parts[1] !== world.region) throw errors.exportNotFound('Invalid export arn');
  const record = stateOf(world).exports.find((candidate) => candidate.arn === arn);
  if (record === undefined || !kept(world, record, context.staleSeconds)) {
    throw errors.exportNotFound(`Export not found: ${arn}`);
  }
  return { ExportDescription: describeExport(record) };
}

function startAfter(token: string | undefined, records: ExportRecord[]): number {
  if (token === undefined) return 0;
  const arn = Buffer.from(token, 'base64').toString();
  const place = records.findIndex((record) => record.arn === arn);
  // A token of another table's list is taken, and finds nothing (DDB-EXPORT-006); one that we never made is refused.
  if (place < 0 && !/^arn:aws:dynamodb:.+\/export\/.+$/.test(arn)) {
    throw errors.validation(`Invalid Request: Provided nextToken is invalid: ${token}`);
  }
  return place < 0 ? records.length : place + 1;
}

/**
 * ListExports: of one table or of all, newest first within a table, failed and running ones too; not those of deleted
 * tables, nor — for `listLagSeconds` — those just started (DDB-EXPORT-020, test_export.py).
 *
 * @throws AwsError ValidationException
 */
export function listExports(
  world: World,
  input: { TableArn?: string; MaxResults?: number; NextToken?: string },
  context: RequestContext,
): object {
  const size = input.MaxResults ?? maxPage;
  if (size < 1) refuseViolations([violation(size, 'maxResults', 'have value greater than or equal to 1')]);
  if (size > maxPage) {
    refuseViolations([violation(size, 'maxResults', `have value less than or equal to ${maxPage}`)]);
  }
  const lag = Math.max(world.settings.listLagSeconds, context.staleSeconds);
  const byTableThenNewest = (left: ExportRecord, right: ExportRecord) =>
    left.table.arn === right.table.arn
      ? right.id.localeCompare(left.id)
      : left.table.arn.localeCompare(right.table.arn);
  const records = stateOf(world)
    .exports.filter((record) => exists(world, record.table) && kept(world, record, lag))
    .filter(({ table }) => input.TableArn === undefined || table.arn === input.TableArn)
    .sort(byTableThenNewest);
  const start = startAfter(input.NextToken, records);
  const page = records.slice(start, start + size);
  const last = page.at(-1);
  return {
    ExportSummaries: page.map((record) => ({
      ExportArn: record.arn,
      ExportStatus: exportStatus(record),
      ExportType: record.input.ExportType ?? 'FULL_EXPORT',
    })),
    ...(last !== undefined && start + size < records.length
      ? { NextToken: Buffer.from(last.arn).toString('base64') }
      : {}),
  };
}
