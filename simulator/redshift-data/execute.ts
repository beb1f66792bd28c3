import type {
  BatchExecuteStatementInput,
  BatchExecuteStatementOutput,
  ExecuteStatementInput,
  ExecuteStatementOutput,
} from '@aws-sdk/client-redshift-data';
import { AwsError, type RequestContext } from '../core/types';
import type { World } from '../core/world';
import { constraint, invalid } from './errors';
import { schedule } from './run';
import { hasResultSet, statusOf, type Statement } from './statement';
import type { StatementStore } from './store';
import { checkSubmit, resolveTarget, type SubmitInput, type Target } from './validation';
import { waitForEnd } from './wait';

interface Submission extends SubmitInput {
  ResultFormat?: 'CSV' | 'JSON' | undefined;
  ExecutionMode?: 'AUTO_COMMIT' | 'TRANSACTION' | undefined;
}

/** Everything that makes a request the same request; how long the caller waits does not. */
function fingerprint(operation: string, input: Submission, sqls: string[]): string {
  const { ClientToken: _token, WaitTimeSeconds: _wait, ...rest } = input;
  const sorted = Object.entries({ ...rest, sqls, operation })
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted);
}

function newStatement(
  world: World,
  store: StatementStore,
  context: RequestContext,
  input: Submission,
  sqls: string[],
  target: Target,
): Statement {
  const now = world.clock.now();
  const secondsPerPart = world.settings.statementSeconds;
  let markEnded = (): void => undefined;
  const ended = new Promise<void>((resolve) => (markEnded = resolve));
  return {
    id: world.id('statement'),
    batch: context.operation === 'BatchExecuteStatement',
    parts: sqls.map((sql, index) => {
      const startedAt = new Date(now.getTime() + index * secondsPerPart * 1000);
      return { sql, queryId: store.nextQueryId(), startedAt, updatedAt: now };
    }),
    target,
    ...(input.StatementName === undefined ? {} : { name: input.StatementName }),
    ...(input.Parameters === undefined ? {} : { parameters: input.Parameters }),
    executionMode: input.ExecutionMode ?? 'TRANSACTION',
    resultFormat: input.ResultFormat ?? 'JSON',
    createdAt: now,
    updatedAt: now,
    secondsPerPart,
    pid: store.nextPid(),
    ...(context.accessKeyId === undefined ? {} : { accessKeyId: context.accessKeyId }),
    withdraw: () => undefined,
    ended,
    markEnded,
  };
}

/** The statement of a request: the one its token made before, or a new one. */
function submit(
  world: World,
  store: StatementStore,
  context: RequestContext,
  input: Submission,
  sqls: string[],
): Statement {
  checkSubmit(input, sqls);
  if (input.ResultFormat !== undefined && !['CSV', 'JSON'].includes(input.ResultFormat)) {
    throw constraint('resultFormat', input.ResultFormat, 'satisfy enum value set: [JSON, CSV]');
  }
  if (input.ExecutionMode !== undefined && !['AUTO_COMMIT', 'TRANSACTION'].includes(input.ExecutionMode)) {
    throw constraint(
      'executionMode',
      input.ExecutionMode,
      'satisfy enum value set: [TRANSACTION, AUTO_COMMIT]',
    );
  }
  const now = world.clock.now();
  const print = fingerprint(context.operation, input, sqls);
  const known = input.ClientToken === undefined ? undefined : store.token(input.ClientToken, now);
  if (known) {
    if (known.fingerprint === print) return store.find(known.id).statement;
    throw invalid('The ClientToken was used before with different parameters.');
  }
  const target = resolveTarget(world, input);
  if (store.active(target.warehouseName) >= world.settings.maxActiveStatements) {
    throw new AwsError(
      'ActiveStatementsExceededException',
      `Active statements exceeded the allowed quota (${world.settings.maxActiveStatements}).`,
      400,
    );
  }
  const statement = newStatement(world, store, context, input, sqls, target);
  store.add(statement);
  if (input.ClientToken !== undefined) {
    const expires = new Date(now.getTime() + world.settings.statementTokenHours * 3_600_000);
    store.keepToken(input.ClientToken, { fingerprint: print, id: statement.id, expires });
  }
  context.effect(context.operation, input.ClientToken ?? statement.id, {
    id: statement.id,
    sql: statement.batch ? sqls : sqls[0],
    database: target.database,
  });
  schedule(world, statement, context.terminal);
  return statement;
}

async function answer(
  world: World,
  statement: Statement,
  waitTimeSeconds: number | undefined,
): Promise<ExecuteStatementOutput & BatchExecuteStatementOutput> {
  await waitForEnd(world, statement, waitTimeSeconds);
  return {
    Id: statement.id,
    CreatedAt: statement.createdAt,
    Database: statement.target.database,
    ...statement.target.shown,
    Status: statusOf(statement, world.clock.now()),
    RedshiftPid: statement.pid,
    HasResultSet: statement.parts.some(hasResultSet),
  };
}

export function executeStatement(world: World, store: StatementStore) {
  return (input: ExecuteStatementInput, context: RequestContext): Promise<ExecuteStatementOutput> => {
    const { Sql = '', ...rest } = input;
    return answer(world, submit(world, store, context, rest, [Sql]), input.WaitTimeSeconds);
  };
}

export function batchExecuteStatement(world: World, store: StatementStore) {
  return (
    input: BatchExecuteStatementInput,
    context: RequestContext,
  ): Promise<BatchExecuteStatementOutput> => {
    const { Sqls = [], ...rest } = input;
    return answer(world, submit(world, store, context, rest, Sqls), input.WaitTimeSeconds);
  };
}
