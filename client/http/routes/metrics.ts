import type { Routes } from '../api';

/** `GET /metrics` for Prometheus: for viewers, or, where the settings say so, for everybody or nobody. */
export const metricsRoute: Routes = (app, { metrics, metricsAccess }) => {
  if (metricsAccess === 'off') return;
  app.get(
    '/metrics',
    {
      schema: { hide: true },
      config: { rateLimit: false, probe: true, ...(metricsAccess === 'viewer' && { role: 'viewer' }) },
    },
    async (_request, reply) =>
      reply.header('content-type', metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
};
