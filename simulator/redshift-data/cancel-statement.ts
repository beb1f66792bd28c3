import type { CancelStatementRequest, CancelStatementResponse } from '@aws-sdk/client-redshift-data';
import type { RequestContext } from '../core/types';
import type { World } from '../core/world';
import { invalid } from './errors';
import { abort } from './run';
import type { StatementStore } from './store';

/** A statement that has not ended is aborted and leaves nothing; one that has answers `Status: false`. */
export function cancelStatement(world: World, store: StatementStore) {
  return (input: CancelStatementRequest, context: RequestContext): CancelStatementResponse => {
    const { statement, part } = store.find(input.Id ?? '');
    if (statement.status === 'ABORTED') {
      throw invalid(`Could not cancel a query that is already in ABORTED state with ID: ${input.Id}`);
    }
    if (statement.status) return { Status: false };
    const why = `ERROR: Query (${part.queryId}) cancelled on user's request`;
    abort(statement, world.clock.now(), 'ABORTED', why);
    context.effect('CancelStatement', statement.id);
    return { Status: true };
  };
}
