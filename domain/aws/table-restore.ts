import { sameTable, type TableName } from '../table-name';
import { type Observation, unknownStatus } from './observation';

/** What Undrop keeps of a table restore request. Times ISO, sizes MB. */
export interface TableRestoreFacts {
  tableRestoreRequestId: string;
  status: string;
  message?: string;
  requestTime?: string;
  progressInMegaBytes?: number;
  totalDataInMegaBytes?: number;
  /** Snapshot (or recovery point) the rows come from. */
  sourceIdentifier?: string;
  source: TableName;
  target: TableName;
}

/** https://docs.aws.amazon.com/redshift/latest/APIReference/API_TableRestoreStatus.html: Status. */
export function observeTableRestore(restore: TableRestoreFacts): Observation {
  const { status } = restore;
  switch (status) {
    case 'PENDING':
    case 'IN_PROGRESS':
      return {
        kind: 'pending',
        status,
        progress: {
          awsStatus: status,
          ...(restore.progressInMegaBytes !== undefined && { doneMegaBytes: restore.progressInMegaBytes }),
          ...(restore.totalDataInMegaBytes !== undefined && { totalMegaBytes: restore.totalDataInMegaBytes }),
        },
      };
    case 'SUCCEEDED':
      return { kind: 'succeeded', status };
    case 'FAILED':
      return {
        kind: 'failed',
        status,
        failure: /already exists/i.test(restore.message ?? '') ? 'TargetTableExists' : 'RestoreFailed',
        message: restore.message ?? 'AWS gave no reason',
      };
    case 'CANCELED':
      return {
        kind: 'failed',
        status,
        failure: 'RestoreCanceled',
        message: restore.message ?? 'cancelled on AWS',
      };
    default:
      return unknownStatus('table restore', status);
  }
}

/** Whether AWS still has work to do for it. */
export const isRunning = ({ status }: TableRestoreFacts) => status === 'PENDING' || status === 'IN_PROGRESS';

/** What a table restore was asked for; how a request is found again when the answer to it was lost. */
export interface RestoreIdentity {
  sourceIdentifier: string;
  source: TableName;
  target: TableName;
  caseSensitive: boolean;
}

/** Whether a listed request is the one asked for. Names are compared folded, as Redshift folds them. */
export function isSameRestore(wanted: RestoreIdentity, found: TableRestoreFacts): boolean {
  return (
    found.sourceIdentifier === wanted.sourceIdentifier &&
    sameTable(found.source, wanted.source, wanted.caseSensitive) &&
    sameTable(found.target, wanted.target, wanted.caseSensitive)
  );
}

/** Ends that leave no table behind: such a request can neither be waited for nor taken over. */
export const endedInVain = (restore: TableRestoreFacts) =>
  restore.status === 'FAILED' || restore.status === 'CANCELED';

/**
 * Which of several matching requests to take over: one that succeeded, else the oldest that still runs.
 * Requests that ended in vain are nobody's.
 */
export function requestToAdopt(candidates: readonly TableRestoreFacts[]): TableRestoreFacts | undefined {
  const alive = candidates.filter((candidate) => !endedInVain(candidate));
  const byAge = [...alive].sort((a, b) => (a.requestTime ?? '').localeCompare(b.requestTime ?? ''));
  return byAge.find((candidate) => candidate.status === 'SUCCEEDED') ?? byAge[0];
}
