/** What one look at AWS told about the progress of an operation. */
export interface Look {
  /** Milliseconds since the wait began. */
  atMs: number;
  doneMegaBytes?: number;
  totalMegaBytes?: number;
  /** AWS's own estimate of the rest. */
  etaSeconds?: number;
}

/** What the schedule remembers between looks; plain JSON. */
export interface PollMemory {
  first?: Look;
  last?: Look;
}

export const minimumDelayMs = 2_000;

/** Never wait longer than this: max(60 s, 2 % of the elapsed time). */
export const maximumDelayMs = (elapsedMs: number) => Math.max(60_000, 0.02 * elapsedMs);

/**
 * How long to sleep after a look. A pure function of what was observed; replaced by the measured schedule
 * (bench/waiting). @returns the new memory and the delay in milliseconds.
 */
export function nextDelay(memory: PollMemory, look: Look): { memory: PollMemory; delayMs: number } {
  const delayMs = Math.min(Math.max(minimumDelayMs, look.atMs * 0.1), maximumDelayMs(look.atMs));
  return { memory: { first: memory.first ?? look, last: look }, delayMs: Math.round(delayMs) };
}
