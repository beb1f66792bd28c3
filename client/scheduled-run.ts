import { defineSearchAttributeKey } from '@temporalio/common';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { operationNames, operations, type OperationInputs, type OperationName } from '../domain/operations';
import { scheduledInput } from '../domain/scheduled-input';
import { parseInput } from '../domain/validation';
import { runTitle } from './run-title';
import type { RunView } from './run-view';

const scheduledBy = defineSearchAttributeKey('TemporalScheduledById', 'KEYWORD');
const scheduledStartTime = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** What Temporal says of a run that a schedule started; of others nothing. */
export function scheduleOf(
  described: Pick<WorkflowExecutionDescription, 'typedSearchAttributes'>,
): Pick<RunView, 'schedule' | 'scheduledAt'> {
  const schedule = described.typedSearchAttributes.get(scheduledBy);
  const scheduledAt = described.typedSearchAttributes.get(scheduledStartTime);
  return {
    ...(schedule !== undefined && { schedule }),
    ...(scheduledAt && { scheduledAt: scheduledAt.toISOString() }),
  };
}

/**
 * Input and title of a scheduled run as it really runs: Temporal itself has the input of its schedule, with templates.
 * What is no valid input is shown as it is.
 */
export function asItRuns(
  type: string,
  input: unknown,
  scheduledAt: string,
): { input: unknown; title?: string } {
  const operation = operationNames.find((name) => name === type) as OperationName | undefined;
  const expanded = scheduledInput(input, Date.parse(scheduledAt));
  if (!operation) return { input: expanded };
  const parsed = parseInput(operations[operation].schema, expanded);
  if (!parsed.ok) return { input: expanded };
  return { input: parsed.value, title: runTitle(operation, parsed.value as OperationInputs[OperationName]) };
}
