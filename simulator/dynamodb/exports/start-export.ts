import { createHash } from 'node:crypto';
import type { RequestContext } from '../../core/types';
import type { World } from '../../core/world';
import { errors } from '../errors';
import { findTable, stateOf, type Table } from '../state';
import { uuid } from '../tables';
import { describeExport, exportStatus, type ExportInput, type ExportRecord } from './export-record';
import { runExport } from './run-export';
import { exportScope, validateExportShape } from './validate-export';

/** @throws AwsError ValidationException, AccessDeniedException, TableNotFoundException (DDB-EXPORT-001, -002) */
function exportedTable(world: World, arn: string): Table {
  const match = /^arn:[^:]+:dynamodb:([^:]*):([^:]*):table\/(.+)$/.exec(arn);
  if (match === null) {
    throw errors.validation('One or more parameter values were invalid: tableArn is not a valid ARN');
  }
  const [, region, account, name = ''] = match;
  if (account !== world.accountId) throw errors.accessDenied();
  if (name.includes('/')) throw errors.validation('Invalid Request: Table ARN is invalid.');
  const table = region === world.region ? findTable(world, name) : undefined;
  if (table === undefined || table.deletedAt !== undefined) throw errors.tableNotFound(arn);
  return table;
}

/** The parameters as one text, times in whole seconds; the token itself left out. */
function fingerprint(input: ExportInput): string {
  const entries = Object.entries(input).filter(
    ([name, value]) => name !== 'ClientToken' && value !== undefined,
  );
  return JSON.stringify(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The export a token still stands for: it is good until `exportTokenHours` after that export ended. */
function holderOf(world: World, token: string): ExportRecord | undefined {
  const validSince = world.clock.now().getTime() - world.settings.exportTokenHours * 3_600_000;
  return stateOf(world).exports.findLast(
    (record) => record.token === token && (record.ended === undefined || record.ended.at > validSince),
  );
}

/** 14 digits of milliseconds and 8 hexadecimal ones, as AWS makes them; unique per world. */
function exportId(world: World, startedAt: number): string {
  const suffix = createHash('sha256').update(world.id('export')).digest('hex').slice(0, 8);
  return `${String(startedAt).padStart(14, '0')}-${suffix}`;
}

/**
 * ExportTableToPointInTime. A request that is refused leaves nothing behind, not even its token; one that repeats a
 * token with the same parameters gets the export already running.
 *
 * @throws AwsError ExportConflictException, LimitExceededException, and those of the validation
 */
export async function startExport(
  world: World,
  input: ExportInput,
  context: RequestContext,
): Promise<object> {
  validateExportShape(input);
  const table = exportedTable(world, input.TableArn);
  const holder = input.ClientToken === undefined ? undefined : holderOf(world, input.ClientToken);
  if (holder !== undefined) {
    if (fingerprint(holder.input) !== fingerprint(input)) throw errors.exportConflict();
    return { ExportDescription: describeExport(holder) };
  }
  const scope = exportScope(world, table, input);
  const { settings } = world;
  const { exports } = stateOf(world);
  const running = exports.filter((record) => exportStatus(record) === 'IN_PROGRESS').length;
  if (running >= settings.maxConcurrentExports) throw errors.exportLimit(settings.maxConcurrentExports);
  const startedAt = world.clock.now().getTime();
  const id = exportId(world, startedAt);
  const token = input.ClientToken ?? uuid(world, 'export-token');
  const arn = `${table.arn}/export/${id}`;
  const corruption = settings.corruptNextExport;
  const record: ExportRecord = { arn, id, table, input, token, scope, startedAt, corruption };
  settings.corruptNextExport = 'none';
  exports.push(record);
  context.effect('ExportTableToPointInTime', token, { exportArn: arn, tableArn: table.arn });
  runExport(world, record, context.terminal);
  // With a duration of zero it has ended already, and the answer says so.
  await world.agenda.runDue();
  return { ExportDescription: describeExport(record) };
}
