import { z } from 'zod';
import { canonicalJson } from '../../../domain/hash';
import { type OperationName, operationNames, operations as registry } from '../../../domain/operations';
import { ClientError } from '../../errors';
import { resolveRun, type ResolvedRun } from '../../resolve-run';
import { audit, type Operations, type Routes } from '../api';
import { idempotencyKeyOf } from '../idempotency-key';
import type { StartAnswer } from '../metrics';
import type { Role } from '../roles';
import { base, withLinks } from '../run-links';
import { json, problems, startedSchema } from '../schemas';

/** SQL of one's own may do whatever the database login may: that is for admins. */
export const roleToStart = (operation: OperationName): Role =>
  operation === 'runQuery' ? 'admin' : 'operator';

const headersSchema = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .describe(
      'Becomes the workflow id; without it the id is made from the input, so that asking twice is one run',
    ),
});

const querySchema = z.strictObject({
  again: z
    .enum(['true', 'false'])
    .optional()
    .describe('true: a run of its own, whatever was done before; not together with Idempotency-Key'),
});

/** `POST /v1/<command>` for every operation of the registry. */
export const operationRoutes: Routes = (app, { operations, metrics }) => {
  const count = (operation: OperationName, answer: StartAnswer) =>
    metrics.runsAsked.inc({ operation, answer });

  for (const operation of operationNames) {
    const { command, summary, schema } = registry[operation];
    app.post<{ Querystring: z.infer<typeof querySchema> }>(
      `${base}/${command}`,
      {
        config: { role: roleToStart(operation) },
        onError: async () => count(operation, 'refused'),
        schema: {
          operationId: operation,
          summary,
          tags: ['operations'],
          headers: headersSchema,
          querystring: querySchema,
          body: schema,
          response: {
            200: json(startedSchema, 'It was done before'),
            202: json(startedSchema, 'The run goes on'),
            ...problems,
          },
        },
      },
      async (request, reply) => {
        const workflowId = idempotencyKeyOf(request);
        const run = resolveRun(operation, request.body, {
          ...(workflowId !== undefined && { workflowId }),
          ...(request.query.again === 'true' && { again: true }),
        });
        if (workflowId !== undefined) await refuseAnother(operations, run);
        const started = withLinks(
          await operations.start(operation, run.input, { workflowId: run.workflowId }),
        );
        const { workflowId: id, runId, reason } = started;
        const answer = reason ?? 'started';
        count(operation, answer);
        audit(request, 'start', { operation, workflowId: id, runId, answer });
        return reply
          .code(reason === 'already done' ? 200 : 202)
          .header('location', started.links.self)
          .send(started);
      },
    );
  }
};

/**
 * A key means one request for ever. The client by itself would take a key anew whose run failed, with any input; and
 * what is still running or done is looked at here too, to have one rule.
 */
async function refuseAnother(operations: Operations, run: ResolvedRun): Promise<void> {
  let there;
  try {
    there = await operations.show(run.workflowId);
  } catch (error) {
    if (error instanceof ClientError && error.type === 'RunNotFound') return;
    throw error;
  }
  if (there.operation === run.operation && canonicalJson(there.input) === canonicalJson(run.input)) return;
  const what = there.operation === run.operation ? 'another input' : `another operation (${there.operation})`;
  throw new ClientError(
    'WorkflowIdTaken',
    `start failed [run=${run.workflowId}]: this key was used for a run with ${what}; it was left alone`,
    { remedy: 'Send another Idempotency-Key, or leave it out. Nothing was started.' },
  );
}
