import { ListDatabasesCommand } from '@aws-sdk/client-redshift-data';
import type { DatabaseList } from '../../domain/look-ups/catalog';
import { warehouseHandles } from '../../domain/warehouse';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { collect, nextPage } from './collect';
import { type DataTarget, dataApiTarget } from './target';

export interface ListDatabasesInput extends DataTarget {
  limit: number;
  pageToken?: string;
}

/**
 * The databases of a warehouse.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ListDatabases.html
 */
export async function listDatabases(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  input: ListDatabasesInput,
): Promise<DatabaseList> {
  const call = {
    service: 'redshift-data',
    operation: 'ListDatabases',
    what: 'list of databases',
    handles: { ...warehouseHandles(input.warehouse), database: input.database },
  } as const;
  return callAws(call, async () => {
    const found = await collect({ ...input, largestPage: 1000 }, async (page) => {
      const answer = await redshiftData.send(new ListDatabasesCommand({ ...dataApiTarget(input), ...page }));
      requireAnswer(call, answer);
      return { items: answer.Databases, next: answer.NextToken };
    });
    return { databases: found.items, ...nextPage(found) };
  });
}
