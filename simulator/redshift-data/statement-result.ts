import type {
  Field,
  GetStatementResultRequest,
  GetStatementResultResponse,
} from '@aws-sdk/client-redshift-data';
import type { World } from '../core/world';
import { columnMetadata } from './column-metadata';
import { invalid, noResult, notFound } from './errors';
import { page } from './paging';
import { hasResultSet } from './statement';
import type { StatementStore } from './store';
import { checkWait } from './validation';
import { waitForEnd } from './wait';

const hourMs = 3_600_000;

export function getStatementResult(world: World, store: StatementStore) {
  return async (input: GetStatementResultRequest): Promise<GetStatementResultResponse> => {
    checkWait(input.WaitTimeSeconds);
    const id = input.Id ?? '';
    const { statement, index, part } = store.find(id);
    if (statement.batch && index === undefined) {
      throw invalid('BatchExecuteStatement result can only be retrieved with sub-statement id.');
    }
    await waitForEnd(world, statement, input.WaitTimeSeconds);
    if (statement.status !== 'FINISHED' && statement.executionMode !== 'AUTO_COMMIT')
      throw notFound(noResult, id);
    if (!part.result || !hasResultSet(part)) throw notFound(noResult, id);
    const expires = part.updatedAt.getTime() + world.settings.statementResultHours * hourMs;
    if (world.clock.now().getTime() >= expires) {
      throw invalid(
        `Could not retrieve the query result as it has expired after ${Math.floor(expires / 1000)}.`,
      );
    }
    if (statement.resultFormat !== 'JSON') {
      throw invalid('The result is in CSV format: use GetStatementResultV2 to retrieve it.');
    }
    const { items, NextToken } = page(
      part.result.rows,
      `result ${id}`,
      world.settings.resultPageRows,
      input.NextToken,
    );
    return {
      Records: items as Field[][],
      ColumnMetadata: part.result.columns.map((column) => columnMetadata(column, 'result')),
      TotalNumRows: part.result.rowCount,
      ...(NextToken === undefined ? {} : { NextToken }),
    };
  };
}
