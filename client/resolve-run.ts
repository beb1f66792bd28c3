import { randomUUID } from 'node:crypto';
import { operations, workflowIdOf, type OperationInputs, type OperationName } from '../domain/operations';
import type { Carried } from '../domain/retry/carried';
import { parseInput } from '../domain/validation';
import { InvalidInputError } from './errors';
import { runTitle } from './run-title';

export interface StartOptions {
  /** An id of your own; else one made from the operation and its input, so that asking twice is one run. */
  workflowId?: string;
  /** A deliberate repetition: a run of its own, whatever was done before. Not together with `workflowId`. */
  again?: boolean;
}

/** A run as it would be started: validated, defaults filled in. */
export interface ResolvedRun<O extends OperationName = OperationName> {
  operation: O;
  workflowId: string;
  title: string;
  input: OperationInputs[O];
  /** Of a retry with a changed input: what it takes over from the run before it. */
  carried?: Carried;
  /** Since when there may be something of it on AWS, of a run whose history is gone; ISO. */
  startedBefore?: string;
}

/**
 * Validates an input and names the run; touches nothing.
 * @throws InvalidInputError with every problem at once.
 */
export function resolveRun<O extends OperationName>(
  operation: O,
  input: unknown,
  options: StartOptions = {},
): ResolvedRun<O> {
  const parsed = parseInput(operations[operation].schema, input);
  const problems = parsed.ok ? [] : [...parsed.problems];
  if (options.workflowId !== undefined && options.again) {
    problems.push({
      field: 'workflowId',
      problem: 'cannot be given for a repetition (again), which makes its own',
    });
  }
  if (options.workflowId !== undefined && !/^\S(?:.{0,998}\S)?$/u.test(options.workflowId)) {
    problems.push({
      field: 'workflowId',
      problem: 'must be 1 to 1000 characters on one line, without spaces around them',
    });
  }
  if (!parsed.ok || problems.length > 0) throw new InvalidInputError(operation, problems);
  const value = parsed.value as OperationInputs[O];
  const workflowId = options.workflowId ?? workflowIdOf(operation, value, options.again ? randomUUID() : '');
  return { operation, workflowId, title: runTitle(operation, value), input: value };
}
