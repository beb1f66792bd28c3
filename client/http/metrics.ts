import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { operationNames } from '../../domain/operations';
import { apiFailures } from './api-error';

const prefix = 'undrop_api_';

/** How a stream of events came to its end. */
export const streamEnds = [
  'run ended',
  'caller left',
  'caller stopped reading',
  'token expired',
  'shutdown',
  'problem',
] as const;
export type StreamEnd = (typeof streamEnds)[number];

/** What came of asking for a run. */
export const startAnswers = ['started', 'already running', 'already done', 'refused'] as const;
export type StartAnswer = (typeof startAnswers)[number];

/** What the API counts about itself, for Prometheus; docs/http-api.md has the table of it. */
export interface ApiMetrics {
  registry: Registry;
  requests: Counter<'method' | 'route' | 'status'>;
  requestSeconds: Histogram<'method' | 'route'>;
  problems: Counter<'type'>;
  runsAsked: Counter<'operation' | 'answer'>;
  streamsOpen: Gauge;
  streamsEnded: Counter<'end'>;
}

/** @param ofProcess also memory, CPU and event loop of the process; these are to be collected once in a process. */
export function createMetrics({ ofProcess }: { ofProcess: boolean }): ApiMetrics {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry, prefix });
  const metrics: ApiMetrics = {
    registry,
    requests: new Counter({
      name: `${prefix}requests_total`,
      help: 'Requests that were answered, by route template',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: `${prefix}request_duration_seconds`,
      help: 'Time from a request to the end of its answer, without streams of events',
      labelNames: ['method', 'route'],
      // A look-up waits for a worker and for AWS, two minutes at most.
      buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
      registers,
    }),
    problems: new Counter({
      name: `${prefix}problems_total`,
      help: 'Problem documents that were sent, by type: Unauthenticated, TooManyRequests …',
      labelNames: ['type'],
      registers,
    }),
    runsAsked: new Counter({
      name: `${prefix}runs_asked_total`,
      help: 'Runs that were asked for, by operation and answer',
      labelNames: ['operation', 'answer'],
      registers,
    }),
    streamsOpen: new Gauge({
      name: `${prefix}event_streams_open`,
      help: 'Streams of events that are open now',
      registers,
    }),
    streamsEnded: new Counter({
      name: `${prefix}event_streams_ended_total`,
      help: 'Streams of events that have ended, by how',
      labelNames: ['end'],
      registers,
    }),
  };
  // What has not happened yet is 0, not absent: an alert on the first one needs the step from 0 to 1.
  for (const type of Object.keys(apiFailures)) metrics.problems.inc({ type }, 0);
  for (const end of streamEnds) metrics.streamsEnded.inc({ end }, 0);
  for (const operation of operationNames) {
    for (const answer of startAnswers) metrics.runsAsked.inc({ operation, answer }, 0);
  }
  return metrics;
}
