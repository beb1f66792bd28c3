import { z } from 'zod';
import { canonicalJson, hashOf } from '../../../domain/hash';
import { operationNames, operations as registry } from '../../../domain/operations';
import { asOfValueSchema } from '../../../domain/restore-source';
import { parseInput } from '../../../domain/validation';
import { InvalidInputError } from '../../errors';
import { listedStatuses } from '../../list-runs';
import { audit, type Routes } from '../api';
import { base, withLinks } from '../run-links';
import { json, problems, runListSchema, runSchema } from '../schemas';

const commandOf = Object.fromEntries(operationNames.map((name) => [registry[name].command, name]));
const commands = operationNames.map((name) => registry[name].command);

const listSchema = z.strictObject({
  operation: z.enum(commands).optional().describe('Runs of this operation only'),
  outcome: z.enum(['running', 'done', 'failed', 'cancelled']).optional(),
  status: z.enum(listedStatuses).optional().describe("Temporal's own state, such as timed out or terminated"),
  warehouse: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Cluster or workgroup; ACCOUNT.REGION of an export'),
  table: z.string().min(1).max(500).optional().describe('As it was given: dev.public.orders'),
  target: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('Either of the two: the name of a cluster, workgroup or table'),
  since: asOfValueSchema
    .optional()
    .describe('Started at or after this: ISO time, or a duration before now: 24h'),
  until: asOfValueSchema.optional().describe('Started before this: as since'),
  schedule: z.string().min(1).max(200).optional().describe('Runs that this schedule started'),
  idPrefix: z.string().min(1).max(1000).optional().describe('Workflow ids that begin so'),
  limit: z
    .string()
    .regex(/^([1-9]\d{0,2}|1000)$/, 'must be a whole number, 1 to 1000')
    .optional()
    .describe('Runs on a page, 1 to 1000; 20 when absent'),
  cursor: z.string().min(1).max(4096).optional().describe('Where to go on: nextCursor of the page before'),
});

export const runParams = z.object({ id: z.string().describe('Workflow id, its slashes as %2F') });
export const runQuery = z.strictObject({
  runId: z.uuid('must be a run id').optional().describe('This execution of the id, not its latest'),
});
export type RunRoute = { Params: z.infer<typeof runParams>; Querystring: z.infer<typeof runQuery> };

const cancelSchema = z.strictObject({
  reason: z.string().min(1).max(500).optional().describe('Shown in the history of the run'),
});

/** Runs: list, one, cancel. Their events have a file of their own. */
export const runRoutes: Routes = (app, { operations }) => {
  const shared = { tags: ['runs'], params: runParams, querystring: runQuery };

  app.get<{ Querystring: z.infer<typeof listSchema> }>(
    `${base}/runs`,
    {
      config: { role: 'viewer' },
      schema: {
        operationId: 'listRuns',
        summary: 'List runs: those that run, the newest first, then those that ended, the last first',
        tags: ['runs'],
        querystring: listSchema,
        response: { 200: json(runListSchema, 'A page of runs'), ...problems },
      },
    },
    async ({ query }) => {
      const { operation, limit, cursor, ...rest } = query;
      const filter = {
        ...rest,
        ...(operation !== undefined && { operation: commandOf[operation]! }),
      };
      const page = await operations.list({
        ...filter,
        ...(limit !== undefined && { limit: Number(limit) }),
        ...(cursor !== undefined && { pageToken: pageTokenOf(cursor, filter) }),
      });
      return {
        apiVersion: page.apiVersion,
        runs: page.runs.map(withLinks),
        ...(page.nextPageToken !== undefined && { nextCursor: cursorOf(page.nextPageToken, filter) }),
      };
    },
  );

  app.get<RunRoute>(
    `${base}/runs/:id`,
    {
      config: { role: 'viewer' },
      schema: {
        ...shared,
        operationId: 'showRun',
        summary: 'Show a run: steps, timeline, AWS ids, verdicts, failure and remedy',
        response: { 200: json(runSchema, 'The run'), ...problems },
      },
    },
    async ({ params, query }) => withLinks(await operations.show(params.id, query.runId)),
  );

  app.post<RunRoute>(
    `${base}/runs/:id/cancel`,
    {
      config: { role: 'operator' },
      schema: {
        ...shared,
        operationId: 'cancelRun',
        summary: 'Ask a run to stop; what AWS cannot stop is listed with the run',
        body: cancelSchema.optional(),
        response: { 202: json(runSchema, 'The run was asked to stop; the view is from before'), ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const parsed = parseInput(cancelSchema, request.body ?? {});
      if (!parsed.ok) throw new InvalidInputError('cancel', parsed.problems);
      const reason = parsed.value.reason ?? `over the API, by ${request.principal?.name ?? 'somebody'}`;
      const run = withLinks(await operations.cancel(id, reason, request.query.runId));
      audit(request, 'cancel', { workflowId: id, runId: run.runId, reason });
      return reply.code(202).header('location', run.links.self).send(run);
    },
  );
};

/** Temporal's page token under a mark of the list it belongs to: with another one Temporal answers what it likes. */
const cursorOf = (pageToken: string, filter: object) =>
  `${hashOf(canonicalJson(filter), pageToken).slice(0, 12)}.${pageToken}`;

function pageTokenOf(cursor: string, filter: object): string {
  const pageToken = cursor.slice(cursor.indexOf('.') + 1);
  if (cursor === cursorOf(pageToken, filter)) return pageToken;
  throw new InvalidInputError('list of runs', [
    { field: 'cursor', problem: 'is not one that this list gave' },
  ]);
}
