import type { RunState, StepRecord } from '../run-state';

/** The step with which a run goes on, and where in its history that is. */
export interface Beginning {
  step: string;
  /** Why it is this one. */
  because: string;
  /** End of the workflow task to reset to; absent when the run did nothing at all before it ended. */
  resetEventId?: number;
  /** The same, but keeping the request to AWS that the step had made and did not see the end of. */
  submittedEventId?: number;
}

const hows: Partial<Record<StepRecord['state'], string>> = {
  failed: 'failed',
  cancelled: 'was cancelled',
  running: 'was under way when the run ended',
  waiting: 'was waiting when the run ended',
};

/**
 * Where a run came to grief: the step that did not come to its end, or, when the run ended between two steps, the one
 * after the last that did.
 */
export function beginningOf({ steps, failure }: RunState): Beginning {
  const at = steps.findIndex(({ state }) => state !== 'done' && state !== 'skipped');
  const step = steps[at];
  const how = step && hows[step.state];
  if (step && how) {
    const because = step.state === 'failed' && failure ? `it failed (${failure.type})` : `it ${how}`;
    const submittedEventId = isUnderWay(step, failure) ? step.submittedEventId : undefined;
    const waiting = submittedEventId === undefined ? {} : { submittedEventId };
    return { step: step.name, because, ...eventOf(step.resetEventId), ...waiting };
  }
  const before = steps.slice(0, at === -1 ? steps.length : at).findLast(({ state }) => state === 'done');
  const because = `the run ended ${before ? `after the step ${before.name}` : 'before its first step'}`;
  return { step: step?.name ?? before?.name ?? '', because, ...eventOf(before?.endEventId) };
}

/** Whether AWS may have gone on with what the step had asked for: nobody saw that come to a bad end. */
export const isUnderWay = ({ state }: StepRecord, failure: RunState['failure']): boolean =>
  state !== 'failed' || failure?.type === 'DeadlinePassed';

/** Steps that a run can go on from: those that began. */
export const begun = ({ steps }: RunState): string[] =>
  steps.filter(({ resetEventId }) => resetEventId !== undefined).map(({ name }) => name);

/** A step that somebody named. Undefined when the run never began it. */
export function beginningAt(state: RunState, name: string): Beginning | undefined {
  const step = state.steps.find((candidate) => candidate.name === name);
  if (step?.resetEventId === undefined) return undefined;
  return { step: name, because: 'it was asked for', resetEventId: step.resetEventId };
}

const eventOf = (resetEventId: number | undefined) => (resetEventId === undefined ? {} : { resetEventId });
