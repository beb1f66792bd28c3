import { beginningAt, beginningOf, begun } from '../../../domain/retry/beginning';
import { newRun, type RunState, type StepState } from '../../../domain/run-state';

/** A run whose steps went so; step n began at event 10n and ended at 10n + 5. */
function run(states: Record<string, StepState>): RunState {
  const names = Object.keys(states);
  const state = newRun(
    'recoverTable',
    'x',
    '2026-11-20T08:00:00.000Z',
    names.map((name) => ({ name, title: name })),
  );
  for (const [at, step] of state.steps.entries()) {
    step.state = states[step.name]!;
    if (step.state === 'pending' || step.state === 'skipped') continue;
    step.resetEventId = 10 * (at + 1);
    if (step.state === 'done') step.endEventId = 10 * (at + 1) + 5;
  }
  return state;
}

describe('where a run came to grief', () => {
  it.each<[StepState, string]>([
    ['failed', 'it failed'],
    ['cancelled', 'it was cancelled'],
    ['running', 'it was under way when the run ended'],
    ['waiting', 'it was waiting when the run ended'],
  ])('is its step that is %s', (how, because) => {
    const state = run({ preflight: 'done', copy: 'skipped', restore: how, verify: 'pending' });
    expect(beginningOf(state)).toEqual({ step: 'restore', because, resetEventId: 30 });
  });

  it('names the failure', () => {
    const failure = { type: 'RestoreFailed', message: 'm', remedy: 'r' };
    expect(beginningOf({ ...run({ restore: 'failed' }), failure }).because).toBe('it failed (RestoreFailed)');
  });

  it('is after the last finished step, when it ended between two', () => {
    const state = run({ preflight: 'done', choose: 'done', copy: 'skipped', restore: 'pending' });
    expect(beginningOf(state)).toEqual({
      step: 'restore',
      because: 'the run ended after the step choose',
      resetEventId: 25,
    });
  });

  it('is before the first step, when none began', () => {
    expect(beginningOf(run({ preflight: 'pending' }))).toEqual({
      step: 'preflight',
      because: 'the run ended before its first step',
    });
  });

  it('is not the step that runs at the end of a failed run', () => {
    const state = run({ preflight: 'done', restore: 'failed', verify: 'pending', notify: 'done' });
    expect(beginningOf(state).step).toBe('restore');
  });

  it('can be named, when the step has begun', () => {
    const state = run({ preflight: 'done', copy: 'done', restore: 'failed', verify: 'pending' });
    expect(begun(state)).toEqual(['preflight', 'copy', 'restore']);
    expect(beginningAt(state, 'copy')).toEqual({
      step: 'copy',
      because: 'it was asked for',
      resetEventId: 20,
    });
    expect(beginningAt(state, 'verify')).toBeUndefined();
    expect(beginningAt(state, 'nope')).toBeUndefined();
  });
});
