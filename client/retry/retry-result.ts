import type { RunReference } from '../../domain/retry/carried';
import type { Kept, SteppedBack, Walk } from '../../domain/retry/walk-back';
import { identify, type Place } from '../links';
import { apiVersion, type RunIdentity } from '../run-view';
import type { OldRun } from './old-run';

/** What came, or would come, of a retry. Plain JSON; workflow id, run id and links are those of the run that goes on. */
export interface RetryResult extends RunIdentity {
  apiVersion: typeof apiVersion;
  operation: string;
  title: string;
  /** False when nothing was done now: see `reason`. */
  retried: boolean;
  reason?: 'dry run' | 'already retried';
  /** The execution that is retried. */
  of: RunReference;
  /** First step that is run again; empty when that was told before. */
  from: string;
  /** Why it has to be run. */
  because: string;
  /** Finished steps whose results are kept, and how what they left stands on AWS. */
  kept: Kept[];
  /** Finished steps that are done over all the same, each with the reason. */
  steppedBack: SteppedBack[];
  /** What somebody should know besides, in plain sentences. */
  notes: string[];
  /** Of a run with a changed input: the fields that differ. */
  changed?: string[];
}

/** A result before anything was done, about the old run. */
export function resultOf(
  place: Place,
  { workflowId, runId, operation, title }: Pick<OldRun, 'workflowId' | 'runId' | 'operation' | 'title'>,
  { from, kept, steppedBack, notes }: Walk,
): RetryResult {
  return {
    apiVersion,
    ...identify(place, workflowId, runId),
    operation,
    title,
    retried: false,
    of: { workflowId, runId },
    from,
    because: '',
    kept,
    steppedBack,
    notes,
  };
}
