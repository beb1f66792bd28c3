import { type Carried, carriedSchema } from '../domain/retry/carried';
import { describeProblems, parseInput } from '../domain/validation';
import { fail } from './failure';
import type { RunPlan } from './run';

/**
 * What a run takes over from another one: any client can start a workflow, so the schema is applied here too.
 * @throws InvalidInput
 */
export function carriedOf(operation: string, input: unknown, steps: RunPlan['steps']): Carried {
  const parsed = parseInput(carriedSchema, input);
  if (!parsed.ok) throw refused(operation, describeProblems(parsed.problems));
  const names = steps.map(({ name }) => name);
  const { from, results } = parsed.value;
  const kept = Object.keys(results);
  // A result without its step would be taken for a step's that the run does not have.
  const strange = [from, ...kept].filter((name) => name !== 'preflight' && !names.includes(name));
  if (strange.length > 0)
    throw refused(operation, `the run has no step ${strange.join(', ')}; it has ${names.join(', ')}`);
  const later = kept.filter((name) => names.indexOf(name) >= names.indexOf(from));
  if (later.length > 0) throw refused(operation, `the step ${later.join(', ')} is not before ${from}`);
  return parsed.value;
}

const refused = (operation: string, why: string) =>
  fail('InvalidInput', operation, { argument: 'carried' }, why);
