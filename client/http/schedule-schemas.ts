import { z } from 'zod';
import { overlaps, scheduleChangesSchema, scheduleDefinitionSchema } from '../../domain/schedules/definition';
import { apiVersion } from '../run-view';
import { named, runListSchema } from './schemas';

/** Shapes of the answers about schedules, for the OpenAPI document. */
const text = z.string();
const time = z.string().describe('ISO 8601, UTC');

const linksSchema = z.object({
  ui: text.describe('The schedule in the Temporal UI'),
  self: text.describe('The schedule here'),
});

const identity = {
  id: text,
  links: linksSchema,
  temporalCommand: text.describe('Command of the temporal CLI that shows the same schedule'),
};

const versionSchema = z.literal(apiVersion);
const summariesSchema = runListSchema.shape.runs;

export const scheduleSchema = z.object({
  apiVersion: versionSchema,
  ...identity,
  operation: text,
  title: text,
  when: text.describe('When it comes, in words'),
  definition: scheduleDefinitionSchema.describe('What POST and PUT take back'),
  paused: z.boolean(),
  note: text.optional().describe('The last word about its state: why it was paused or resumed'),
  remainingActions: z.number().optional(),
  next: z.array(time).describe('The next times, five at most'),
  runs: summariesSchema.describe('Its newest runs, ten at most'),
  counts: z
    .object({
      started: z.number(),
      missedCatchup: z.number().describe('Not started: an outage was longer than the catch-up window'),
      skippedOverlap: z.number().describe('Not started: the run before still went on'),
      bufferDropped: z.number().describe('Not started: too many were waiting'),
      waiting: z.number(),
      running: z.number(),
    })
    .describe('Since it was made'),
  createdAt: time,
  updatedAt: time.optional(),
  scope: text.optional().describe('Set of schedules that apply made it with'),
  notice: text.optional(),
});

export const scheduleListSchema = z.object({
  apiVersion: versionSchema,
  schedules: z.array(
    z.object({
      ...identity,
      operation: text,
      warehouse: text,
      table: text,
      when: text,
      paused: z.boolean(),
      note: text.optional(),
      next: time.optional(),
      last: summariesSchema.element.optional(),
      scope: text.optional(),
    }),
  ),
});

const changeSchema = z.object({
  field: text,
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

export const scheduleUpdatedSchema = z.object({
  changes: z.array(changeSchema).describe('None when it was so already'),
  schedule: scheduleSchema,
});

export const scheduleTriggeredSchema = z.object({
  apiVersion: versionSchema,
  ...identity,
  run: z.object({ workflowId: text, runId: text, links: z.object({ ui: text, self: text }) }).optional(),
  waiting: z.boolean().describe('It waits for the run before it'),
});

export const backfilledSchema = z.object({
  apiVersion: versionSchema,
  ...identity,
  overlap: z.enum(overlaps),
  dryRun: z.boolean(),
  times: z.array(
    z.object({
      scheduledAt: time,
      workflowId: text,
      starts: z.boolean().describe('False: it was done before, or goes on'),
      before: text.optional().describe('How the run of this time stood before'),
    }),
  ),
});

export const appliedSchema = z.object({
  apiVersion: versionSchema,
  scope: text.optional(),
  dryRun: z.boolean(),
  schedules: z.array(
    z.object({
      id: text,
      action: z.enum(['create', 'change', 'unchanged', 'delete']),
      changes: z.array(changeSchema),
      when: text.optional(),
      next: z.array(time).optional(),
    }),
  ),
});

/** Bodies. */
export const putScheduleSchema = scheduleDefinitionSchema.omit({ id: true });
export const noteSchema = z.strictObject({
  note: z.string().min(1).max(1000).optional().describe('Why, for whoever finds it so'),
});
export const triggerSchema = z.strictObject({
  overlap: z.enum(overlaps).optional().describe("When a run goes on; the schedule's own when absent"),
});
export const backfillSchema = z.strictObject({
  from: z.string().describe('The first time that may be meant; ISO'),
  to: z.string().describe('The last one; not in the future'),
  overlap: z.enum(overlaps).optional().describe('buffer-all when absent: one after the other'),
  dryRun: z.boolean().optional().describe('Only tell what would be started'),
});
export const applySchema = z.strictObject({
  schedules: z.array(z.unknown()).max(500).describe('Definitions, as POST /v1/schedules takes them'),
  scope: z.string().optional().describe('Name of the set that these schedules are'),
  prune: z.boolean().optional().describe('Delete those that apply made with this set and that are not in it'),
  dryRun: z.boolean().optional().describe('Only tell what would be done'),
});

named.add(scheduleDefinitionSchema, { id: 'Schedule' });
named.add(scheduleChangesSchema, { id: 'ScheduleChanges' });
named.add(scheduleSchema, { id: 'ScheduleView' });
