import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OperationsClient } from '../operations-client';

/** As much of the operations client as the API uses. */
export type Operations = Pick<OperationsClient, 'start' | 'list' | 'show' | 'watch' | 'cancel' | 'lookUp'>;

/** What the routes work with. */
export interface ApiContext {
  operations: Operations;
  /** Time between two looks at a run whose events are followed, in milliseconds. */
  watchIntervalMs: number;
  /** Time between two signs of life in a silent stream of events, in milliseconds. */
  heartbeatMs: number;
  /** So many streams of events at once. */
  maxStreams: number;
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
