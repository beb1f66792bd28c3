import type { ScheduleDefinition } from '../../domain/schedules/definition';
import { fireTimes } from '../../domain/schedules/fire-times';
import { specOf } from '../../domain/schedules/definition';
import type { Problem } from '../../domain/validation';
import { isoSecond } from '../../domain/zoned-time';
import { ClientError, InvalidInputError } from '../errors';
import { apiVersion } from '../run-view';
import { limited, lookFor, ours, type ScheduleContext } from './context';
import { specInWords } from './in-words';
import { listSchedules } from './list-schedules';
import { isOurs } from './read-schedule';
import type { AppliedChange, ApplyResult } from './schedule-view';
import { readDefinition } from './valid-definition';
import { changeSchedule, createSchedule, differences } from './write-schedule';

export interface ApplyOptions {
  /** Name of the set that these schedules are; `prune` looks at no other. */
  scope?: string;
  /** Delete the schedules that apply made with this set and that are not in it any more. */
  prune?: boolean;
  /** Only tell what would be done. */
  dryRun?: boolean;
}

/**
 * Makes schedules as defined: new ones are created, others changed, those that are so already are not touched. Everything
 * is read and judged before anything is changed.
 * @throws InvalidInputError with every problem of every definition; ClientError `ScheduleExists` for one that Undrop did
 *   not make.
 */
export async function applySchedules(
  context: ScheduleContext,
  given: readonly unknown[],
  { scope, prune = false, dryRun = false }: ApplyOptions = {},
): Promise<ApplyResult> {
  const definitions = allValid(given, { scope, prune }, context.now());
  const schedules: AppliedChange[] = [];
  for (const definition of definitions) schedules.push(await judge(context, definition));
  if (prune) schedules.push(...(await leftOver(context, definitions, scope!)));
  const result = { apiVersion, ...(scope !== undefined && { scope }), dryRun, schedules } as const;
  if (dryRun) return result;
  for (const { id, action } of schedules) {
    const definition = definitions.find((one) => one.id === id);
    await carryOut(context, action, id, definition, scope);
  }
  return result;
}

const scopePattern = /^[\w.-]{1,100}$/;

function allValid(
  given: readonly unknown[],
  { scope, prune }: Pick<ApplyOptions, 'scope' | 'prune'>,
  nowMs: number,
): ScheduleDefinition[] {
  const problems: Problem[] = [];
  if (scope !== undefined && !scopePattern.test(scope)) {
    problems.push({
      field: 'scope',
      problem: 'must be 1 to 100 letters, digits, dots, hyphens or underscores',
    });
  }
  if (prune && scope === undefined) {
    problems.push({ field: 'scope', problem: 'is missing: prune deletes within the set that it names' });
  }
  const definitions = given.flatMap((one, index) => {
    const read = readDefinition(one, nowMs);
    if ('definition' in read) return [read.definition];
    problems.push(
      ...read.problems.map(({ field, problem }) => ({
        field: field === '(input)' ? `schedules.${index}` : `schedules.${index}.${field}`,
        problem,
      })),
    );
    return [];
  });
  const ids = given.map((one) => {
    const id = (one as { id?: unknown } | null | undefined)?.id;
    return typeof id === 'string' ? id : undefined;
  });
  ids.forEach((id, index) => {
    if (id !== undefined && ids.indexOf(id) < index)
      problems.push({ field: `schedules.${index}.id`, problem: `is there twice: ${id}` });
  });
  if (problems.length > 0) throw new InvalidInputError('apply of schedules', problems);
  return definitions;
}

async function judge(context: ScheduleContext, definition: ScheduleDefinition): Promise<AppliedChange> {
  const { id } = definition;
  const there = await lookFor(context, id);
  const shown = { when: specInWords(specOf(definition)), next: nextOf(definition, context.now()) };
  if (!there) return { id, action: 'create', changes: [], ...shown };
  if (!isOurs(there.memo)) {
    throw new ClientError(
      'ScheduleExists',
      `apply of schedules failed [schedule=${id}, namespace=${context.place.namespace}]: a schedule of this id exists, which Undrop did not make; nothing was changed`,
    );
  }
  const changes = differences(context, there, definition);
  return {
    id,
    action: changes.length > 0 ? 'change' : 'unchanged',
    changes,
    ...(changes.length > 0 && shown),
  };
}

function nextOf(definition: ScheduleDefinition, nowMs: number): string[] {
  const next: string[] = [];
  for (const time of fireTimes(specOf(definition), nowMs)) {
    if (next.length === 3) break;
    next.push(isoSecond(time));
  }
  return next;
}

async function leftOver(
  context: ScheduleContext,
  definitions: readonly ScheduleDefinition[],
  scope: string,
): Promise<AppliedChange[]> {
  const { schedules } = await listSchedules(context, { scope });
  return schedules
    .filter(({ id }) => definitions.every((one) => one.id !== id))
    .map(({ id }) => ({ id, action: 'delete', changes: [] }));
}

async function carryOut(
  context: ScheduleContext,
  action: AppliedChange['action'],
  id: string,
  definition: ScheduleDefinition | undefined,
  scope: string | undefined,
): Promise<void> {
  if (action === 'unchanged') return;
  if (action === 'create') {
    await createSchedule(context, definition!, scope);
    return;
  }
  const { handle } = await ours(context, 'apply of schedules', id);
  if (action === 'delete') await limited(context, () => handle.delete());
  else await changeSchedule(context, handle, definition!);
}
