import type { OperationName } from '../operations';
import type { StepRecord } from '../run-state';
import type { Standing } from './standing';
import { stepRows } from './step-rows';

/** What is known when it is decided from where a run goes on. */
export interface Standpoint {
  operation: OperationName;
  /** Steps of the run, in order. */
  steps: readonly StepRecord[];
  /** The step that is to be run again. */
  begin: string;
  /** How the leavings of finished steps stand, by step. */
  standings: Readonly<Record<string, Standing>>;
  /** How the source stands that the input names. */
  source?: Standing;
  /** A finished restore can be done over: its table has a name of the run's own, by which it is taken over. */
  restoreIsKnown?: boolean;
  /** What `begin` itself has on AWS already, which it will take over. */
  own: readonly Standing[];
}

export interface Kept {
  step: string;
  text: string;
}

export interface SteppedBack {
  step: string;
  why: string;
}

/** From where a run goes on, and why from there. */
export interface Walk {
  from: string;
  kept: Kept[];
  /** Finished steps that have to be done over, the latest first. */
  steppedBack: SteppedBack[];
  /** What somebody should know, in plain sentences. */
  notes: string[];
  /** What the first step asks of AWS is being done there, or is done. */
  isTakenOver?: boolean;
  /** Why going on cannot help, whatever step it began with. */
  blocked?: string;
}

/**
 * Walks back from the step that is to be run again to the first one that has all that it needs: past every finished step
 * whose leavings are gone and are needed, by a step that will run or for themselves. What could not be looked at is
 * told, and is no reason to do a finished step over.
 */
export function walkBack(standpoint: Standpoint): Walk {
  const { operation, steps, begin, standings, source, own, restoreIsKnown = true } = standpoint;
  const rows = stepRows[operation];
  const rowOf = (step: string) => rows.find((row) => row.step === step);
  const steppedBack: SteppedBack[] = [];
  const notes: string[] = [];
  let from = steps.findIndex(({ name }) => name === begin);

  /** The step whose leavings this one works on: the first of those it can use that stays done. */
  const usedBy = (step: string) =>
    rowOf(step)?.uses.find((used) =>
      steps.some(({ name, state }, at) => name === used && state === 'done' && at < from),
    );
  const toRun = () => steps.slice(from).filter(({ state }) => state !== 'skipped');
  const chosen = standings.choose;

  for (let at = from - 1; at >= 0; at -= 1) {
    const { name, state } = steps[at]!;
    const standing = standings[name];
    if (state !== 'done' || standing === undefined) continue;
    if (standing.state === 'unseen') notes.push(standing.text);
    if (standing.state !== 'gone' && standing.state !== 'failed') continue;
    const needed = toRun().some((step) => usedBy(step.name) === name);
    const restored = steps.some(
      (step, index) => step.name === 'restore' && step.state === 'done' && index < from,
    );
    const canBeMade =
      rowOf(name)?.keeps && (source ?? chosen)?.state === 'stands' && (restoreIsKnown || !restored);
    if (needed || canBeMade) {
      from = at;
      steppedBack.push({ step: name, why: standing.text });
    } else if (rowOf(name)?.keeps) {
      notes.push(`${standing.text}, and is not made again: what is left to do does not need it`);
    }
  }

  const first = steps[from]?.name ?? begin;
  const kept = steps
    .slice(0, from)
    .filter(({ state }) => state === 'done')
    .map(({ name }) => ({ step: name, text: standings[name]?.text ?? 'its result is kept' }));
  const alive = first === begin && own.some(({ state }) => state === 'running' || state === 'stands');
  for (const standing of own) {
    if (first !== begin) continue;
    if (standing.state === 'running' || standing.state === 'stands')
      notes.push(`${standing.text}: the step ${first} takes it over`);
    if (standing.state === 'unseen') notes.push(standing.text);
  }
  const needsSource = toRun().some(
    ({ name }) => rowOf(name)?.uses.includes('choose') && usedBy(name) === undefined,
  );
  if (needsSource && source?.state === 'unseen') notes.push(source.text);
  const blocked = needsSource && !alive && source?.state === 'gone';
  return {
    from: first,
    kept,
    steppedBack,
    notes,
    ...(alive && { isTakenOver: true }),
    ...(blocked && { blocked: source.text }),
  };
}
