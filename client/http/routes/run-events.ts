import { PassThrough } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import { hashOf } from '../../../domain/hash';
import type { RunView } from '../../run-view';
import { ApiError } from '../api-error';
import type { ApiContext, Routes } from '../api';
import { problemOf } from '../problem';
import { base, withLinks } from '../run-links';
import { problems } from '../schemas';
import { runParams, runQuery, type RunRoute } from './runs';

/**
 * `GET /v1/runs/{id}/events`: the run as Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * An event `run` whenever something about it changed, comments in between, `end` when it has ended. An outage of
 * Temporal is told in the view's `notice`. Nothing is kept between connections: the id of an event is a hash of the
 * view, so that one who comes back with Last-Event-ID gets what is new since, or 204 after the end.
 */
export const runEventRoutes: Routes = (app, context) => {
  let streams = 0;

  app.get<RunRoute>(
    `${base}/runs/:id/events`,
    {
      config: { role: 'viewer' },
      schema: {
        operationId: 'watchRun',
        summary: 'Follow a run as Server-Sent Events until it ends',
        tags: ['runs'],
        params: runParams,
        querystring: runQuery,
        response: {
          200: {
            description: 'Events: run with the Run in data, problem with a Problem, end when it has ended',
            content: { 'text/event-stream': { schema: z.string() } },
          },
          204: { description: 'The run has ended and all was told (Last-Event-ID)', type: 'null' },
          ...problems,
        },
      },
    },
    async (request, reply) => {
      if (streams >= context.maxStreams) {
        throw new ApiError('TooManyStreams', `${streams} streams of events are open already`);
      }
      streams += 1;
      const gone = new AbortController();
      const leave = () => gone.abort();
      const over = request.principal?.expiresAt;
      const timer =
        over === undefined
          ? undefined
          : setTimeout(leave, Math.min(Math.max(over - Date.now(), 0), 2 ** 31 - 1));
      context.closing.addEventListener('abort', leave);
      reply.raw.on('close', leave);
      const finish = () => {
        streams -= 1;
        clearTimeout(timer);
        context.closing.removeEventListener('abort', leave);
        leave();
      };
      try {
        const { runId } = request.query;
        const views = context.operations.watch(request.params.id, {
          ...(runId !== undefined && { runId }),
          intervalMs: context.watchIntervalMs,
          signal: gone.signal,
        });
        // The first look is awaited: that there is no such run is an answer of its own, not an event.
        const first = await views.next();
        const seen = [request.headers['last-event-id']].flat()[0];
        if (first.done || (first.value.outcome !== 'running' && seen === idOf(first.value))) {
          finish();
          return reply.code(204).send();
        }
        const stream = new PassThrough();
        const path = request.url.split('?')[0]!;
        void tell(stream, views, first.value, {
          ...context,
          seen,
          path,
          requestId: request.id,
          log: request.log,
        }).finally(finish);
        return reply
          .header('content-type', 'text/event-stream; charset=utf-8')
          .header('connection', 'close') // kept alive, it would hold up the shutdown of the API
          .header('x-accel-buffering', 'no') // nginx would hold the events back
          .send(stream);
      } catch (error) {
        finish();
        throw error;
      }
    },
  );
};

interface Telling extends Pick<ApiContext, 'heartbeatMs'> {
  seen: string | undefined;
  path: string;
  requestId: string;
  log: FastifyBaseLogger;
}

const idOf = (view: RunView) => hashOf(JSON.stringify(view)).slice(0, 20);

async function tell(
  stream: PassThrough,
  views: AsyncGenerator<RunView, void, void>,
  first: RunView,
  { heartbeatMs, seen, path, requestId, log }: Telling,
): Promise<void> {
  let last = seen;
  const event = (name: string, data: unknown, id?: string) =>
    stream.write(`event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
  const heartbeat = setInterval(() => stream.write(': still here\n\n'), heartbeatMs);
  stream.write('retry: 2000\n\n');
  try {
    for (let next: IteratorResult<RunView, void> = { value: first }; !next.done; next = await views.next()) {
      const view = next.value;
      const id = idOf(view);
      if (id !== last) event('run', withLinks(view), id);
      last = id;
      if (view.outcome !== 'running')
        event('end', { workflowId: view.workflowId, runId: view.runId, outcome: view.outcome }, id);
    }
  } catch (error) {
    log.warn({ err: error }, 'a stream of events broke off');
    event('problem', problemOf(error, path, requestId));
  } finally {
    clearInterval(heartbeat);
    stream.end();
  }
}
