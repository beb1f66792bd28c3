/**
 * Runs the body under a signal of its own that follows the given one and, if asked, a time. The Temporal client leaves
 * a listener on the signal with every call: on one that lives as long as a watch they would pile up.
 * @param limitMs the signal fires after so long in any case.
 */
export async function underSignal<T>(
  outer: AbortSignal | undefined,
  body: (signal: AbortSignal) => Promise<T>,
  limitMs?: number,
): Promise<T> {
  const own = new AbortController();
  const abort = () => own.abort();
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort);
  const timer = limitMs === undefined ? undefined : setTimeout(abort, limitMs);
  try {
    return await body(own.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  }
}

/** Sleeps, or returns at once when the signal fires; leaves no timer behind. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}
