import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OperationsClient } from '../operations-client';
import type { ApiMetrics } from './metrics';

/** As much of the operations client as the API uses. */
export type Operations = Pick<
  OperationsClient,
  'start' | 'plan' | 'list' | 'show' | 'watch' | 'cancel' | 'retry' | 'lookUp' | 'schedules'
>;

/** Who may read /metrics: whoever has a token of a viewer, everybody, nobody. */
export const metricsAccesses = ['viewer', 'open', 'off'] as const;
export type MetricsAccess = (typeof metricsAccesses)[number];

/** What the routes work with. */
export interface ApiContext {
  operations: Operations;
  /** Time between two looks at a run whose events are followed, in milliseconds. */
  watchIntervalMs: number;
  /** Time between two signs of life in a silent stream of events, in milliseconds. */
  heartbeatMs: number;
  /** So many streams of events at once. */
  maxStreams: number;
  /** A stream whose caller has read nothing for so long is ended, in milliseconds. */
  stallLimitMs: number;
  metrics: ApiMetrics;
  metricsAccess: MetricsAccess;
  /** Fires when the API shuts down: streams end. */
  closing: AbortSignal;
}

export type Routes = (app: FastifyInstance, context: ApiContext) => void;

/** One line in the log for everything that somebody changed or tried to. */
export function audit(request: FastifyRequest, action: string, what: Record<string, unknown>): void {
  request.log.info(
    { audit: { action, who: request.principal?.name, role: request.principal?.role, ...what } },
    action,
  );
}
