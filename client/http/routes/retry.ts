import { z } from 'zod';
import { parseInput } from '../../../domain/validation';
import { InvalidInputError } from '../../errors';
import { ApiError } from '../api-error';
import { audit, type Routes } from '../api';
import { isEnough } from '../roles';
import { base, withLinks } from '../run-links';
import { problems, retriedSchema } from '../schemas';
import { runParams, runQuery, type RunRoute } from './runs';

const retrySchema = z.strictObject({
  from: z.string().min(1).max(100).optional().describe('Step to go on from; the one that failed when absent'),
  with: z
    .record(z.string().min(1).max(500), z.unknown())
    .optional()
    .describe('Changed fields of the input by their dotted path, null takes one away: a new run goes on'),
  dryRun: z.boolean().optional().describe('Tell from where and what is kept, and do nothing'),
});

/** `POST /v1/runs/:id/retry`: goes on with a run that failed, from the step that failed. */
export const retryRoutes: Routes = (app, { operations }) => {
  app.post<RunRoute>(
    `${base}/runs/:id/retry`,
    {
      config: { role: 'operator' },
      schema: {
        operationId: 'retryRun',
        summary: 'Go on with a run from the step that failed; finished steps are kept',
        tags: ['runs'],
        params: runParams,
        querystring: runQuery,
        body: retrySchema.optional(),
        response: {
          200: {
            description: 'A dry run, or the same was asked for before',
            content: { 'application/json': { schema: retriedSchema } },
          },
          202: {
            description: 'The run goes on',
            content: { 'application/json': { schema: retriedSchema } },
          },
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const parsed = parseInput(retrySchema, request.body ?? {});
      if (!parsed.ok) throw new InvalidInputError('retry', parsed.problems);
      const { from, with: changes, dryRun } = parsed.value;
      const { runId } = request.query;
      const role = request.principal?.role;
      // SQL of one's own, or SQL run again whatever became of it: as for POST /v1/query.
      if ((changes || from !== undefined) && !(role && isEnough(role, 'admin'))) {
        const { operation } = await operations.show(id, runId);
        if (operation === 'runQuery')
          throw new ApiError(
            'RoleTooLow',
            'a query is retried with a change, or from a named step, by the role admin',
          );
      }
      const result = withLinks(
        await operations.retry(id, {
          ...(runId !== undefined && { runId }),
          ...(from !== undefined && { from }),
          ...(changes && { with: changes }),
          ...(dryRun && { dryRun }),
        }),
      );
      const { workflowId, runId: now, retried, reason } = result;
      audit(request, 'retry', {
        of: id,
        workflowId,
        runId: now,
        from: result.from,
        answer: reason ?? 'retried',
      });
      return reply
        .code(retried ? 202 : 200)
        .header('location', result.links.self)
        .send(result);
    },
  );
};
