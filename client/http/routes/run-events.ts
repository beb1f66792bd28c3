import { PassThrough } from 'node:stream';
import { z } from 'zod';
import { ApiError } from '../api-error';
import type { Routes } from '../api';
import { eventIdOf, tellEvents } from '../event-stream';
import type { StreamEnd } from '../metrics';
import { problemOf } from '../problem';
import { base } from '../run-links';
import { problems } from '../schemas';
import { runParams, runQuery, type RunRoute } from './runs';

const headersSchema = z.object({
  'last-event-id': z
    .string()
    .optional()
    .describe('Id of the last event that was received: what has not changed since is not told again'),
});

/**
 * `GET /v1/runs/{id}/events`: the run as Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * An event `run` whenever something about it changed, comments in between, `end` when it has ended. An outage of
 * Temporal is told in the view's `notice`. Nothing is kept between connections: the id of an event is a hash of the
 * view, so that one who comes back with Last-Event-ID gets what is new since, or 204 after the end.
 */
export const runEventRoutes: Routes = (app, context) => {
  const { metrics, closing } = context;
  let streams = 0;

  app.get<RunRoute>(
    `${base}/runs/:id/events`,
    {
      config: { role: 'viewer', stream: true },
      schema: {
        operationId: 'watchRun',
        summary: 'Follow a run as Server-Sent Events until it ends',
        tags: ['runs'],
        params: runParams,
        querystring: runQuery,
        headers: headersSchema,
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
      metrics.streamsOpen.inc();
      const gone = new AbortController();
      const leave = (why: StreamEnd) => gone.abort(why);
      const [shutdown, left] = [() => leave('shutdown'), () => leave('caller left')];
      const over = request.principal?.expiresAt;
      const timer =
        over === undefined ? undefined : setTimeout(() => leave('token expired'), timeUntil(over));
      closing.addEventListener('abort', shutdown);
      reply.raw.on('close', left);
      const finish = () => {
        streams -= 1;
        metrics.streamsOpen.dec();
        clearTimeout(timer);
        closing.removeEventListener('abort', shutdown);
        left();
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
        if (first.done || (first.value.outcome !== 'running' && seen === eventIdOf(first.value))) {
          finish();
          return reply.code(204).send();
        }
        const stream = new PassThrough();
        const { heartbeatMs, stallLimitMs } = context;
        void tellEvents(stream, views, first.value, {
          heartbeatMs,
          stallLimitMs,
          seen,
          leave,
          gone: gone.signal,
        })
          .catch((error: unknown) => {
            request.log.warn({ err: error }, 'a stream of events broke off');
            leave('problem');
            const problem = problemOf(error, request.url.split('?')[0]!, request.id);
            stream.end(`event: problem\ndata: ${JSON.stringify(problem)}\n\n`);
          })
          .finally(() => {
            metrics.streamsEnded.inc({ end: gone.signal.reason as StreamEnd });
            finish();
          });
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

/** As long as a timer can be set for. */
const timeUntil = (moment: number) => Math.min(Math.max(moment - Date.now(), 0), 2 ** 31 - 1);
