import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { canonicalJson, hashOf } from '../../domain/hash';
import { underSignal } from '../abortable';
import type { RunView } from '../run-view';
import type { StreamEnd } from './metrics';
import { withLinks } from './run-links';

export interface Telling {
  heartbeatMs: number;
  /** A caller who has read nothing for so long is taken for gone, in milliseconds. */
  stallLimitMs: number;
  /** Id of the event that the caller has seen last. */
  seen: string | undefined;
  /** Says why the stream ends; the first reason counts. */
  leave: (why: StreamEnd) => void;
  /** Fires when it is to end. */
  gone: AbortSignal;
}

/** Nothing is kept of a stream: its events are known by what they say. */
export const eventIdOf = (view: RunView): string => hashOf(canonicalJson(view)).slice(0, 20);

/**
 * Writes the views as Server-Sent Events until the run has ended or the stream is to end. A caller who reads slowly
 * gets fewer views, not older ones: no look is taken while the last event is still on its way, so that what is kept in
 * memory for one caller is one event.
 * @throws what the views throw; the stream is left open then, for a last word.
 */
export async function tellEvents(
  stream: Writable,
  views: AsyncGenerator<RunView, void, void>,
  first: RunView,
  { heartbeatMs, stallLimitMs, seen, leave, gone }: Telling,
): Promise<void> {
  let last = seen;
  const event = (name: string, data: unknown, id: string) =>
    stream.write(`event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
  const heartbeat = setInterval(() => {
    if (!stream.writableNeedDrain) stream.write(': still here\n\n');
  }, heartbeatMs);
  try {
    stream.write('retry: 2000\n\n');
    for (let next: IteratorResult<RunView, void> = { value: first }; !next.done; next = await views.next()) {
      const view = next.value;
      const id = eventIdOf(view);
      if (id !== last) event('run', withLinks(view), id);
      last = id;
      const ended = view.outcome !== 'running';
      if (ended) event('end', { workflowId: view.workflowId, runId: view.runId, outcome: view.outcome }, id);
      if (stream.writableNeedDrain && !(await drains(stream, stallLimitMs, gone))) {
        leave('caller stopped reading');
        stream.destroy();
        return;
      }
      if (ended) leave('run ended');
    }
    stream.end();
  } finally {
    clearInterval(heartbeat);
  }
}

/** False when the time is up and what was written is still not on its way. */
function drains(stream: Writable, limitMs: number, gone: AbortSignal): Promise<boolean> {
  return underSignal(
    gone,
    (signal) =>
      once(stream, 'drain', { signal }).then(
        () => true,
        () => gone.aborted,
      ),
    limitMs,
  );
}
