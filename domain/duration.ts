import { z } from 'zod';

const unitMs: Record<string, number> = {
  s: 1_000,
  second: 1_000,
  m: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
};

const pattern = /^\s*(\d+(?:\.\d+)?)\s*(s|m|h|d|seconds?|minutes?|hours?|days?)\s*$/i;

/**
 * Reads a duration as people write it: `90s`, `15 minutes`, `2.5h`, `7 days`.
 * @returns milliseconds, or undefined when the text is none.
 */
export function parseDurationMs(text: string): number | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const unit = match[2]!.toLowerCase();
  return Math.round(Number(match[1]) * unitMs[unit.length > 1 ? unit.replace(/s$/, '') : unit]!);
}

/** As parseDurationMs, for text that its schema has already accepted. */
export function durationMs(text: string): number {
  const value = parseDurationMs(text);
  if (value === undefined) throw new RangeError(`not a duration [text=${text}]`);
  return value;
}

const bounds = { minMs: 1_000, maxMs: 365 * 86_400_000 };

/** Schema of a duration string, from one second (a wait always means something) to 365 days (timers have an end). */
export const durationSchema = z
  .string()
  .refine(
    (text) => {
      const value = parseDurationMs(text) ?? 0;
      return value >= bounds.minMs && value <= bounds.maxMs;
    },
    { error: 'must be a duration from one second to 365 days, such as "90 seconds", "15 minutes" or "24h"' },
  )
  .describe('A duration such as "90 seconds", "15 minutes" or "24h"');

/** `93s` → `1 min 33 s`; `7200s` → `2 h`. For people: coarse, never negative. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [d, h, m, s] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  if (d) return h ? `${d} d ${h} h` : `${d} d`;
  if (h) return m ? `${h} h ${m} min` : `${h} h`;
  if (m) return s ? `${m} min ${s} s` : `${m} min`;
  return `${s} s`;
}
