import type {
  ListStatementsRequest,
  ListStatementsResponse,
  StatementData,
} from '@aws-sdk/client-redshift-data';
import type { RequestContext } from '../core/types';
import type { World } from '../core/world';
import { constraint, invalid } from './errors';
import { page, pageSize } from './paging';
import { statusOf, type Statement } from './statement';
import type { StatementStore } from './store';

const statuses = ['ABORTED', 'ALL', 'FAILED', 'FINISHED', 'PICKED', 'STARTED', 'SUBMITTED'];

function toData(statement: Statement, now: Date): StatementData {
  const sqls = statement.parts.map(({ sql }) => sql);
  return {
    Id: statement.id,
    Status: statusOf(statement, now),
    CreatedAt: statement.createdAt,
    UpdatedAt: statement.updatedAt,
    QueryString: sqls[0],
    ...(statement.batch ? { QueryStrings: sqls } : {}),
    IsBatchStatement: statement.batch,
    ResultFormat: statement.resultFormat,
    ...(statement.name === undefined ? {} : { StatementName: statement.name }),
    ...(statement.target.shown.SecretArn === undefined
      ? {}
      : { SecretArn: statement.target.shown.SecretArn }),
    ...(statement.parameters ? { QueryParameters: statement.parameters } : {}),
  };
}

function matches(statement: Statement, input: ListStatementsRequest, context: RequestContext): boolean {
  const { shown, database } = statement.target;
  return (
    (input.StatementName === undefined || (statement.name ?? '').startsWith(input.StatementName)) &&
    (input.ClusterIdentifier === undefined || shown.ClusterIdentifier === input.ClusterIdentifier) &&
    (input.WorkgroupName === undefined || shown.WorkgroupName === input.WorkgroupName) &&
    (input.Database === undefined || database === input.Database) &&
    // The access key stands for the IAM session: a simulator knows no roles.
    (input.RoleLevel !== false || statement.accessKeyId === context.accessKeyId)
  );
}

/** Newest first; without a Status only finished ones, as AWS says. */
export function listStatements(world: World, store: StatementStore) {
  return (input: ListStatementsRequest, context: RequestContext): ListStatementsResponse => {
    const { Status = 'FINISHED' } = input;
    if (!statuses.includes(Status)) {
      throw constraint('status', Status, `satisfy enum value set: [${statuses.join(', ')}]`);
    }
    if (input.ClusterIdentifier !== undefined && input.WorkgroupName !== undefined) {
      throw invalid('Only one of ClusterIdentifier and WorkgroupName can be specified.');
    }
    const now = world.clock.now();
    const shownUntil = now.getTime() - context.staleSeconds * 1000;
    const found = store
      .all()
      .filter((statement) => matches(statement, input, context))
      .filter(({ createdAt }) => context.staleSeconds === 0 || createdAt.getTime() <= shownUntil)
      .map((statement) => toData(statement, now))
      .filter((data) => Status === 'ALL' || data.Status === Status)
      .reverse();
    const { NextToken: _from, MaxResults: _size, ...scope } = input;
    const { items, NextToken } = page(
      found,
      `statements ${JSON.stringify(scope)}`,
      pageSize(input.MaxResults, 100),
      input.NextToken,
    );
    return { Statements: items, ...(NextToken === undefined ? {} : { NextToken }) };
  };
}
