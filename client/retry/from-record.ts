import { WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { operationNames, type OperationInputs, type OperationName } from '../../domain/operations';
import { instantSchema } from '../../domain/operations/common';
import type { RunQueryInput } from '../../domain/operations/run-query';
import { reasonNotToRunAgain } from '../../domain/retry/judge-query';
import { leavingOfSource, leavingsUnderWay, namedSource } from '../../domain/retry/leavings';
import { stepRows } from '../../domain/retry/step-rows';
import type { RunState } from '../../domain/run-state';
import { parseInput } from '../../domain/validation';
import { ClientError, InvalidInputError } from '../errors';
import { identify, shellQuoted } from '../links';
import { callTimeoutMs } from '../call-timeout';
import { resolveRun } from '../resolve-run';
import { startRun } from '../start-run';
import { ask, type RetryContext } from './look-and-walk';
import { resultOf, type RetryResult } from './retry-result';

/** As much of a run's record (`runs show -o json`, notifications) as it takes to start the run again. */
const recordSchema = z.looseObject({
  workflowId: z.string().min(1).max(1000),
  runId: z.string().min(1).max(100),
  operation: z.enum(operationNames),
  startedAt: instantSchema,
  input: z.looseObject({}),
  state: z
    .looseObject({
      startedAt: instantSchema,
      steps: z.array(
        z.looseObject({ name: z.string(), state: z.string(), startedAt: z.string().optional() }),
      ),
      aws: z.array(z.looseObject({ kind: z.string(), id: z.string(), step: z.string() })),
    })
    .optional(),
});

/**
 * Starts a run again under its own id whose history is gone: every step then takes over what AWS still shows of the run
 * of before, by names, tokens and lists. What that is is looked up first, and told.
 * @throws InvalidInputError; ClientError `RetryRefused` when the history is there after all, or SQL may be done.
 */
export async function retryFromRecord(
  context: RetryContext,
  workflowId: string,
  record: unknown,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<RetryResult> {
  const { client, place, taskQueue } = context;
  const parsed = parseInput(recordSchema, record);
  if (!parsed.ok) throw new InvalidInputError('record of the run', parsed.problems);
  const { operation, runId, startedAt, input: given, ...told } = parsed.value;
  if (told.workflowId !== workflowId) {
    const problem = `is ${told.workflowId}: the record is of another run`;
    throw new InvalidInputError('record of the run', [{ field: 'workflowId', problem }]);
  }
  await refuseWhileThere(context, workflowId);
  const run = resolveRun(operation, given, { workflowId });
  const state = told.state as RunState | undefined;
  const standings = await ask(context, [...leavingsOf(run, state)]);
  if (operation === 'runQuery') refuseDoneSql(workflowId, run.input as RunQueryInput, state, standings);
  const walk = {
    from: stepRows[operation][0]!.step,
    kept: [],
    steppedBack: [],
    notes: standings.map(({ text }) => text),
  };
  const because = 'its history is gone; each step takes over what AWS still shows of it';
  const result = { ...resultOf(place, { ...run, runId }, walk), because };
  if (dryRun) return { ...result, reason: 'dry run' };
  const since = [startedAt, state?.startedAt ?? startedAt].sort((a, b) => Date.parse(a) - Date.parse(b))[0]!;
  const started = await startRun(client, place, taskQueue, { ...run, startedBefore: since });
  return {
    ...result,
    ...identify(place, workflowId, started.runId),
    retried: started.started,
    ...(!started.started && { reason: 'already retried' }),
  };
}

async function refuseWhileThere({ client }: RetryContext, workflowId: string): Promise<void> {
  try {
    await client.withDeadline(Date.now() + callTimeoutMs, () =>
      client.workflow.getHandle(workflowId).describe(),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return;
    throw error;
  }
  throw new ClientError('RetryRefused', `retry failed [run=${workflowId}]: its history is there`, {
    remedy: `The history knows more than the record: undrop runs retry ${shellQuoted(workflowId)}`,
  });
}

/** What the run may have on AWS, by its record and by the names that it gives. */
function leavingsOf(
  {
    operation,
    workflowId,
    input,
  }: { operation: OperationName; workflowId: string; input: OperationInputs[OperationName] },
  state: RunState | undefined,
) {
  const named = namedSource(operation, input);
  const begun = state?.steps.filter(({ startedAt }) => startedAt !== undefined) ?? [];
  return [
    ...(named ? [leavingOfSource(named)] : []),
    ...begun.flatMap(({ name }) => leavingsUnderWay(operation, workflowId, input, state!, name)),
  ];
}

/** A run that is started again sends its SQL anew: only what was surely not done may be. */
function refuseDoneSql(
  workflowId: string,
  input: RunQueryInput,
  state: RunState | undefined,
  standings: readonly { state: string; text: string }[],
): void {
  const step = state?.steps.find(({ name }) => name === 'query');
  if (step === undefined) return;
  const alive = standings.find(({ state: how }) => how === 'stands' || how === 'running');
  const why = alive?.text ?? reasonNotToRunAgain(input, step, standings as never, Date.now());
  if (why === undefined) return;
  throw new ClientError('RetryRefused', `retry failed [run=${workflowId}]: ${why}`, {
    remedy:
      'Look what is done (undrop statements show), and start the query again with --again if it has to be.',
  });
}
