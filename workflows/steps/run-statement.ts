import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import type { StatementResult } from '../../activities/redshift-data/get-statement-result';
import { observeStatement } from '../../domain/aws/statement';
import { clientToken, statementName } from '../../domain/names';
import type { SqlStatement } from '../../domain/sql/row-count';
import type { DataApiAccess, Warehouse } from '../../domain/warehouse';
import { failureTypeOf, worthQueueing } from '../failure';
import { submitWhenReady, waitFor } from '../poll';
import { longLook, look, submit } from '../proxies';
import type { Step } from '../run';

export interface StatementRequest {
  /** Names the statement within the step: token and statement name are made from it. */
  key: string;
  what: string;
  warehouse: Warehouse;
  database: string;
  access?: DataApiAccess;
  statement: SqlStatement;
  maxRows: number;
  deadlineMs: number;
}

/** Server-side long poll of a look, in seconds, never beyond the deadline; between looks durable timers take over. */
const waitTimeSeconds = (deadlineMs: number) => Math.max(1, Math.min(20, Math.ceil(deadlineMs / 1000)));

/**
 * Runs one SQL statement that only reads, and reads its result. The token comes from this one execution of the run, so
 * a repeated attempt is the same statement; a run started again asks anew, and is not answered for hours with a count
 * from before somebody mended the table, or with a statement that was cancelled. A cancelled run leaves no statement
 * running (I2).
 */
export async function runStatement(step: Step, request: StatementRequest): Promise<StatementResult> {
  const { workflowId, runId } = workflowInfo();
  const key = `${step.name}.${request.key}`;
  const submitted = await submitWhenReady({
    step,
    what: request.what,
    handles: { database: request.database },
    deadlineMs: request.deadlineMs,
    waitable: (error) => worthQueueing(failureTypeOf(error)),
    send: () =>
      submit.executeStatement.executeWithOptions({ summary: request.what }, [
        {
          warehouse: request.warehouse,
          database: request.database,
          access: request.access,
          sql: request.statement.text,
          parameters: request.statement.parameters,
          clientToken: clientToken(`${workflowId}/${runId}`, key),
          statementName: statementName(workflowId, key),
        },
      ]),
  });
  const { id } = submitted;
  step.made('statement', id);
  await waitFor({
    step,
    what: `statement ${id} (${request.what})`,
    handles: { statement: id, database: request.database },
    deadlineMs: request.deadlineMs,
    look: () =>
      longLook.describeStatement.executeWithOptions({ summary: request.what }, [
        { id, waitTimeSeconds: waitTimeSeconds(request.deadlineMs) },
      ]),
    observe: observeStatement,
    notYet: { type: 'StatementNotFound', forMs: 60_000 },
    abandon: () => cancelStatement(step, id),
  });
  return look.getStatementResult.executeWithOptions({ summary: request.what }, [
    { id, maxRows: request.maxRows },
  ]);
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
