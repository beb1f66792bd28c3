import type { DescribeStatementCommandOutput, SubStatementData } from '@aws-sdk/client-redshift-data';
import type { StatementDetails, SubStatementDetails } from '../../domain/look-ups/statements';
import type { AwsClients } from '../clients';
import { askForStatement } from './describe-statement';

/** The SQL of a batch's statements is cut at so many characters each: 40 times 100 KB would not fit into a history. */
const sqlOfSubStatement = 10_000;

/**
 * Everything that AWS tells of a statement.
 * @throws StatementNotFound, AccessDenied …
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_DescribeStatement.html
 */
export async function showStatement(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  { id }: { id: string },
): Promise<StatementDetails> {
  const answer = await askForStatement(redshiftData, { id });
  return present({
    ...shared(answer),
    id: answer.Id ?? id,
    clusterIdentifier: answer.ClusterIdentifier,
    workgroupName: answer.WorkgroupName,
    database: answer.Database,
    dbUser: answer.DbUser,
    secretArn: answer.SecretArn,
    queryParameters: answer.QueryParameters?.map(({ name = '', value = '' }) => ({ name, value })),
    redshiftPid: known(answer.RedshiftPid),
    resultFormat: answer.ResultFormat,
    sessionId: answer.SessionId,
    executionMode: answer.ExecutionMode,
    subStatements: answer.SubStatements?.length ? answer.SubStatements.map(subStatement) : undefined,
  });
}

function subStatement(data: SubStatementData): SubStatementDetails {
  const { QueryString: sql } = data;
  const cut = sql !== undefined && sql.length > sqlOfSubStatement;
  return present({
    ...shared(data),
    id: data.Id ?? '',
    queryString: cut ? `${sql.slice(0, sqlOfSubStatement)}…` : sql,
  });
}

function shared(data: SubStatementData | DescribeStatementCommandOutput) {
  return {
    status: data.Status ?? '',
    error: data.Error,
    queryString: data.QueryString,
    createdAt: data.CreatedAt?.toISOString(),
    updatedAt: data.UpdatedAt?.toISOString(),
    durationNanoseconds: known(data.Duration),
    hasResultSet: data.HasResultSet,
    resultRows: known(data.ResultRows),
    resultSizeBytes: known(data.ResultSize),
    redshiftQueryId: known(data.RedshiftQueryId),
    redshiftQueryUuid: data.RedshiftQueryUuid,
  };
}

/** −1 is this API's null, and 0 is no process and no query. */
const known = (value: number | undefined) => (value === undefined || value < 0 ? undefined : value);

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the members that are undefined: what is told is known. */
const present = <T extends object>(value: T): Present<T> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Present<T>;
