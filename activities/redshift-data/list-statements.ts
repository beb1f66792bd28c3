import { ListStatementsCommand, type StatementData, type StatusString } from '@aws-sdk/client-redshift-data';
import type { StatementList, StatementListed } from '../../domain/look-ups/statements';
import { shortSql } from '../../domain/sql/short-sql';
import { type Warehouse, warehouseHandles } from '../../domain/warehouse';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { collect, nextPage } from './collect';
import { warehouseMembers } from './target';

export interface ListStatementsInput {
  /** Begin of the name, case-sensitive. */
  statementName?: string;
  /** AWS's own default is FINISHED only. */
  status: StatusString;
  roleLevel?: boolean;
  warehouse?: Warehouse;
  database?: string;
  limit: number;
  pageToken?: string;
}

/**
 * The statements of the last 24 hours that the worker's role may see, newest first. Their SQL is cut.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ListStatements.html
 */
export async function listStatements(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  input: ListStatementsInput,
): Promise<StatementList> {
  const call = {
    service: 'redshift-data',
    operation: 'ListStatements',
    what: 'list of statements',
    handles: {
      ...(input.warehouse && warehouseHandles(input.warehouse)),
      database: input.database,
      name: input.statementName,
    },
  } as const;
  return callAws(call, async () => {
    const found = await collect({ ...input, largestPage: 100 }, async (page) => {
      const answer = await redshiftData.send(
        new ListStatementsCommand({
          ...(input.warehouse && warehouseMembers(input.warehouse)),
          Database: input.database,
          StatementName: input.statementName,
          Status: input.status,
          RoleLevel: input.roleLevel,
          ...page,
        }),
      );
      requireAnswer(call, answer);
      return { items: answer.Statements, next: answer.NextToken };
    });
    return { statements: found.items.map(listed), ...nextPage(found) };
  });
}

function listed(data: StatementData): StatementListed {
  const { Id, Status, StatementName, QueryStrings, IsBatchStatement, CreatedAt, UpdatedAt, SecretArn } = data;
  return {
    id: Id ?? '',
    status: Status ?? '',
    ...(StatementName !== undefined && { statementName: StatementName }),
    sql: shortSql(data.QueryString ?? QueryStrings?.[0] ?? '', 300),
    ...(IsBatchStatement && QueryStrings && { batchOf: QueryStrings.length }),
    ...(CreatedAt && { createdAt: CreatedAt.toISOString() }),
    ...(UpdatedAt && { updatedAt: UpdatedAt.toISOString() }),
    ...(SecretArn !== undefined && { secretArn: SecretArn }),
  };
}
