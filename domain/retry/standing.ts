import { z } from 'zod';
import { type ExportFacts, observeExport } from '../aws/export';
import type { Observation } from '../aws/observation';
import { observeServerlessSnapshot, type ServerlessSnapshotFacts } from '../aws/serverless-snapshot';
import { observeSnapshot, type SnapshotFacts } from '../aws/snapshot';
import type { TableRestoreFacts } from '../aws/table-restore';
import { displayTable, sameTable, type TableName, tableNameSchema } from '../table-name';
import { dataApiAccessSchema, warehouseSchema } from '../warehouse';

const name = z.string().min(1).max(2048);

/** Something that a step of a run left on AWS, or found there. */
export const leavingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cluster snapshot'), snapshotIdentifier: name }),
  z.strictObject({ kind: z.literal('serverless snapshot'), snapshotName: name }),
  z.strictObject({ kind: z.literal('recovery point'), recoveryPointId: name }),
  z.strictObject({
    kind: z.literal('table'),
    warehouse: warehouseSchema,
    table: tableNameSchema,
    caseSensitive: z.boolean(),
    dataApi: dataApiAccessSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('table restore'), warehouse: warehouseSchema, target: tableNameSchema }),
  z.strictObject({ kind: z.literal('statement'), id: name }),
  z.strictObject({ kind: z.literal('export'), exportArn: name }),
]);

export type Leaving = z.infer<typeof leavingSchema>;

/** Input of the look-up `standing`. */
export const standingSchema = z.strictObject({ leavings: z.array(leavingSchema).max(200) });

/**
 * What has become of it: `stands` and can be used, `running` on AWS, `failed` there, `gone`, or `unseen`: it could not be
 * looked at.
 */
export interface Standing {
  state: 'stands' | 'running' | 'failed' | 'gone' | 'unseen';
  /** One plain clause with names. */
  text: string;
}

/** Answer of the look-up `standing`: one for each that was asked about, in their order. */
export interface StandingList {
  standings: Standing[];
}

/** AWS keeps recovery points, and results of statements, for so long. */
const dayMs = 24 * 3_600_000;

/** AWS knows the token of an export for so long after its end. */
const exportTokenMs = 8 * 3_600_000;

function standingOf(what: string, { kind, status }: Observation): Standing {
  if (kind === 'succeeded') return { state: 'stands', text: `${what} is there (${status})` };
  if (kind === 'pending') return { state: 'running', text: `${what} is being made (${status})` };
  return { state: 'failed', text: `${what} is there, but as ${status}` };
}

export const standingOfSnapshot = (snapshot: SnapshotFacts): Standing =>
  standingOf(`the snapshot ${snapshot.snapshotIdentifier}`, observeSnapshot(snapshot));

export function standingOfServerlessSnapshot(snapshot: ServerlessSnapshotFacts): Standing {
  const what = `the snapshot ${snapshot.snapshotName}`;
  if (snapshot.status === 'DELETED') return { state: 'gone', text: `${what} was deleted` };
  return standingOf(what, observeServerlessSnapshot(snapshot));
}

/** A recovery point that is listed lasts until a day after it was taken. */
export function standingOfRecoveryPoint(point: {
  recoveryPointId: string;
  recoveryPointCreateTime: string;
}): Standing {
  const taken = Date.parse(point.recoveryPointCreateTime);
  const until = Number.isNaN(taken) ? '' : `, until ${new Date(taken + dayMs).toISOString()}`;
  return { state: 'stands', text: `the recovery point ${point.recoveryPointId} is there${until}` };
}

export const standingOfTable = (table: TableName, { exists }: { exists: boolean }): Standing =>
  exists
    ? { state: 'stands', text: `the table ${displayTable(table)} is there` }
    : { state: 'gone', text: `the table ${displayTable(table)} is not there any more` };

/** @param running all restores that run in the warehouse */
export function standingOfRestore(target: TableName, running: readonly TableRestoreFacts[]): Standing {
  const ours = running.find((restore) => sameTable(restore.target, target));
  const what = `restore of ${displayTable(target)}`;
  if (!ours) return { state: 'gone', text: `AWS runs no ${what}` };
  return { state: 'running', text: `AWS runs the ${what} (${ours.tableRestoreRequestId}, ${ours.status})` };
}

/** @param statement as DescribeStatement tells it; times ISO */
export function standingOfStatement(
  statement: { id: string; status: string; updatedAt?: string; createdAt?: string },
  nowMs: number,
): Standing {
  const { id, status, updatedAt, createdAt } = statement;
  const what = `the statement ${id}`;
  if (status === 'FAILED' || status === 'ABORTED')
    return { state: 'failed', text: `${what} ended as ${status}` };
  if (status !== 'FINISHED') return { state: 'running', text: `${what} runs (${status})` };
  const ended = Date.parse(updatedAt ?? createdAt ?? '');
  return nowMs - ended > dayMs
    ? { state: 'gone', text: `the result of ${what} is older than 24 hours` }
    : { state: 'stands', text: `${what} is FINISHED, and its result is kept` };
}

export function standingOfExport(facts: ExportFacts, nowMs: number): Standing {
  const { exportArn, endTime } = facts;
  const standing = standingOf(`the export ${exportArn}`, observeExport(facts));
  if (standing.state !== 'stands' || endTime === undefined) return standing;
  const known = Date.parse(endTime) + exportTokenMs;
  const token =
    nowMs < known
      ? `AWS knows its token until ${new Date(known).toISOString()}`
      : 'AWS has forgotten its token, so it is found by its ARN and the list of exports';
  return { state: 'stands', text: `${standing.text}; ${token}` };
}
