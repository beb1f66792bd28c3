import type { SimClock } from './types';

/** A SimClock that tells its listener (the agenda) when virtual time jumped or changed its speed. */
export interface AdjustableClock extends SimClock {
  onChange(listener: () => void): void;
}

/**
 * Virtual time: starts at `start` and runs at `speed` × real time. Speed 0 freezes it, so that only `advance` moves it.
 *
 * @param wall real milliseconds since the epoch; the only reading of the wall clock in the simulator's logic.
 */
export function createClock(
  options: { start?: Date; speed?: number; wall?: () => number } = {},
): AdjustableClock {
  const wall = options.wall ?? Date.now;
  let speed = requireFactor('clockSpeed', options.speed ?? 1);
  let anchorWall = wall();
  let anchorVirtual = options.start?.getTime() ?? anchorWall;
  const listeners: (() => void)[] = [];
  const read = (): number => anchorVirtual + Math.max(0, wall() - anchorWall) * speed;
  const moveAnchor = (virtual: number): void => {
    anchorVirtual = virtual;
    anchorWall = wall();
  };
  return {
    now: () => new Date(read()),
    advance(seconds) {
      requireFactor('seconds', seconds);
      moveAnchor(read() + seconds * 1000);
      listeners.forEach((listener) => listener());
    },
    get speed() {
      return speed;
    },
    set speed(value) {
      requireFactor('clockSpeed', value);
      moveAnchor(read());
      speed = value;
      listeners.forEach((listener) => listener());
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

function requireFactor(name: string, value: number): number {
  if (!Number.isFinite(value) || value < 0) {
    throw new RangeError(`clock cannot be set [${name}=${value}]: a finite number of at least 0 is needed`);
  }
  return value;
}
