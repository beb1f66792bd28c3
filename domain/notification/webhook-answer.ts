/**
 * What a receiver's HTTP status means: 2xx has taken the message; 408, 425, 429 and 5xx may take it later; everything else
 * never will, redirects included.
 */
export function verdictOn(status: number): 'taken' | 'later' | 'refused' {
  if (status >= 200 && status < 300) return 'taken';
  return status >= 500 || status === 408 || status === 425 || status === 429 ? 'later' : 'refused';
}

/** Longest pause that a receiver may ask for. */
const longestPauseMs = 3_600_000;

/** The pause that a Retry-After header asks for, in seconds or as a date; undefined when there is none. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestPauseMs);
}
