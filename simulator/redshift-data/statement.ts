import type { ExecutionMode, SqlParameter, StatementStatusString } from '@aws-sdk/client-redshift-data';
import type { SqlResult } from '../core/types';
import type { Target } from './validation';

export type EndStatus = 'FINISHED' | 'FAILED' | 'ABORTED';

/** One SQL text: all of an ExecuteStatement, or one of a batch. */
export interface StatementPart {
  sql: string;
  status?: EndStatus;
  error?: string;
  result?: SqlResult;
  queryId: number;
  startedAt: Date;
  updatedAt: Date;
}

/** One accepted ExecuteStatement or BatchExecuteStatement. */
export interface Statement {
  id: string;
  batch: boolean;
  parts: StatementPart[];
  target: Target;
  name?: string;
  parameters?: SqlParameter[];
  executionMode: ExecutionMode;
  resultFormat: 'JSON' | 'CSV';
  createdAt: Date;
  updatedAt: Date;
  /** Virtual seconds each part takes. */
  secondsPerPart: number;
  pid: number;
  accessKeyId?: string;
  /** Set once it has ended. */
  status?: EndStatus;
  error?: string;
  /** Takes its next work off the agenda. */
  withdraw: () => void;
  /** Resolves when it has ended. */
  ended: Promise<void>;
  markEnded: () => void;
}

/** A running statement's status, from the share of its time that has passed. */
function runningStatus(share: number): StatementStatusString {
  if (share < 0.1) return 'SUBMITTED';
  return share < 0.2 ? 'PICKED' : 'STARTED';
}

export function statusOf(statement: Statement, now: Date): StatementStatusString {
  if (statement.status) return statement.status;
  const elapsed = now.getTime() - statement.createdAt.getTime();
  return runningStatus(elapsed / (statement.secondsPerPart * statement.parts.length * 1000));
}

/** A part waits as SUBMITTED until those before it have had their time. */
export function partStatusOf(statement: Statement, index: number, now: Date): StatementStatusString {
  const part = statement.parts[index];
  if (part?.status) return part.status;
  const elapsed = now.getTime() - statement.createdAt.getTime() - index * statement.secondsPerPart * 1000;
  return runningStatus(elapsed / (statement.secondsPerPart * 1000));
}

/** Rows returned or affected; −1 is the Data API's null. */
export function resultRows(part: StatementPart): number {
  return part.result?.rowCount ?? -1;
}

/** Bytes of the result's values; −1 is the Data API's null. */
export function resultSize(part: StatementPart): number {
  if (!part.result) return -1;
  let bytes = 0;
  for (const row of part.result.rows) {
    for (const field of row) {
      if ('stringValue' in field) bytes += Buffer.byteLength(field.stringValue);
      else if ('blobValue' in field) bytes += field.blobValue.length;
      else if ('longValue' in field || 'doubleValue' in field) bytes += 8;
      else bytes += 1;
    }
  }
  return bytes;
}

/** Nanoseconds; −1 while running. */
export function durationOf(part: StatementPart): number {
  return part.status ? (part.updatedAt.getTime() - part.startedAt.getTime()) * 1_000_000 : -1;
}

export function hasResultSet(part: StatementPart): boolean {
  return part.status === 'FINISHED' && (part.result?.hasResultSet ?? false);
}
