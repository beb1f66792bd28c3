import { type ColumnMetadata, DescribeTableCommand } from '@aws-sdk/client-redshift-data';
import type { ColumnFacts, TableDescription } from '../../domain/look-ups/catalog';
import type { TableName } from '../../domain/table-name';
import { warehouseHandles } from '../../domain/warehouse';
import { failureOf } from '../aws-failure';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { collect } from './collect';
import { type DataTarget, dataApiTarget } from './target';

export interface DescribeTableInput extends Omit<DataTarget, 'database'> {
  table: TableName;
  connectedDatabase?: string;
}

/** More than Redshift's 1,600 columns of a table. */
const mostColumns = 5000;

/**
 * The columns of a table, in its order.
 * @throws NotFound when there is no such table: AWS answers with no columns then.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_DescribeTable.html
 */
export async function describeTable(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  input: DescribeTableInput,
): Promise<TableDescription> {
  const { database, schema, table } = input.table;
  const call = {
    service: 'redshift-data',
    operation: 'DescribeTable',
    what: 'look at the table',
    handles: { ...warehouseHandles(input.warehouse), database, table: `${schema}.${table}` },
  } as const;
  return callAws(call, async () => {
    const found = await collect({ limit: mostColumns, largestPage: 1000 }, async (page) => {
      const answer = await redshiftData.send(
        new DescribeTableCommand({
          ...dataApiTarget({ ...input, database }),
          ConnectedDatabase: input.connectedDatabase,
          Schema: schema,
          Table: table,
          ...page,
        }),
      );
      requireAnswer(call, answer);
      return { items: answer.ColumnList, next: answer.NextToken };
    });
    if (found.items.length === 0) {
      throw failureOf('NotFound', call, 'there is no such table, or the database user may not see it');
    }
    return { table: input.table, columns: found.items.map(columnFacts) };
  });
}

function columnFacts(column: ColumnMetadata): ColumnFacts {
  const { name = '', typeName = '', nullable, length, precision, scale, columnDefault } = column;
  return {
    name,
    typeName,
    // ResultSetMetaData's columnNoNulls, columnNullable, columnNullableUnknown: 0, 1, 2.
    ...((nullable === 0 || nullable === 1) && { nullable: nullable === 1 }),
    ...(length && { length }),
    ...(precision && { precision }),
    ...(scale && { scale }),
    ...(columnDefault != null && { columnDefault }),
    ...(column.isCaseSensitive !== undefined && { isCaseSensitive: column.isCaseSensitive }),
    ...(column.isSigned !== undefined && { isSigned: column.isSigned }),
  };
}
