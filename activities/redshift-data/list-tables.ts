import { ListTablesCommand } from '@aws-sdk/client-redshift-data';
import type { TableList } from '../../domain/look-ups/catalog';
import { warehouseHandles } from '../../domain/warehouse';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { collect, nextPage } from './collect';
import type { ListSchemasInput } from './list-schemas';
import { dataApiTarget } from './target';

export interface ListTablesInput extends ListSchemasInput {
  tablePattern?: string;
}

/**
 * The tables and views of a database that fit the patterns. Without any pattern AWS lists system tables too.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ListTables.html
 */
export async function listTables(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  input: ListTablesInput,
): Promise<TableList> {
  const call = {
    service: 'redshift-data',
    operation: 'ListTables',
    what: 'list of tables',
    handles: { ...warehouseHandles(input.warehouse), database: input.database },
  } as const;
  return callAws(call, async () => {
    const found = await collect({ ...input, largestPage: 1000 }, async (page) => {
      const answer = await redshiftData.send(
        new ListTablesCommand({
          ...dataApiTarget(input),
          ConnectedDatabase: input.connectedDatabase,
          SchemaPattern: input.schemaPattern,
          TablePattern: input.tablePattern,
          ...page,
        }),
      );
      requireAnswer(call, answer);
      return { items: answer.Tables, next: answer.NextToken };
    });
    const tables = found.items.map(({ schema = '', name = '', type = '' }) => ({ schema, name, type }));
    return { tables, ...nextPage(found) };
  });
}
