import { newRun, note, stepOf } from '../../domain/run-state';

const at = '2026-11-20T08:00:00.000Z';
const run = () =>
  newRun('recoverTable', 'Recover orders', at, [
    { name: 'copy', title: 'Copy the snapshot' },
    { name: 'restore', title: 'Restore the table' },
  ]);

describe('a new run', () => {
  it('has all its steps pending, one line in its timeline and nothing on AWS', () => {
    expect(run()).toEqual({
      operation: 'recoverTable',
      title: 'Recover orders',
      outcome: 'running',
      startedAt: at,
      steps: [
        { name: 'copy', title: 'Copy the snapshot', state: 'pending' },
        { name: 'restore', title: 'Restore the table', state: 'pending' },
      ],
      timeline: [{ at, text: 'run started' }],
      aws: [],
    });
  });

  it('is plain JSON: a query can return it', () => {
    expect(JSON.parse(JSON.stringify(run()))).toEqual(run());
  });
});

describe('stepOf', () => {
  it('finds the step itself, not a copy of it', () => {
    const state = run();
    stepOf(state, 'restore').state = 'running';
    expect(state.steps[1]!.state).toBe('running');
  });

  it('refuses a step that was not announced, naming those that were', () => {
    expect(() => stepOf(run(), 'verify')).toThrow('no such step [step=verify, steps=copy restore]');
  });
});

describe('the timeline', () => {
  it('says of which step a line is', () => {
    const state = run();
    note(state, at, 'started', 'copy');
    note(state, at, 'run done');
    expect(state.timeline.slice(1)).toEqual([
      { at, step: 'copy', text: 'started' },
      { at, text: 'run done' },
    ]);
  });

  it('keeps its beginning and its end, and leaves out the middle of a long run', () => {
    const state = run();
    for (let line = 1; line <= 500; line += 1) note(state, at, `line ${line}`);
    const texts = state.timeline.map(({ text }) => text);
    expect(texts).toHaveLength(60);
    expect(texts.slice(0, 3)).toEqual(['run started', 'line 1', 'line 2']);
    expect(texts.slice(-2)).toEqual(['line 499', 'line 500']);
  });
});
