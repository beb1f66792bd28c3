import { z } from 'zod';
import {
  commandNames,
  operationOf,
  scheduleChangesSchema,
  scheduleDefinitionSchema,
} from '../../../domain/schedules/definition';
import { InvalidInputError } from '../../errors';
import { audit, type Routes } from '../api';
import { base, withLinks } from '../run-links';
import { type One, operationAt, params, requireRole, told, withAllLinks, withSelf } from '../schedule-access';
import {
  putScheduleSchema,
  scheduleListSchema,
  scheduleSchema,
  scheduleUpdatedSchema,
} from '../schedule-schemas';
import { json, problems } from '../schemas';

const listSchema = z.strictObject({
  operation: z.enum(commandNames).optional().describe('Of this operation only'),
  warehouse: z.string().min(1).max(200).optional(),
  table: z.string().min(1).max(500).optional().describe('As it stands in the input'),
  scope: z.string().min(1).max(100).optional().describe('Of this set only'),
});

/** Schedules: list, make, show, change, remove. What they are told to do has a file of its own. */
export const scheduleRoutes: Routes = (app, { operations }) => {
  const all = `${base}/schedules`;
  const one = `${all}/:id`;
  const tags = ['schedules'];
  const { schedules } = operations;

  app.get<{ Querystring: z.infer<typeof listSchema> }>(
    all,
    {
      config: { role: 'viewer' },
      schema: {
        operationId: 'listSchedules',
        summary: 'List the schedules, with the next time and the newest run of each',
        tags,
        querystring: listSchema,
        response: { 200: json(scheduleListSchema, 'All schedules of Undrop'), ...problems },
      },
    },
    async ({ query: { operation, ...rest } }) => {
      const list = await schedules.list({
        ...rest,
        ...(operation !== undefined && { operation: operationOf(operation) }),
      });
      return {
        ...list,
        schedules: list.schedules.map(({ last, ...schedule }) =>
          withSelf({ ...schedule, ...(last && { last: withLinks(last) }) }),
        ),
      };
    },
  );

  app.post(
    all,
    {
      config: { role: 'operator' },
      schema: {
        operationId: 'createSchedule',
        summary: 'Make a schedule',
        tags,
        body: scheduleDefinitionSchema,
        response: {
          200: json(scheduleSchema, 'The same was there before'),
          201: json(scheduleSchema, 'It was made'),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      requireRole(request, told(request.body));
      const { created, schedule } = await schedules.create(request.body as never);
      const { id, operation } = schedule;
      audit(request, 'schedule create', { schedule: id, operation, created });
      const shown = withAllLinks(schedule);
      return reply
        .code(created ? 201 : 200)
        .header('location', shown.links.self)
        .send(shown);
    },
  );

  app.get<One>(
    one,
    {
      config: { role: 'viewer' },
      schema: {
        operationId: 'showSchedule',
        summary: 'Show a schedule: when it comes, its last runs, what was skipped or missed',
        tags,
        params,
        response: { 200: json(scheduleSchema, 'The schedule'), ...problems },
      },
    },
    async ({ params: { id } }) => withAllLinks(await schedules.show(id)),
  );

  app.put<One>(
    one,
    {
      config: { role: 'operator' },
      schema: {
        operationId: 'putSchedule',
        summary: 'Make a schedule as defined: created, changed, or left alone when it is so already',
        tags,
        params,
        body: putScheduleSchema,
        response: {
          200: json(scheduleUpdatedSchema, 'It was changed, or was so already'),
          201: json(scheduleUpdatedSchema, 'It was made'),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      refuseAnotherId(request.body, id);
      requireRole(request, told(request.body));
      requireRole(request, await operationAt(operations, id));
      const { schedules: applied } = await schedules.apply([{ ...(request.body as object), id }]);
      const { action, changes } = applied[0]!;
      audit(request, 'schedule put', { schedule: id, action, fields: changes.map(({ field }) => field) });
      const schedule = withAllLinks(await schedules.show(id));
      return reply
        .code(action === 'create' ? 201 : 200)
        .header('location', schedule.links.self)
        .send({ changes, schedule });
    },
  );

  app.patch<One>(
    one,
    {
      config: { role: 'operator' },
      schema: {
        operationId: 'updateSchedule',
        summary: 'Change what is given and nothing else; null takes a member back to its default',
        tags,
        params,
        body: scheduleChangesSchema,
        response: { 200: json(scheduleUpdatedSchema, 'How it is now'), ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      requireRole(request, told(request.body));
      requireRole(request, await operationAt(operations, id));
      const { changes, schedule } = await schedules.update(id, (request.body ?? {}) as never);
      audit(request, 'schedule update', { schedule: id, fields: changes.map(({ field }) => field) });
      return reply.send({ changes, schedule: withAllLinks(schedule) });
    },
  );

  app.delete<One>(
    one,
    {
      config: { role: 'operator' },
      schema: {
        operationId: 'deleteSchedule',
        summary: 'Remove a schedule; its runs are not affected',
        tags,
        params,
        response: { 204: { description: 'It is gone', type: 'null' }, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      requireRole(request, await operationAt(operations, id));
      await schedules.delete(id);
      audit(request, 'schedule delete', { schedule: id });
      return reply.code(204).send();
    },
  );
};

/** A definition that was copied keeps its id, and must not overwrite another schedule. @throws InvalidInputError */
function refuseAnotherId(body: unknown, id: string): void {
  const given = (body as { id?: unknown } | null)?.id;
  if (given === undefined || given === id) return;
  const problem = `is not the one of the address, ${id}`;
  throw new InvalidInputError('schedule', [{ field: 'id', problem }]);
}
