import { createAgenda } from '../../../simulator/core/agenda';
import { createClock } from '../../../simulator/core/clock';
import { createIds } from '../../../simulator/core/ids';

const start = new Date('2026-03-01T12:00:00Z');
const seconds = (n: number): Date => new Date(start.getTime() + n * 1000);

describe('the clock', () => {
  it('runs at its speed from its start, without a jump when the speed changes', () => {
    let wall = 5_000;
    const clock = createClock({ start, speed: 10, wall: () => wall });
    expect(clock.now()).toEqual(start);
    wall += 2_000;
    expect(clock.now()).toEqual(seconds(20));
    clock.speed = 1;
    wall += 3_000;
    expect(clock.now()).toEqual(seconds(23));
  });

  it('moves forward when told, also while frozen', () => {
    const clock = createClock({ start, speed: 0 });
    clock.advance(90);
    expect(clock.now()).toEqual(seconds(90));
  });

  it('never goes back, even when the wall clock does', () => {
    let wall = 5_000;
    const clock = createClock({ start, wall: () => wall });
    wall -= 4_000;
    expect(clock.now()).toEqual(start);
    expect(() => clock.advance(-1)).toThrow(
      'clock cannot be set [seconds=-1]: a finite number of at least 0 is needed',
    );
    expect(() => (clock.speed = Number.NaN)).toThrow('clockSpeed=NaN');
  });
});

describe('the agenda', () => {
  const setUp = () => {
    const clock = createClock({ start, speed: 0 });
    const failures: string[] = [];
    const agenda = createAgenda(clock, (what) => failures.push(what));
    const done: string[] = [];
    const note = (what: string) => () => void done.push(what);
    return { clock, agenda, failures, done, note };
  };

  it('does what is due, in order of its time and not of its booking', async () => {
    const { clock, agenda, done, note } = setUp();
    agenda.at(seconds(20), 'second', note('second'));
    agenda.at(seconds(10), 'first', note('first'));
    agenda.at(seconds(20), 'third', note('third'));
    agenda.at(seconds(31), 'later', note('later'));
    clock.advance(30);
    await agenda.runDue();
    expect(done).toEqual(['first', 'second', 'third']);
    expect(agenda.upcoming()).toEqual([{ due: seconds(31).toISOString(), what: 'later' }]);
  });

  it('also does what falls due because of what it just did', async () => {
    const { clock, agenda, done, note } = setUp();
    agenda.at(seconds(10), 'outer', () => void agenda.at(seconds(15), 'inner', note('inner')));
    clock.advance(20);
    await agenda.runDue();
    expect(done).toEqual(['inner']);
  });

  it('forgets what was taken off, and goes on after work that broke', async () => {
    const { clock, agenda, failures, done, note } = setUp();
    const takeOff = agenda.at(seconds(1), 'taken off', note('taken off'));
    agenda.at(seconds(2), 'broken', () => Promise.reject(new Error('broken')));
    agenda.at(seconds(3), 'kept', note('kept'));
    takeOff();
    clock.advance(5);
    await agenda.runDue();
    expect(done).toEqual(['kept']);
    expect(failures).toEqual(['broken']);
  });

  it('does due work by itself while the clock runs', async () => {
    const clock = createClock({ start, speed: 1000 });
    const agenda = createAgenda(clock, () => undefined);
    await new Promise<void>((resolve) => {
      agenda.at(seconds(5), 'by timer', resolve);
    });
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(seconds(5).getTime());
    agenda.close();
  });
});

it('ids look like UUIDs, never repeat, and are the same again after a reset', () => {
  const first = createIds();
  const made = Array.from({ length: 100 }, () => first('restore'));
  const again = createIds();
  expect(new Set(made).size).toBe(100);
  expect(made[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Array.from({ length: 100 }, () => again('restore'))).toEqual(made);
  expect(again('snapshot')).not.toBe(made[0]);
});
