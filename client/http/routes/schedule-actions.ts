import { audit, type Routes } from '../api';
import { base, withLinks } from '../run-links';
import {
  bodyOf,
  by,
  type One,
  operationAt,
  params,
  requireRole,
  withAllLinks,
  withSelf,
} from '../schedule-access';
import {
  appliedSchema,
  applySchema,
  backfilledSchema,
  backfillSchema,
  noteSchema,
  scheduleSchema,
  scheduleTriggeredSchema,
  triggerSchema,
} from '../schedule-schemas';
import { json, problems } from '../schemas';

/** What schedules are told to do: pause, resume, start a run now or the runs of the past; many of them at once. */
export const scheduleActionRoutes: Routes = (app, { operations }) => {
  const all = `${base}/schedules`;
  const one = `${all}/:id`;
  const tags = ['schedules'];
  const { schedules } = operations;

  for (const action of ['pause', 'resume'] as const) {
    app.post<One>(
      `${one}/${action}`,
      {
        config: { role: 'operator' },
        schema: {
          operationId: `${action}Schedule`,
          summary: action === 'pause' ? 'Start no runs until it is resumed' : 'Start runs again',
          tags,
          params,
          body: noteSchema.optional(),
          response: { 200: json(scheduleSchema, 'How it is now'), ...problems },
        },
      },
      async (request) => {
        const { id } = request.params;
        const { note = by(request) } = bodyOf(action, noteSchema, request.body);
        // Whoever may not run SQL may stop it.
        if (action === 'resume') requireRole(request, await operationAt(operations, id));
        const schedule = withAllLinks(await schedules[action](id, note));
        audit(request, `schedule ${action}`, { schedule: id, note });
        return schedule;
      },
    );
  }

  app.post<One>(
    `${one}/trigger`,
    {
      config: { role: 'operator' },
      schema: {
        operationId: 'triggerSchedule',
        summary: 'Start a run now; its scheduled time is now',
        tags,
        params,
        body: triggerSchema.optional(),
        response: { 202: json(scheduleTriggeredSchema, 'It was asked for'), ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { overlap } = bodyOf('trigger', triggerSchema, request.body);
      requireRole(request, await operationAt(operations, id));
      const { run, ...rest } = await schedules.trigger(id, overlap);
      audit(request, 'schedule trigger', { schedule: id, workflowId: run?.workflowId });
      return reply.code(202).send(withSelf({ ...rest, ...(run && { run: withLinks(run) }) }));
    },
  );

  app.post<One>(
    `${one}/backfill`,
    {
      config: { role: 'operator' },
      schema: {
        operationId: 'backfillSchedule',
        summary: 'Start the runs of times that have passed; those that are done or go on are left out',
        tags,
        params,
        body: backfillSchema,
        response: { 202: json(backfilledSchema, 'The runs that were asked for'), ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const range = bodyOf('backfill', backfillSchema, request.body);
      requireRole(request, await operationAt(operations, id));
      const result = await schedules.backfill(id, range as Parameters<typeof schedules.backfill>[1]);
      if (!result.dryRun) audit(request, 'schedule backfill', { schedule: id, ...range });
      return reply.code(202).send(withSelf(result));
    },
  );

  app.post(
    `${all}/apply`,
    {
      config: { role: 'admin' },
      schema: {
        operationId: 'applySchedules',
        summary:
          'Make many schedules as defined, and with prune remove those of their set that are not among them',
        tags,
        body: applySchema,
        response: { 200: json(appliedSchema, 'What was done, or would be'), ...problems },
      },
    },
    async (request) => {
      const { schedules: given, ...options } = bodyOf('apply', applySchema, request.body);
      const result = await schedules.apply(given, options as Parameters<typeof schedules.apply>[1]);
      const changed = result.schedules.filter(({ action }) => action !== 'unchanged');
      if (!result.dryRun)
        audit(request, 'schedules apply', { changed: changed.map(({ id, action }) => `${action} ${id}`) });
      return result;
    },
  );
};
