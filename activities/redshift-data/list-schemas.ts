import { ListSchemasCommand } from '@aws-sdk/client-redshift-data';
import type { SchemaList } from '../../domain/look-ups/catalog';
import { warehouseHandles } from '../../domain/warehouse';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { collect, nextPage } from './collect';
import { type DataTarget, dataApiTarget } from './target';

export interface ListSchemasInput extends DataTarget {
  connectedDatabase?: string;
  schemaPattern?: string;
  limit: number;
  pageToken?: string;
}

/**
 * The schemas of a database that fit a pattern.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ListSchemas.html
 */
export async function listSchemas(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  input: ListSchemasInput,
): Promise<SchemaList> {
  const call = {
    service: 'redshift-data',
    operation: 'ListSchemas',
    what: 'list of schemas',
    handles: { ...warehouseHandles(input.warehouse), database: input.database },
  } as const;
  return callAws(call, async () => {
    const found = await collect({ ...input, largestPage: 1000 }, async (page) => {
      const answer = await redshiftData.send(
        new ListSchemasCommand({
          ...dataApiTarget(input),
          ConnectedDatabase: input.connectedDatabase,
          SchemaPattern: input.schemaPattern,
          ...page,
        }),
      );
      requireAnswer(call, answer);
      return { items: answer.Schemas, next: answer.NextToken };
    });
    return { schemas: found.items, ...nextPage(found) };
  });
}
