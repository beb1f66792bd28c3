import { pause } from '../../abortable';
import { ClientError } from '../../errors';
import type { Routes } from '../api';

/** A probe that takes longer counts as not ready. */
const probeLimitMs = 3_000;
/** Probes within this time share one look, so that they cannot be used to load Temporal. */
const probeAgeMs = 1_000;

/** `/livez` and `/healthz`: the process answers. `/readyz`: it can reach Temporal, and does not shut down. Open to all. */
export const healthRoutes: Routes = (app, { operations, closing }) => {
  const hidden = { schema: { hide: true }, config: { rateLimit: false as const, probe: true as const } };
  for (const path of ['/livez', '/healthz']) app.get(path, hidden, () => ({ status: 'ok' }));

  let probe: { at: number; answer: Promise<string | undefined> } | undefined;
  app.get('/readyz', hidden, async (_request, reply) => {
    if (probe === undefined || Date.now() - probe.at > probeAgeMs) probe = { at: Date.now(), answer: look() };
    const trouble = closing.aborted ? 'ShuttingDown' : await probe.answer;
    if (trouble === undefined) return { status: 'ready' };
    return reply.code(503).send({ status: 'not ready', reason: trouble });
  });

  /** The type of what is wrong; messages hold addresses, which are not for everybody. */
  async function look(): Promise<string | undefined> {
    const late = new AbortController();
    const asked = operations.list({ limit: 1 }).then(
      () => undefined,
      (error: unknown) => (error instanceof ClientError ? error.type : 'Unexpected'),
    );
    const answer = await Promise.race([
      asked,
      pause(probeLimitMs, late.signal).then(() => 'TemporalUnreachable'),
    ]);
    late.abort();
    return answer;
  }
};
