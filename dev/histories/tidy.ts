/**
 * A history as it is kept: without what tells of the machine that recorded it (process ids, host names, stack traces
 * with its folders) and of the build (a hash that changes with every commit). The replayer looks at none of that.
 */
export function tidyHistory(history: unknown): { events: unknown[] } {
  const { events } = tidy(history) as { events?: unknown[] };
  if (events === undefined || events.length === 0) throw new TypeError('a history without events');
  return { events };
}

const omitted = new Set(['stackTrace', 'deploymentVersion', 'workerDeploymentName']);
const replaced: Record<string, string> = { identity: 'recorder', requestId: 'recorded' };

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !omitted.has(key))
      .map(([key, inner]) => [
        key,
        typeof inner === 'string' && key in replaced ? replaced[key] : tidy(inner),
      ]),
  );
}

/** One event a line: a changed recording shows in a diff as the events that changed. */
export function writeHistory({ events }: { events: unknown[] }): string {
  return `{"events":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`;
}
