import { z } from 'zod';
import { operationNames, operations as registry } from '../../../domain/operations';
import { apiVersion } from '../../run-view';
import type { Routes } from '../api';
import { idempotencyKeyOf } from '../idempotency-key';
import { base } from '../run-links';
import { json, planSchema, problems } from '../schemas';
import { roleToStart } from './operations';

const headersSchema = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .describe('The key that the run would be started with: names on AWS are made from it; nothing claims it'),
});

/**
 * `POST /v1/<command>/plan` for every operation of the registry: the body of the start, and nothing is started. It
 * reads AWS as the look-ups do, and so is for viewers too; of SQL of one's own the role of the start is asked. What
 * would block a run is told in the plan, and is no error.
 */
export const planRoutes: Routes = (app, { operations }) => {
  for (const operation of operationNames) {
    const { command, summary, schema } = registry[operation];
    const start = `${base}/${command}`;
    app.post(
      `${start}/plan`,
      {
        config: { role: roleToStart(operation) === 'admin' ? 'admin' : 'viewer' },
        schema: {
          operationId: `plan${operation.charAt(0).toUpperCase()}${operation.slice(1)}`,
          summary: `Plan: ${summary}`,
          tags: ['plans'],
          headers: headersSchema,
          body: schema,
          response: { 200: json(planSchema, 'What a run would find and do'), ...problems },
        },
      },
      async (request) => {
        const workflowId = idempotencyKeyOf(request);
        const plan = await operations.plan(
          operation,
          request.body as never,
          workflowId === undefined ? {} : { workflowId },
        );
        return { apiVersion, ...plan, links: { start } };
      },
    );
  }
};
