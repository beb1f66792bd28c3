import type {
  DescribeStatementRequest,
  DescribeStatementResponse,
  SubStatementData,
} from '@aws-sdk/client-redshift-data';
import type { World } from '../core/world';
import {
  durationOf,
  hasResultSet,
  partStatusOf,
  resultRows,
  resultSize,
  statusOf,
  type Statement,
  type StatementPart,
} from './statement';
import type { StatementStore } from './store';
import { checkWait } from './validation';
import { waitForEnd } from './wait';

function describePart(part: StatementPart) {
  return {
    Duration: durationOf(part),
    ...(part.error === undefined ? {} : { Error: part.error }),
    HasResultSet: hasResultSet(part),
    ResultRows: resultRows(part),
    ResultSize: resultSize(part),
    RedshiftQueryId: part.status ? part.queryId : -1,
    QueryString: part.sql,
  };
}

function subStatement(statement: Statement, index: number, part: StatementPart, now: Date): SubStatementData {
  return {
    Id: `${statement.id}:${index + 1}`,
    Status: partStatusOf(statement, index, now),
    CreatedAt: statement.createdAt,
    UpdatedAt: part.updatedAt,
    ...describePart(part),
  };
}

function sum(values: number[]): number {
  return values.every((value) => value < 0) ? -1 : values.reduce((all, one) => all + Math.max(0, one), 0);
}

/** A batch tells of all its parts, and of itself what they have in common. */
function describeBatch(statement: Statement, now: Date) {
  const { parts } = statement;
  return {
    ExecutionMode: statement.executionMode,
    SubStatements: parts.map((part, index) => subStatement(statement, index, part, now)),
    Duration: statement.status ? sum(parts.map(durationOf)) : -1,
    HasResultSet: parts.some(hasResultSet),
    ResultRows: -1,
    ResultSize: sum(parts.map(resultSize)),
    RedshiftQueryId: 0,
    ...(statement.error === undefined ? {} : { Error: statement.error }),
  };
}

function describe(statement: Statement, now: Date): DescribeStatementResponse {
  const { target, parts } = statement;
  const [first] = parts;
  return {
    Id: statement.id,
    ...target.shown,
    Database: target.database,
    Status: statusOf(statement, now),
    CreatedAt: statement.createdAt,
    UpdatedAt: statement.updatedAt,
    RedshiftPid: statement.pid,
    ResultFormat: statement.resultFormat,
    ...(statement.parameters ? { QueryParameters: statement.parameters } : {}),
    ...(statement.batch ? describeBatch(statement, now) : first && describePart(first)),
  };
}

/** `<id>:<n>` describes one part of a batch as a statement of its own. */
function describeOnePart(statement: Statement, index: number, part: StatementPart, now: Date) {
  return {
    ...describe(statement, now),
    ...subStatement(statement, index, part, now),
    Error: part.error,
    SubStatements: undefined,
  };
}

export function describeStatement(world: World, store: StatementStore) {
  return async (input: DescribeStatementRequest): Promise<DescribeStatementResponse> => {
    checkWait(input.WaitTimeSeconds);
    const { statement, index, part } = store.find(input.Id ?? '');
    await waitForEnd(world, statement, input.WaitTimeSeconds);
    const now = world.clock.now();
    return index === undefined ? describe(statement, now) : describeOnePart(statement, index, part, now);
  };
}
