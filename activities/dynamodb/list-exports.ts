import { ListExportsCommand } from '@aws-sdk/client-dynamodb';
import { type ExportList, exportStartMs } from '../../domain/look-ups/exports';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { collect, nextPage } from '../redshift-data/collect';

export interface ListExportsInput {
  /** Exports of this table only; of all tables when absent. */
  tableArn?: string;
  limit: number;
  pageToken?: string;
}

/**
 * Exports of the last 90 days, newest first within a table.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListExports.html
 */
export async function listExports(
  { dynamodb }: Pick<AwsClients, 'dynamodb'>,
  input: ListExportsInput,
): Promise<ExportList> {
  const call = {
    service: 'dynamodb',
    operation: 'ListExports',
    what: 'list of exports',
    handles: { table: input.tableArn },
  } as const;
  return callAws(call, async () => {
    const found = await collect({ ...input, largestPage: 25 }, async (page) => {
      const answer = await dynamodb.send(new ListExportsCommand({ TableArn: input.tableArn, ...page }));
      requireAnswer(call, answer);
      return { items: answer.ExportSummaries, next: answer.NextToken };
    });
    const exports = found.items.map(({ ExportArn = '', ExportStatus = '', ExportType }) => {
      const startedMs = exportStartMs(ExportArn);
      return {
        exportArn: ExportArn,
        exportStatus: ExportStatus as string,
        ...(ExportType && { exportType: ExportType as string }),
        ...(startedMs !== undefined && { startedAt: new Date(startedMs).toISOString() }),
      };
    });
    return { exports, ...nextPage(found) };
  });
}
