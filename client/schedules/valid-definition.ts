import { scheduleProblems } from '../../domain/schedules/check';
import {
  changed,
  completed,
  type ScheduleChanges,
  scheduleChangesSchema,
  type ScheduleDefinition,
  scheduleDefinitionSchema,
} from '../../domain/schedules/definition';
import { parseInput, type Problem } from '../../domain/validation';
import { InvalidInputError } from '../errors';

/** A definition read and tried with the times that are coming; or everything wrong with it. */
export function readDefinition(
  given: unknown,
  nowMs: number,
): { definition: ScheduleDefinition } | { problems: Problem[] } {
  const parsed = parseInput(scheduleDefinitionSchema, given);
  if (!parsed.ok) return { problems: parsed.problems };
  const definition = completed(parsed.value);
  const problems = scheduleProblems(definition, nowMs);
  return problems.length > 0 ? { problems } : { definition };
}

/** @throws InvalidInputError with every problem at once. */
export function validDefinition(given: unknown, nowMs: number): ScheduleDefinition {
  const read = readDefinition(given, nowMs);
  if ('definition' in read) return read.definition;
  const id = (given as { id?: unknown } | null)?.id;
  throw new InvalidInputError(typeof id === 'string' ? `schedule ${id}` : 'schedule', read.problems);
}

/** The definition with the changes made. @throws InvalidInputError with every problem at once. */
export function validChange(
  before: ScheduleDefinition,
  changes: ScheduleChanges,
  nowMs: number,
): ScheduleDefinition {
  const parsed = parseInput(scheduleChangesSchema, changes);
  if (!parsed.ok) throw new InvalidInputError(`schedule ${before.id}`, parsed.problems);
  return validDefinition(changed(before, parsed.value), nowMs);
}
