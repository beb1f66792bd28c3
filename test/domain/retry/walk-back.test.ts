import type { Standing } from '../../../domain/retry/standing';
import { type Standpoint, walkBack } from '../../../domain/retry/walk-back';
import type { StepRecord, StepState } from '../../../domain/run-state';

const steps = (states: Record<string, StepState>): StepRecord[] =>
  Object.entries(states).map(([name, state]) => ({ name, title: name, state }));
const is = (state: Standing['state'], what = 'it'): Standing => ({ state, text: `${what} is ${state}` });

const failedAtVerify = steps({
  preflight: 'done',
  choose: 'done',
  copy: 'done',
  restore: 'done',
  verify: 'failed',
  export: 'pending',
});
const standpoint = (more: Partial<Standpoint> = {}): Standpoint => ({
  operation: 'recoverTable',
  steps: failedAtVerify,
  begin: 'verify',
  standings: {},
  own: [],
  ...more,
});

describe('from where a run goes on', () => {
  it('is the step that failed, while everything that was left still stands', () => {
    const walk = walkBack(
      standpoint({
        standings: { choose: is('stands'), copy: is('stands', 'the copy'), restore: is('stands') },
      }),
    );
    expect(walk).toEqual({
      from: 'verify',
      kept: [
        { step: 'preflight', text: 'its result is kept' },
        { step: 'choose', text: 'it is stands' },
        { step: 'copy', text: 'the copy is stands' },
        { step: 'restore', text: 'it is stands' },
      ],
      steppedBack: [],
      notes: [],
    });
  });

  it('is the restore, when its table is gone; the copy is kept', () => {
    const walk = walkBack(
      standpoint({ standings: { choose: is('gone'), copy: is('stands'), restore: is('gone', 'the table') } }),
    );
    expect(walk).toMatchObject({
      from: 'restore',
      steppedBack: [{ step: 'restore', why: 'the table is gone' }],
    });
    expect(walk.kept.map(({ step }) => step)).toEqual(['preflight', 'choose', 'copy']);
  });

  it('is the choice, when the table, the copy and the chosen source are gone, one after the other', () => {
    const walk = walkBack(
      standpoint({ standings: { choose: is('gone'), copy: is('failed'), restore: is('gone') } }),
    );
    expect(walk.from).toBe('choose');
    expect(walk.steppedBack.map(({ step }) => step)).toEqual(['restore', 'copy', 'choose']);
  });

  it('minds a source that expired only as long as nothing was kept of it', () => {
    expect(walkBack(standpoint({ standings: { choose: is('gone'), copy: is('stands') } }))).toMatchObject({
      from: 'verify',
      steppedBack: [],
      notes: [],
    });
  });

  it('is the copy, when that is gone and can be made again, though only the proof is left to do', () => {
    const standings = { choose: is('stands'), copy: is('gone', 'the copy'), restore: is('stands') };
    expect(walkBack(standpoint({ standings }))).toMatchObject({ from: 'copy', notes: [] });
  });

  it('is not the copy, when its source is gone too and nothing that is left needs it; that is told', () => {
    const standings = { choose: is('gone'), copy: is('gone', 'the copy'), restore: is('stands') };
    expect(walkBack(standpoint({ standings }))).toMatchObject({
      from: 'verify',
      notes: [expect.stringMatching(/^the copy is gone, and is not made again/)],
    });
  });

  it('is not the copy, when the restore after it could not be taken over', () => {
    const standings = { choose: is('stands'), copy: is('gone'), restore: is('stands') };
    expect(walkBack(standpoint({ standings, restoreIsKnown: false })).from).toBe('verify');
    const gone = { ...standings, restore: is('gone') };
    expect(walkBack(standpoint({ standings: gone, restoreIsKnown: false })).from).toBe('copy');
  });

  it('does nothing over for what could not be looked at, and tells it', () => {
    expect(walkBack(standpoint({ standings: { restore: is('unseen', 'the table') } }))).toMatchObject({
      from: 'verify',
      steppedBack: [],
      notes: ['the table is unseen'],
    });
  });

  it('is nowhere, when a named source has expired and nothing was kept of it', () => {
    const named = steps({ preflight: 'done', copy: 'failed', restore: 'pending' });
    const blocked = { steps: named, begin: 'copy', source: is('gone', 'the recovery point') };
    expect(walkBack(standpoint(blocked)).blocked).toBe('the recovery point is gone');
    expect(walkBack(standpoint({ ...blocked, own: [is('running', 'the snapshot')] }))).toEqual({
      from: 'copy',
      kept: [{ step: 'preflight', text: 'its result is kept' }],
      steppedBack: [],
      notes: ['the snapshot is running: the step copy takes it over'],
      isTakenOver: true,
    });
  });

  it('needs the source itself where no copy was asked for, and not where a table is proved', () => {
    const uncopied = steps({ preflight: 'done', copy: 'skipped', restore: 'done', verify: 'failed' });
    const gone = { steps: uncopied, source: is('gone', 'the snapshot') };
    expect(walkBack(standpoint({ ...gone, standings: { restore: is('stands') } }))).not.toHaveProperty(
      'blocked',
    );
    expect(walkBack(standpoint({ ...gone, standings: { restore: is('gone') } }))).toMatchObject({
      from: 'restore',
      blocked: 'the snapshot is gone',
    });
  });
});
