import type { AdjustableClock } from './clock';
import type { Agenda } from './types';

interface Entry {
  due: number;
  what: string;
  work: () => Promise<void> | void;
}

/** Node's timers overflow above this; a longer wait is armed again when it fires. */
const longestTimerMs = 2 ** 31 - 1;

/** An Agenda over a clock, with one unref'd timer for the next due entry. */
export interface RunningAgenda extends Agenda {
  /** What is still to come, soonest first; for `/_simulator/state`. */
  upcoming(): { due: string; what: string }[];
  /** Stops the timer and forgets all work. */
  close(): void;
}

/**
 * @param onFailure told of work that threw; the agenda goes on, since one broken entry must not stop all services.
 */
export function createAgenda(
  clock: AdjustableClock,
  onFailure: (what: string, error: unknown) => void,
): RunningAgenda {
  const entries: Entry[] = [];
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  function arm(): void {
    clearTimeout(timer);
    timer = undefined;
    const next = entries[0];
    if (closed || next === undefined || clock.speed === 0) return;
    const waitMs = Math.max(0, (next.due - clock.now().getTime()) / clock.speed);
    timer = setTimeout(() => void runDue(), Math.min(Math.ceil(waitMs), longestTimerMs));
    timer.unref();
  }

  async function drain(): Promise<void> {
    // Work may put further work on the agenda that is due as well, so the head is looked at anew each time.
    for (;;) {
      const next = entries[0];
      if (closed || next === undefined || next.due > clock.now().getTime()) break;
      entries.shift();
      try {
        await next.work();
      } catch (error) {
        onFailure(next.what, error);
      }
    }
    arm();
  }

  function runDue(): Promise<void> {
    running = running.then(drain);
    return running;
  }

  clock.onChange(arm);
  return {
    at(due, what, work) {
      const entry: Entry = { due: due.getTime(), what, work };
      const position = entries.findIndex((other) => other.due > entry.due);
      entries.splice(position === -1 ? entries.length : position, 0, entry);
      if (entries[0] === entry) arm();
      return () => {
        const index = entries.indexOf(entry);
        if (index !== -1) entries.splice(index, 1);
        if (index === 0) arm();
      };
    },
    runDue,
    upcoming: () => entries.map(({ due, what }) => ({ due: new Date(due).toISOString(), what })),
    close() {
      closed = true;
      clearTimeout(timer);
      entries.length = 0;
    },
  };
}
