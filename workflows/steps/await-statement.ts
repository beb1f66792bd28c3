import { CancellationScope, isCancellation, sleep, workflowInfo } from '@temporalio/workflow';
import type { Observation } from '../../domain/aws/observation';
import type { LookFirst, SubmittedStatement } from '../../activities/redshift-data/earlier-statement';
import { endedInVain, observeStatement, type StatementFacts } from '../../domain/aws/statement';
import { clientToken, statementName } from '../../domain/names';
import type { DataApiAccess, Warehouse } from '../../domain/warehouse';
import { maximumGenerations } from '../earlier';
import { fail, failureTypeOf, worthQueueing } from '../failure';
import { submitWhenReady, waitFor } from '../poll';
import { longLook, look, submit } from '../proxies';
import type { Step } from '../run';

export interface StatementExecution {
  /** Names the statement within the step: token and statement name are made from it. */
  key: string;
  what: string;
  warehouse: Warehouse;
  database: string;
  access?: DataApiAccess;
  /** One statement, or a batch. */
  sql: { text: string } | { texts: string[]; executionMode?: 'TRANSACTION' | 'AUTO_COMMIT' };
  parameters: { name: string; value: string }[];
  /** Whose statement it is: the same identity and key make the same token. Default: this one execution of the run. */
  identity?: string;
  /** A name of the user's own; default: from the identity, else from the run. */
  statementName?: string;
  withEvent?: boolean;
  /** An execution before this one may have submitted it: look first, and ask anew for what ended in vain. */
  earlier?: { notBefore: string };
  /** Called when AWS was asked many times and no answer arrived: gives the statement back if AWS has it after all. */
  findLost?: (name: string) => Promise<StatementFacts | undefined>;
  deadlineMs: number;
}

/** Server-side long poll of a look, in seconds, never beyond the deadline; between looks durable timers take over. */
const waitTimeSeconds = (deadlineMs: number) => Math.max(1, Math.min(20, Math.ceil(deadlineMs / 1000)));

/**
 * Runs one SQL statement, or one batch, and waits for its end. The token comes from this one execution of the run, so
 * a repeated attempt is the same statement; a run started again asks anew, and is not answered for hours with a count
 * from before somebody mended the table, or with a statement that was cancelled. A cancelled run leaves no statement
 * running (I2).
 * @throws StatementFailed, StatementAborted, DeadlinePassed …, or the cancellation.
 */
export async function awaitStatement(step: Step, request: StatementExecution): Promise<StatementFacts> {
  const { id } = await submitStatement(step, request);
  step.made('statement', id);
  return waitFor({
    step,
    what: `statement ${id} (${request.what})`,
    handles: { statement: id, database: request.database },
    deadlineMs: request.deadlineMs,
    look: () =>
      longLook.describeStatement.executeWithOptions({ summary: request.what }, [
        { id, waitTimeSeconds: waitTimeSeconds(request.deadlineMs) },
      ]),
    observe: (facts) => observe(facts, request),
    notYet: { type: 'StatementNotFound', forMs: 60_000 },
    abandon: () => cancelStatement(step, id),
  });
}

/**
 * Submits it, or takes over what an earlier execution submitted. Of that what FAILED or was ABORTED is asked for anew,
 * under the next generation of token and name; but not a batch that commits as it goes, of which some may be done.
 */
async function submitStatement(step: Step, request: StatementExecution): Promise<StatementFacts> {
  for (let generation = 1; ; generation += 1) {
    const submitted = await submitGeneration(step, request, generation);
    if (submitted.notLookedFor !== undefined)
      step.say(`could not look for a statement of an earlier execution: ${submitted.notLookedFor}`);
    if (!submitted.earlier) return submitted;
    const inParts = 'texts' in request.sql && request.sql.executionMode === 'AUTO_COMMIT';
    if (!endedInVain(submitted) || inParts || generation === maximumGenerations) {
      step.say(`found the statement ${submitted.id} of an earlier execution`);
      return submitted;
    }
    step.say(
      `the statement ${submitted.id} of an earlier execution ended as ${submitted.status}; asking anew`,
    );
  }
}

async function submitGeneration(
  step: Step,
  request: StatementExecution,
  generation: number,
): Promise<SubmittedStatement> {
  const { workflowId, runId } = workflowInfo();
  const key = `${step.name}.${request.key}`;
  const identity = request.identity ?? `${workflowId}/${runId}`;
  const name = request.statementName ?? statementName(request.identity ?? workflowId, key, generation);
  const lookFirst: LookFirst | undefined = request.earlier && {
    ...request.earlier,
    nameIsOurs: request.statementName === undefined,
  };
  const { sql } = request;
  const input = {
    warehouse: request.warehouse,
    database: request.database,
    access: request.access,
    parameters: request.parameters,
    clientToken: clientToken(identity, key, generation),
    statementName: name,
    ...(lookFirst && { lookFirst }),
    ...(request.withEvent !== undefined && { withEvent: request.withEvent }),
  };
  const options = { summary: request.what };
  const send = () =>
    'text' in sql
      ? submit.executeStatement.executeWithOptions(options, [{ ...input, sql: sql.text }])
      : submit.batchExecuteStatement.executeWithOptions(options, [
          { ...input, sqls: sql.texts, executionMode: sql.executionMode },
        ]);
  try {
    return await submitWhenReady({
      step,
      what: request.what,
      handles: { database: request.database },
      deadlineMs: request.deadlineMs,
      waitable: (error) => worthQueueing(failureTypeOf(error)),
      send,
    });
  } catch (error) {
    if (failureTypeOf(error) !== 'OutcomeUnknown' || !request.findLost) throw error;
    return takeOverLost(step, name, request);
  }
}

/** No answer came to any attempt: AWS has the statement or not, and its name tells. It is never sent under another token. */
async function takeOverLost(step: Step, name: string, request: StatementExecution): Promise<StatementFacts> {
  step.waiting('no answer of AWS arrived; looking for the statement by its name');
  await sleep('2 seconds', { summary: 'until lists show a statement that was just sent' });
  let lost: StatementFacts | undefined;
  try {
    lost = await request.findLost?.(name);
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
  if (lost === undefined) {
    const why = 'no answer arrived, and AWS does not show the statement under its name';
    throw fail('StatementUnresolved', request.what, { database: request.database, name }, why);
  }
  step.resume();
  step.say(`no answer arrived, but AWS has the statement ${lost.id}: taken over by its name`);
  return lost;
}

/** A failed batch whose statements commit by themselves has left something behind: it is said what. */
function observe(facts: StatementFacts, { sql }: StatementExecution): Observation {
  const observation = observeStatement(facts);
  if (observation.kind !== 'failed' || 'text' in sql || sql.executionMode !== 'AUTO_COMMIT')
    return observation;
  const parts = facts.subStatements ?? [];
  const done = parts.flatMap(({ status }, index) => (status === 'FINISHED' ? [index + 1] : []));
  const what = done.length === 0 ? 'none was committed' : `committed all the same: ${done.join(', ')}`;
  return { ...observation, message: `${observation.message}; of the ${parts.length} statements ${what}` };
}

/** I2. A cancelled run leaves no statement running. */
async function cancelStatement(step: Step, id: string): Promise<string> {
  try {
    const { cancelled } = await CancellationScope.nonCancellable(() => look.cancelStatement({ id }));
    const text = cancelled ? `cancelled the statement ${id}` : `the statement ${id} had already ended`;
    step.say(text);
    return text;
  } catch {
    return step.orphan(
      'statement',
      id,
      `the statement ${id} could not be cancelled; it ends by itself after 24 hours at the latest`,
    );
  }
}
