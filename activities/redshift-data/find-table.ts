import { paginateListTables } from '@aws-sdk/client-redshift-data';
import type { TableName } from '../../domain/table-name';
import { warehouseHandles } from '../../domain/warehouse';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { type DataTarget, dataApiTarget } from './target';

export interface FindTableInput extends Omit<DataTarget, 'database'> {
  table: TableName;
  caseSensitive: boolean;
}

/**
 * Whether a table exists, as the Data API lists it (names compared folded, as Redshift folds them).
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ListTables.html
 */
export async function findTable(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  input: FindTableInput,
): Promise<{ exists: boolean }> {
  const { database, schema, table } = input.table;
  const handles = { ...warehouseHandles(input.warehouse), database, table: `${schema}.${table}` };
  const call = {
    service: 'redshift-data',
    operation: 'ListTables',
    what: 'look for the table',
    handles,
  } as const;
  const fold = (name: string | undefined) => (input.caseSensitive ? name : name?.toLowerCase());
  return callAws(call, async () => {
    const pages = paginateListTables(
      { client: redshiftData },
      {
        ...dataApiTarget({ ...input, database }),
        SchemaPattern: likePattern(fold(schema)!),
        TablePattern: likePattern(fold(table)!),
      },
    );
    for await (const page of pages) {
      requireAnswer(call, page);
      if (
        page.Tables?.some((found) => fold(found.schema) === fold(schema) && fold(found.name) === fold(table))
      )
        return { exists: true };
    }
    return { exists: false };
  });
}

/** `%` matches any text in the API's patterns and `_` one character: exact comparison is ours, the pattern only narrows. */
const likePattern = (name: string) => name.replaceAll('%', '_').replaceAll('\\', '_');
